package io.rolloutlab.app;

import io.rolloutlab.app.real.EngineMachine;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The engine's script. The launcher calls it without this class, since it needs no Java. */
@Command(
    name = "engine",
    description =
        "Finds the Docker engine, starts a private one where none answers, or removes that again:"
            + " the script docker/engine.")
final class EngineCommand implements Callable<Integer> {
  /** Its images are those of all that are made for the machine. */
  private static final Path USUAL_IMAGES = Path.of("scenarios", "mesh", "rolling.yaml");

  @Parameters(
      paramLabel = "ACTION",
      completionCandidates = Actions.class,
      description = "One of: up, status, down")
  private String action;

  @Option(
      names = "--vm",
      description =
          "With up: where the kernel has no IPVS, an engine in a small emulated machine whose kernel"
              + " has it (Debian, root, 8 GB of memory). With down: removes that machine alone.")
  private boolean vm;

  /** For the shell's completion. */
  static final class Actions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("up", "status", "down").iterator();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Engine.home();
    if (vm && action.equals("up")) {
      return machineUp(home);
    }
    List<String> command =
        new ArrayList<>(List.of(home.resolve("docker").resolve("engine").toString(), action));
    if (vm) {
      command.add("--vm");
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** Which images belong on its disk is known here, and not in the script. */
  private static int machineUp(Path home) {
    try {
      List<Scenario> usual =
          List.of(new ScenarioReader(Optional.empty()).read(home.resolve(USUAL_IMAGES)));
      EngineMachine.up(home, usual, System.err::println, () -> false);
      System.out.println("DOCKER_HOST=" + Engine.located());
      return Lab.PASSED;
    } catch (InvalidScenarioException | StepFailedException failed) {
      System.err.println(failed.getMessage());
      return Lab.NOT_PASSED;
    }
  }
}
