package io.rolloutlab.swarm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.StatisticNetworksConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.swarm.cluster.LastingStream;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Reads the resources of every task container (from the engine of its node) and of every node (from
 * the outer engine), as each engine offers them: once a second.
 */
final class ResourceSampler implements AutoCloseable {
  private static final double NANOS = 1e9;

  /** So many in a row, a second apart, and there is nothing more to come. */
  private static final int EMPTY_TOLERATED = 3;

  private final Consumer<ResourceSample> sink;
  private final Recorder recorder;
  private final LongSupplier clock;
  private final CopyOnWriteArrayList<Stream> streams = new CopyOnWriteArrayList<>();

  /**
   * @param recorder is told what is not sampled any more, though it is there
   * @param clock gives milliseconds since 1970
   */
  ResourceSampler(Consumer<ResourceSample> sink, Recorder recorder, LongSupplier clock) {
    this.sink = sink;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Samples a node until {@link #close}, or until it is lost on purpose. */
  void node(DockerClient outer, SwarmNode node) {
    Stream stream =
        new Stream(
            ResourceSample.Of.node(node.hostname()),
            "node " + node.hostname(),
            () -> node.lost() ? Optional.empty() : Optional.of("nobody took it away"));
    open(outer, node.containerId(), stream);
  }

  /** Samples a task until its container ends. */
  void task(TaskView task, SwarmNode node) {
    Stream stream =
        new Stream(ResourceSample.Of.task(task.ref()), task.title(), node.fateOf(task.container()));
    open(node.api().streams(), task.container(), stream);
  }

  private void open(DockerClient docker, String container, Stream stream) {
    streams.add(stream);
    docker.statsCmd(container).withNoStream(false).exec(stream);
  }

  @Override
  public void close() {
    streams.forEach(LastingStream::stop);
  }

  /** One container's samples. */
  private final class Stream extends LastingStream<Statistics> {
    private final ResourceSample.Of of;
    private final String title;
    private long lastMillis;
    private int emptyInARow;

    Stream(ResourceSample.Of of, String title, Fate fate) {
      super(fate);
      this.of = of;
      this.title = title;
    }

    @Override
    public void onNext(Statistics statistics) {
      Optional<ResourceSample.Use> use = use(statistics);
      if (use.isPresent()) {
        emptyInARow = 0;
        lastMillis = Instant.parse(statistics.getRead()).toEpochMilli();
        sink.accept(new ResourceSample(lastMillis, of, use.get()));
        return;
      }
      // The engine sends empty samples for a container that has ended, for as long as it keeps it.
      emptyInARow++;
      if (lastMillis > 0 && emptyInARow == EMPTY_TOLERATED) {
        ended("its samples are empty");
      }
    }

    /** Absent in an empty sample. */
    private static Optional<ResourceSample.Use> use(Statistics statistics) {
      Long cpuNanos =
          statistics.getCpuStats() == null
              ? null
              : statistics.getCpuStats().getCpuUsage().getTotalUsage();
      Long memory = memory(statistics.getMemoryStats());
      return cpuNanos == null || cpuNanos == 0 || memory == null
          ? Optional.empty()
          : Optional.of(
              new ResourceSample.Use(
                  cpuNanos / NANOS,
                  memory,
                  sum(statistics.getNetworks(), StatisticNetworksConfig::getRxBytes),
                  sum(statistics.getNetworks(), StatisticNetworksConfig::getTxBytes)));
    }

    @Override
    protected void broken(String why) {
      recorder.event(
          new Event.Fault(
              clock.getAsLong(),
              "resources are not sampled any more",
              "%s: its CPU and memory are unknown %s: %s"
                  .formatted(
                      title,
                      lastMillis == 0
                          ? "from its start on"
                          : "after " + Instant.ofEpochMilli(lastMillis),
                      why),
              true));
    }

    private static Long memory(MemoryStatsConfig memory) {
      if (memory == null || memory.getUsage() == null) {
        return null;
      }
      return memory.getUsage() - droppableCache(memory.getStats());
    }

    /** Cached file pages nobody has used lately; cgroup v1 and v2 name them differently. */
    private static long droppableCache(StatsConfig stats) {
      return Optional.ofNullable(stats)
          .map(
              s ->
                  s.getTotalInactiveFile() != null ? s.getTotalInactiveFile() : s.getInactiveFile())
          .orElse(0L);
    }

    private static long sum(
        Map<String, StatisticNetworksConfig> networks,
        ToLongFunction<StatisticNetworksConfig> bytes) {
      return networks == null ? 0 : networks.values().stream().mapToLong(bytes).sum();
    }
  }
}
