package io.rolloutlab.testbed;

import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.scenario.users.SplitBy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A testbed that is tried by the contracts of its ports, and a look at what it records. The
 * contracts share it, since a real cluster takes its time to come up: each test has services of its
 * own, and the one load is common to all.
 */
public final class Bench implements AutoCloseable {
  /** One manager with the edge, one worker with a label. */
  public static final Scenario SCENARIO = scenarioBehind(null);

  private final Scenario scenario;
  private final Testbed testbed;
  private final HistoryWriter history;
  private final AtomicBoolean stopped;
  private final FutureTask<UnderLoad> underLoad = new FutureTask<>(() -> UnderLoad.run(this));

  /** Makes the testbed. */
  @FunctionalInterface
  public interface Maker {
    /**
     * @param history gets everything
     * @param stopped whether somebody asked the run to stop
     */
    Testbed make(HistoryWriter history, AtomicBoolean stopped);
  }

  /**
   * @param folder for the history
   */
  public Bench(Path folder, Manifest.Origin origin, Balancing balancing, Maker maker) {
    this(folder, origin, balancing, SCENARIO, maker);
  }

  /**
   * @param folder for the history
   */
  public Bench(
      Path folder, Manifest.Origin origin, Balancing balancing, Scenario scenario, Maker maker) {
    this.scenario = scenario;
    history = new HistoryWriter(folder, manifest(origin, balancing, scenario));
    stopped = new AtomicBoolean();
    testbed = maker.make(history, stopped);
  }

  Scenario scenario() {
    return scenario;
  }

  Testbed testbed() {
    return testbed;
  }

  /** The same ports, with every step written down. */
  Stage stage() {
    return new Stage(scenario, testbed);
  }

  /** Starts a service with so many replicas as there are nodes, and waits until each is sampled. */
  public void startOnEveryNode(String service, int nodes) {
    stage().create(Asked.service(service).replicas(nodes).spec());
    testbed
        .timeline()
        .await(
            "every task and every node is sampled",
            () -> {
              long sampled =
                  recorded().resources().stream()
                      .filter(
                          sample ->
                              sample.kind() == ResourceSample.Kind.NODE
                                  || sample.service().equals(service))
                      .map(ResourceSample::name)
                      .distinct()
                      .count();
              return sampled == 2L * nodes ? Optional.empty() : Optional.of(sampled + " are");
            },
            scenario.app().startLimit());
  }

  /** Asks the run to stop, or takes that back. */
  void stopped(boolean now) {
    stopped.set(now);
  }

  /** Everything that has been recorded so far. */
  History recorded() {
    history.flush();
    return HistoryReader.read(history.folder());
  }

  /** The one load; it is run when it is first asked for. */
  UnderLoad underLoad() {
    underLoad.run();
    try {
      return underLoad.get();
    } catch (ExecutionException failed) {
      throw new AssertionError("the course under load broke off", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    try (history) {
      testbed.close();
    }
  }

  /** The same behind another kind of edge; null for the default. */
  public static Scenario scenarioBehind(String kind) {
    EdgePlan edge =
        new EdgePlan(kind, 1, List.of("node.role == manager"), null, null, null, null, null);
    LoadPlan load = new LoadPlan(30.0, null, 40, null, null, Duration.ofSeconds(8), null);
    return new Scenario(
        "contract",
        "Do both testbeds keep what the ports promise?",
        Strategy.CANARY,
        null,
        null,
        new ClusterPlan(1, 1, Map.of("workerN1", Map.of("zone", "a"))),
        null,
        edge,
        load,
        // Whose users carry a cookie each.
        new CanaryPlan(null, null, null, null, SplitBy.COOKIE),
        null);
  }

  /** The same, where Swarm replaces the edge's one task when its routes change. */
  public static Scenario scenarioUpdatingTheEdge() {
    Scenario other = scenarioBehind(null);
    UpdatePlan soon = new UpdatePlan(null, null, null, Duration.ofSeconds(1), null, null);
    EdgePlan edge =
        new EdgePlan(null, 1, List.of("node.role == manager"), null, null, null, null, null, soon);
    return new Scenario(
        other.name(),
        other.question(),
        other.strategy(),
        null,
        null,
        other.cluster(),
        null,
        edge,
        other.load(),
        other.settings(),
        null);
  }

  private static Manifest manifest(Manifest.Origin origin, Balancing balancing, Scenario scenario) {
    return new Manifest(
        "contract",
        origin,
        scenario,
        0,
        new Manifest.Software("test", false, "", ""),
        balancing,
        "for a test",
        Manifest.Ground.UNKNOWN,
        Map.of());
  }
}
