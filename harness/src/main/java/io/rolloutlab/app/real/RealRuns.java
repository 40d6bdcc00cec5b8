package io.rolloutlab.app.real;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.app.console.Console;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.load.LoadProcess;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.EnginePlace;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.text.Skipped;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.Laboratory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes real runs, some at once, with a line that says how it goes and how long still. */
public final class RealRuns {
  private final Path home;
  private final PrintStream out;
  private final StopSignal stop;
  private final int atOnce;
  private final Optional<PortRange> ports;

  /**
   * @param home of the project
   * @param out standard output
   * @param atOnce how many at most, 1 or more
   * @param ports of the engine's machine that may be published on; empty for any
   */
  public RealRuns(
      Path home, PrintStream out, StopSignal stop, int atOnce, Optional<PortRange> ports) {
    this.home = home;
    this.out = out;
    this.stop = stop;
    this.atOnce = atOnce;
    this.ports = ports;
  }

  /**
   * One run.
   *
   * @param run unique id
   * @param folder for its history; what is in it goes when the run begins
   * @param repeatedSince what disturbed the run in whose place it is made, a clause; empty where it
   *     is made in nobody's
   * @param stack that docker itself deploys; empty where the lab makes the app's service
   * @param called what it is called while it is made; the scenario's name unless said otherwise
   */
  public record Job(
      Scenario scenario,
      String run,
      Path folder,
      String repeatedSince,
      Optional<StackRollout> stack,
      String called) {
    /** One that is made for the first time. */
    public Job(Scenario scenario, String run, Path folder) {
      this(scenario, run, folder, "", Optional.empty(), scenario.name());
    }

    /** One of a stack that is made for the first time. */
    public Job(StackRollout stack, String run, Path folder) {
      this(stack, run, folder, stack.scenario().name());
    }

    /** The same by another name, where runs of one scenario are of different stacks. */
    public Job(StackRollout stack, String run, Path folder, String called) {
      this(stack.scenario(), run, folder, "", Optional.of(stack), called);
    }

    /** The same once more, in its place. */
    Job again(String otherRun, Path otherFolder, String disturbance) {
      return new Job(scenario, otherRun, otherFolder, disturbance, stack, called);
    }
  }

  /**
   * What came of them, both in the order of the jobs.
   *
   * @param findings of those that can be read back
   * @param skipped those that cannot be run on this engine's kernel
   */
  public record Made(List<Findings> findings, List<Skipped> skipped) {}

  /**
   * Makes them, until somebody asks to stop.
   *
   * @throws StepFailedException when there is no engine, or one that no run can be made on
   */
  public Made run(List<Job> jobs) {
    Waves<Job> waves = Waves.of(jobs, atOnce, Job::scenario);
    waves.doubt(Runtime.getRuntime().availableProcessors()).ifPresent(out::println);
    EnginePlace place = EnginePlace.of(Engine.locate(home, out::println), ports);
    place.inWords().ifPresent(out::println);
    try (DockerClient docker = Engine.client();
        Console console =
            new Console(
                out, System.console() != null, waves.expected(Job::scenario, Engine.pace()))) {
      Engine.refuseAnotherTime(docker);
      Images images = new Images(docker, home, console::note, stop::asked);
      Laboratory laboratory =
          new Laboratory(
              docker, place, images, stop::asked, Commit.of(home), LoadProcess.GATLING_VERSION);
      RealWaves made =
          new RealWaves(new Trials(laboratory, console)::together, stop::asked, console::note);
      for (List<Job> wave : waves.all()) {
        if (!stop.asked()) {
          made.make(wave);
        }
      }
      return new Made(made.findings(jobs), made.skipped(jobs));
    } catch (IOException failed) {
      throw new StepFailedException("the engine's client: " + failed.getMessage(), failed);
    }
  }

  /**
   * What requests in flight, and the edge's lines about them, may take when the load ends; and what
   * the end takes longer than usual where there is patience.
   */
  public static Duration longestEnd(List<Scenario> scenarios) {
    return scenarios.stream()
        .map(RealRuns::longestEnd)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static Duration longestEnd(Scenario scenario) {
    Duration usual = StopSignal.ORDERLY_END;
    return scenario
        .load()
        .requestTimeout()
        .plus(EdgeDialects.logLimit(scenario))
        .plus(scenario.waiting().stretched(usual).minus(usual));
  }

  /** What shows that those made beside a run left it no idle time; empty where nothing does. */
  public static Optional<MachineUse> disturbance(Findings run) {
    return run.machine()
        .known()
        .filter(use -> run.manifest().beside() > 0 && !use.doubt().isEmpty());
  }
}
