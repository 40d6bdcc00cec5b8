package io.rolloutlab.benchmark;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A rolling update and its rollback on a cluster of any size. All is in proportion to the nodes:
 * ten replicas each, eight requests a second each, as many slots at a time as there are nodes. So a
 * node goes through the same, however many there are, and the events are the same mixture; with a
 * fixed number of requests the share of the tasks' events, which write more, would grow with the
 * nodes.
 */
final class BigCluster {
  private static final String SCENARIO =
      """
      name: rolling-%1$s
      question: How long?
      strategy: rolling
      cluster: {workers: %1$s}
      app: {replicas: %2$s}
      edge: {constraints: [node.role == manager]}
      load: {ratePerSecond: %3$s, users: 60000, warmUp: 10s, coolDown: 5s}
      rolling:
        hold: 10s
        update: {parallelism: %1$s, delay: 0s}
        rollback: {parallelism: %1$s, delay: 0s}
      """;

  private BigCluster() {}

  /** The run of so many nodes. */
  static Path folder(int nodes) {
    return Benchmarks.folder().resolve("clusters").resolve("" + nodes);
  }

  /** Simulates it, with its history on disk; returns how many events of the simulation it took. */
  static long simulate(int nodes) {
    TwinTrial trial =
        new TwinTrial(
            scenario(nodes),
            // Ten nodes, too, have machines of their own, so that they are like a thousand.
            Calibrated.DELIVERED.settings().withNodesShareMachine(false),
            new Commit("benchmark", false),
            folder(nodes),
            () -> false);
    Event.RunEnded end = trial.run();
    if (end.end() != Event.End.COMPLETED) {
      throw new IllegalStateException("not a whole run: " + end.cause());
    }
    return trial.events();
  }

  /** How many requests the last run of so many nodes has. */
  static long requests(int nodes) {
    try (Stream<String> rows = Files.lines(folder(nodes).resolve("requests.csv"))) {
      return rows.count() - 1;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Scenario scenario(int nodes) {
    try {
      Files.createDirectories(folder(nodes));
      Path file = folder(nodes).resolveSibling(nodes + ".yaml");
      return new ScenarioReader()
          .read(Files.writeString(file, SCENARIO.formatted(nodes, 10 * nodes, 8 * nodes)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
