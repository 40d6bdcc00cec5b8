package io.rolloutlab.analysis.cost;

import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import java.util.ArrayList;
import java.util.List;

/** The samples of one container as levels per second. */
final class ResourceSeries {
  /** A container first seen this much later than the first of all was started in the run. */
  private static final long LATE_MILLIS = 2_000;

  /** Which total it belongs to. */
  enum Group {
    V1,
    V2,
    EDGE,
    /** Of a stack: neither the app nor the edge. */
    BESIDE,
    NODE
  }

  private final Group group;
  private final long zero;
  private final List<ResourceSample> samples = new ArrayList<>();
  private long[] times;
  private double[] cpu;
  private int now;

  ResourceSeries(ResourceSample first, long zero) {
    this.zero = zero;
    group = first.kind() == ResourceSample.Kind.NODE ? Group.NODE : ofTask(first);
  }

  private static Group ofTask(ResourceSample first) {
    return switch (first.version()) {
      case VersionPlan.V1 -> Group.V1;
      case VersionPlan.V2 -> Group.V2;
      default -> first.service().equals(EdgePlan.SERVICE) ? Group.EDGE : Group.BESIDE;
    };
  }

  Group group() {
    return group;
  }

  void add(ResourceSample sample) {
    samples.add(sample);
  }

  /**
   * No sample follows. The CPU time that a container started in the run had used before its first
   * sample is taken as used in the second before it.
   */
  void close(long firstOfAll) {
    samples.sort(java.util.Comparator.comparingLong(ResourceSample::atMillis));
    int size = samples.size();
    times = new long[size + 1];
    cpu = new double[size + 1];
    for (int i = 0; i < size; i++) {
      times[i + 1] = samples.get(i).atMillis() - zero;
      if (i > 0) {
        double used = samples.get(i).cpuSeconds() - samples.get(i - 1).cpuSeconds();
        // A counter that fell was started anew.
        cpu[i + 1] = cpu[i] + (used < 0 ? samples.get(i).cpuSeconds() : used);
      }
    }
    times[0] = times[1] - 1000;
    cpu[0] = times[1] - firstOfAll >= LATE_MILLIS ? -samples.get(0).cpuSeconds() : 0;
  }

  /** Its level in a second; to be asked for seconds in ascending order. */
  Resources.Level at(int second) {
    long from = second * 1000L;
    return new Resources.Level(cpuAt(from + 1000) - cpuAt(from), memoryIn(from));
  }

  private double cpuAt(long at) {
    int right = seek(at);
    if (right == 0) {
      return cpu[0];
    }
    if (right == times.length) {
      return cpu[right - 1];
    }
    double part = (double) (at - times[right - 1]) / (times[right] - times[right - 1]);
    return cpu[right - 1] + part * (cpu[right] - cpu[right - 1]);
  }

  /** The first place with a later time. */
  private int seek(long at) {
    while (now > 0 && times[now - 1] > at) {
      now--;
    }
    while (now < times.length && times[now] <= at) {
      now++;
    }
    return now;
  }

  private long memoryIn(long from) {
    int next = seek(from + 999);
    // Place 0 stands for no sample.
    if (next < 2) {
      return 0;
    }
    boolean sampled = times[next - 1] >= from;
    // Between two samples it was there: no container comes back. ResourceHoles has seen to it that
    // those of the app's tasks are near enough to each other.
    boolean bridged = next < times.length;
    return sampled || bridged ? samples.get(next - 2).memoryBytes() : 0;
  }
}
