package io.rolloutlab.app;

import io.rolloutlab.swarm.cluster.Engine;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The engine's script. The launcher calls it without this class, since it needs no Java. */
@Command(
    name = "engine",
    description =
        "Finds the Docker engine, starts a private one where none answers, or removes that again:"
            + " the script docker/engine.")
final class EngineCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ACTION",
      completionCandidates = Actions.class,
      description = "One of: up, status, down")
  private String action;

  /** For the shell's completion. */
  static final class Actions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("up", "status", "down").iterator();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String script = Engine.home().resolve("docker").resolve("engine").toString();
    return new ProcessBuilder(script, action).inheritIO().start().waitFor();
  }
}
