package io.rolloutlab.swarm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.StatisticNetworksConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Reads the resources of every task container (from the engine of its node) and of every node (from
 * the outer engine), as each engine offers them: once a second.
 */
final class ResourceSampler implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final Consumer<ResourceSample> sink;
  private final CopyOnWriteArrayList<Stream> streams = new CopyOnWriteArrayList<>();

  ResourceSampler(Consumer<ResourceSample> sink) {
    this.sink = sink;
  }

  /** Samples a node until {@link #close}. */
  void node(DockerClient outer, SwarmNode node) {
    open(
        outer,
        node.containerId(),
        new ResourceSample(
            0, ResourceSample.Kind.NODE, node.hostname(), "", "", node.hostname(), 0, 0, 0, 0));
  }

  /** Samples a task until its container ends. */
  void task(TaskView task, NodeApi node) {
    open(
        node.docker(),
        task.container(),
        new ResourceSample(
            0,
            ResourceSample.Kind.TASK,
            task.id(),
            task.service(),
            task.version(),
            task.node(),
            0,
            0,
            0,
            0));
  }

  private void open(DockerClient docker, String container, ResourceSample of) {
    Stream stream = new Stream(of);
    streams.add(stream);
    docker.statsCmd(container).withNoStream(false).exec(stream);
  }

  @Override
  public void close() {
    for (Stream stream : streams) {
      try {
        stream.close();
      } catch (IOException ignored) {
        // It was to end anyway.
      }
    }
  }

  /** One container's samples. */
  private final class Stream extends ResultCallback.Adapter<Statistics> {
    private final ResourceSample of;

    Stream(ResourceSample of) {
      this.of = of;
    }

    @Override
    public void onNext(Statistics statistics) {
      Long cpuNanos =
          statistics.getCpuStats() == null
              ? null
              : statistics.getCpuStats().getCpuUsage().getTotalUsage();
      Long memory = memory(statistics.getMemoryStats());
      // The engine sends an empty sample for a container that has just ended.
      if (cpuNanos == null || cpuNanos == 0 || memory == null) {
        return;
      }
      sink.accept(
          new ResourceSample(
              Instant.parse(statistics.getRead()).toEpochMilli(),
              of.kind(),
              of.name(),
              of.service(),
              of.version(),
              of.node(),
              cpuNanos / NANOS,
              memory,
              sum(statistics.getNetworks(), StatisticNetworksConfig::getRxBytes),
              sum(statistics.getNetworks(), StatisticNetworksConfig::getTxBytes)));
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
