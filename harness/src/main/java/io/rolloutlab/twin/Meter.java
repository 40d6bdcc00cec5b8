package io.rolloutlab.twin;

import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.history.ResourceSample.Use;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Samples of a simple model of cost, once a second: what a container and an engine take at rest,
 * what a start takes, what a request and a run of the health check take. Read off live runs on two
 * cores (engine 26.1.5); good for comparing strategies, not for sizing machines.
 */
final class Meter {
  private static final long EVERY_MICROS = 1_000_000;
  private static final double SECOND = 1e6;

  /**
   * What one kind of container costs.
   *
   * @param startCpuSeconds once
   * @param idleCores always
   * @param requestCpuSeconds each
   * @param memoryBytes once it is up
   * @param receivedBytes a request
   * @param sentBytes a request
   */
  private record Cost(
      double startCpuSeconds,
      double idleCores,
      double requestCpuSeconds,
      long memoryBytes,
      long receivedBytes,
      long sentBytes) {}

  private static final Cost NGINX = new Cost(0.05, 0.0002, 0.0006, 7_500_000, 960, 1030);

  /**
   * Of one run of the health check's command, in the container and in the engine that starts a
   * process in it (live: tasks with a check every second took 0.076 cores and not 0.0145, all four
   * nodes together 0.56 more).
   */
  private static final double PROBE_CPU_SECONDS = 0.062;

  private static final double PROBE_ENGINE_CPU_SECONDS = 0.078;
  private static final double WORKER_CORES = 0.018;
  private static final double MANAGER_CORES = 0.045;
  private static final long WORKER_BYTES = 66_000_000;
  private static final long MANAGER_BYTES = 88_000_000;

  private final Cost ofApp;
  private final EventQueue queue;
  private final List<Node> nodes;
  private final TwinEdge edge;
  private final Consumer<ResourceSample> sink;
  private final Map<Node, Double> endedCpu = new HashMap<>();
  private final Map<Task, Use> uses = new HashMap<>();

  /**
   * @param appMemoryBytes of a task of the app
   */
  Meter(
      long appMemoryBytes,
      EventQueue queue,
      Books books,
      List<Node> nodes,
      TwinEdge edge,
      Consumer<ResourceSample> sink) {
    ofApp = new Cost(0.24, 0.001, 0.0011, appMemoryBytes, 630, 570);
    this.queue = queue;
    this.nodes = nodes;
    this.edge = edge;
    this.sink = sink;
    books.watch(this::changed);
    queue.after(EVERY_MICROS, this::sample);
  }

  /** What a task has used stays with its node when it ends. */
  private void changed(Task task) {
    if (task.state().ended()) {
      Use last = uses.remove(task);
      if (last != null) {
        endedCpu.merge(task.node(), onNode(task, last), Double::sum);
      }
    }
  }

  private void sample() {
    queue.after(EVERY_MICROS, this::sample);
    for (Node node : nodes) {
      if (node.lost()) {
        continue;
      }
      double cpu = endedCpu.getOrDefault(node, 0.0);
      long memory = node.manager() ? MANAGER_BYTES : WORKER_BYTES;
      for (Task task : node.tasks()) {
        if (task.app() != null && !task.app().gone()) {
          Use use = use(task);
          uses.put(task, use);
          cpu += onNode(task, use);
          memory += use.memoryBytes();
          sink.accept(sample(ResourceSample.Of.task(task.ref()), use));
        }
      }
      cpu += queue.nowMicros() / SECOND * (node.manager() ? MANAGER_CORES : WORKER_CORES);
      Use all = new Use(cpu, memory, 0, 0);
      sink.accept(sample(ResourceSample.Of.node(node.hostname()), all));
    }
  }

  /** With what its node's engine has used for it. */
  private static double onNode(Task task, Use use) {
    return use.cpuSeconds() + PROBE_ENGINE_CPU_SECONDS * task.app().probed();
  }

  private Use use(Task task) {
    boolean isEdge = task.service().name().equals(Commands.EDGE);
    Cost cost = isEdge ? NGINX : ofApp;
    long requests = isEdge ? edge.requests(task) : task.app().answered();
    double seconds = (queue.nowMicros() - task.app().startedMicros()) / SECOND;
    double up = Math.min(1, 0.3 + seconds);
    return new Use(
        cost.startCpuSeconds() * up
            + cost.idleCores() * seconds
            + cost.requestCpuSeconds() * requests
            + PROBE_CPU_SECONDS * task.app().probed(),
        Math.round(cost.memoryBytes() * up) + task.app().leakedBytes(),
        cost.receivedBytes() * requests,
        cost.sentBytes() * requests);
  }

  private ResourceSample sample(ResourceSample.Of of, Use use) {
    return new ResourceSample(TwinTimeline.EPOCH_MILLIS + queue.nowMicros() / 1000, of, use);
  }
}
