package io.rolloutlab.app;

import io.rolloutlab.app.choice.AtOnce;
import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.app.choice.DryRun;
import io.rolloutlab.app.choice.EnginePorts;
import io.rolloutlab.app.choice.HowPatient;
import io.rolloutlab.app.choice.StandIns;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.real.Forecast;
import io.rolloutlab.app.real.RealRuns;
import io.rolloutlab.app.real.StackForecast;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.deploy.AskedRollout;
import io.rolloutlab.stack.deploy.Cast;
import io.rolloutlab.stack.deploy.StackName;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.stack.read.InvalidStackException;
import io.rolloutlab.stack.read.StackReader;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.LiveLimits;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One service of a stack file, rolled out by docker itself under load. */
@Command(
    name = "stack",
    description = {
      "Has docker stack deploy bring somebody's stack file to a real Swarm, deploys it once more with v2"
          + " of one service under load, rolls that back, and writes the report.",
      "Services run their own images, which the engine must have or be able to pull, or the lab's own"
          + " app stands in for them.",
      "What docker is given instead of the file's own words is said line by line. Variables are those of"
          + " the environment, then of a file .env beside the stack file.",
      "A scenario file with the keys stack and candidate asks the same of lab run."
    })
final class StackCommand implements Callable<Integer> {
  /** No image is called so without a tag. */
  private static final Pattern STACK_FILE = Pattern.compile(".+\\.ya?ml");

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The stack file.")
  private Path file;

  @Option(
      names = {"-c", "--compose-file"},
      paramLabel = "FILE",
      description =
          "A stack file that is laid over what is before it, as docker stack deploy does.")
  private List<Path> laid = List.of();

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The service that is rolled out, by its key in the file.")
  private String service;

  @Option(
      names = "--to",
      paramLabel = "IMAGE|FILE",
      description =
          "What v2 of the service is: an image that takes the place of the file's, or, where it ends"
              + " in .yml or .yaml, a stack file that docker deploys over the first one.")
  private String to;

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      description =
          "Where the service's own image listens. Default: the first port that the file publishes.")
  private Integer port;

  @Mixin private StandIns standIns;

  @Mixin private EnginePorts enginePorts;
  @Mixin private HowPatient howPatient;
  @Mixin private DryRun dryRun;

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "Where runs, report and log go. Default: target/rollout-lab")
  private Path into;

  private final PrintStream out = System.out;

  @Override
  public Integer call() {
    StackRollout stack;
    Path home;
    Optional<PortRange> ports;
    try {
      stack = asked();
      home = Engine.home();
      LiveLimits.check(stack.scenario());
      ports = enginePorts.enoughFor(Stream.of(stack.scenario()), AtOnce.DEFAULT);
    } catch (InvalidStackException
        | InvalidScenarioException
        | StepFailedException
        | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
    if (dryRun.asked()) {
      new StackForecast(stack).tell(out);
      Forecast.of(List.of(Choice.Run.of(stack))).tellReal(out, AtOnce.DEFAULT, Pace.USUAL);
      return Lab.PASSED;
    }
    Path target = Folders.target(home, into);
    Folders.logInto(target);
    try (StopSignal stop = new StopSignal(RealRuns.longestEnd(List.of(stack.scenario())))) {
      return run(stack, new RealRuns(home, out, stop, AtOnce.DEFAULT, ports), target, stop);
    } catch (StepFailedException | HistoryException failed) {
      System.err.println(failed.getMessage());
      return Lab.NOT_PASSED;
    }
  }

  private StackRollout asked() {
    List<Path> all = Stream.concat(Stream.ofNullable(file), laid.stream()).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "stack takes a stack file: lab stack FILE --service NAME --to IMAGE, or --stand-in in place"
              + " of --to and its image");
    }
    SaidStack text = read(all);
    if (service == null) {
      throw new IllegalArgumentException(
          "--service NAME: which one is rolled out? The stack has "
              + StackRollout.names(text.stack()));
    }
    Patience patience = howPatient.patience().orElse(Patience.USUAL);
    return AskedRollout.backAgain(StackName.of(all.get(0)), text, service, patience, cast())
        .rollout();
  }

  private Cast cast() {
    Cast cast = port == null ? standIns.cast() : standIns.cast().listening(port);
    if (to == null) {
      return cast;
    } else if (to.isBlank()) {
      throw new IllegalArgumentException("--to: name an image, or a stack file");
    }
    return STACK_FILE.matcher(to).matches()
        ? cast.to(read(List.of(Path.of(to))))
        : cast.to(to.strip());
  }

  private static SaidStack read(List<Path> files) {
    return new StackReader(System.getenv()).readSaid(files);
  }

  private int run(StackRollout stack, RealRuns runs, Path target, StopSignal stop) {
    Path batch = Batches.in(target).next();
    RealRuns.Made made =
        runs.run(
            List.of(
                new RealRuns.Job(
                    stack, batch.getFileName() + "-1", batch.resolve(stack.scenario().name()))));
    boolean stopped = stop.asked();
    Reporting.Made reported =
        new Reporting(batch, target.resolve("report"), out)
            .report(made.findings(), made.skipped(), stopped);
    return stopped ? Lab.INTERRUPTED : reported.exitCode(made.findings().size() == 1);
  }
}
