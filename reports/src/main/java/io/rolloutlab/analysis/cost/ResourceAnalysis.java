package io.rolloutlab.analysis.cost;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.History;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.ResourceSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Adds up what containers and nodes used. */
public final class ResourceAnalysis {
  private static final double GIGABYTE = 1e9;

  private final RunTimeline timeline;
  private final List<Resources.Second> perSecond = new ArrayList<>();

  private ResourceAnalysis(RunTimeline timeline) {
    this.timeline = timeline;
  }

  /**
   * @throws IllegalStateException when a task ran without being sampled, so that sums would be too
   *     small
   */
  public static Resources of(History history, RunTimeline timeline) {
    ResourceHoles.first(history, TaskAnalysis.of(history, timeline).lives(), timeline)
        .ifPresent(
            hole -> {
              throw new IllegalStateException(hole);
            });
    ResourceAnalysis analysis = new ResourceAnalysis(timeline);
    analysis.level(history.resources().stream().filter(ResourceAnalysis::isOfTheCluster).toList());
    return analysis.sum();
  }

  private static boolean isOfTheCluster(ResourceSample sample) {
    return sample.kind() == ResourceSample.Kind.TASK || sample.kind() == ResourceSample.Kind.NODE;
  }

  private void level(List<ResourceSample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    long zero = timeline.zeroAtEpochMillis();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    Map<String, ResourceSeries> series = new LinkedHashMap<>();
    for (ResourceSample sample : samples) {
      first = Math.min(first, sample.atMillis() - zero);
      last = Math.max(last, sample.atMillis() - zero);
      series
          .computeIfAbsent(sample.kind() + sample.name(), name -> new ResourceSeries(sample, zero))
          .add(sample);
    }
    boolean loaded = timeline.load().millis() > 0;
    Span shown = loaded ? timeline.load() : new Span(first, last);
    int seconds = RequestTable.secondsIn(shown);
    int from = RequestTable.secondOf(shown.startMillis());
    for (ResourceSeries one : series.values()) {
      one.close(first);
    }
    for (int second = from; second < from + seconds; second++) {
      perSecond.add(at(second, series.values()));
    }
  }

  private static Resources.Second at(int second, Iterable<ResourceSeries> series) {
    Resources.Level v1 = Resources.Level.NONE;
    Resources.Level v2 = Resources.Level.NONE;
    Resources.Level edge = Resources.Level.NONE;
    Optional<Resources.Level> beside = Optional.empty();
    Resources.Level nodes = Resources.Level.NONE;
    for (ResourceSeries one : series) {
      Resources.Level level = one.at(second);
      switch (one.group()) {
        case NODE -> nodes = nodes.plus(level);
        case V1 -> v1 = v1.plus(level);
        case V2 -> v2 = v2.plus(level);
        case EDGE -> edge = edge.plus(level);
        case BESIDE -> beside = Optional.of(beside.orElse(Resources.Level.NONE).plus(level));
      }
    }
    Resources.Level tasks = v1.plus(v2).plus(edge).plus(beside.orElse(Resources.Level.NONE));
    return new Resources.Second(second, v1, v2, edge, beside, engines(nodes, tasks));
  }

  /** Nodes and tasks are not read at the same moment: less than nothing is nothing. */
  private static Resources.Level engines(Resources.Level nodes, Resources.Level tasks) {
    return new Resources.Level(
        Math.max(0, nodes.cpuCores() - tasks.cpuCores()),
        Math.max(0, nodes.memoryBytes() - tasks.memoryBytes()));
  }

  private Resources sum() {
    Optional<Resources.Second> warmUp = warmUp();
    Function<Resources.Second, Resources.Level> app = second -> second.v1().plus(second.v2());
    Resources.Use appUse = use(app, warmUp);
    double warmMemory = warmUp.map(app).map(Resources.Level::memoryBytes).orElse(0L);
    return new Resources(
        warmUp,
        appUse,
        use(Resources.Second::v1, warmUp),
        use(Resources.Second::v2, warmUp),
        use(Resources.Second::edge, warmUp),
        hasOthers() ? Optional.of(use(Resources.Second::ofBeside, warmUp)) : Optional.empty(),
        use(Resources.Second::engines, warmUp),
        warmMemory > 0
            ? OptionalDouble.of(appUse.memoryPeakBytes() / warmMemory)
            : OptionalDouble.empty(),
        perSecond);
  }

  private boolean hasOthers() {
    return perSecond.stream().anyMatch(second -> second.beside().isPresent());
  }

  private Optional<Resources.Second> warmUp() {
    List<Resources.Second> warm =
        perSecond.stream().filter(second -> isWithin(PhaseKind.WARM_UP, second.second())).toList();
    if (warm.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Resources.Second(
            warm.get(0).second(),
            mean(warm, Resources.Second::v1),
            mean(warm, Resources.Second::v2),
            mean(warm, Resources.Second::edge),
            hasOthers() ? Optional.of(mean(warm, Resources.Second::ofBeside)) : Optional.empty(),
            mean(warm, Resources.Second::engines)));
  }

  private boolean isWithin(PhaseKind kind, int second) {
    long start = second * 1000L;
    return timeline.phases().stream()
        .anyMatch(
            phase ->
                phase.kind() == kind
                    && phase.startMillis() <= start
                    && start + 1000 <= phase.endMillis());
  }

  private static Resources.Level mean(
      List<Resources.Second> seconds, Function<Resources.Second, Resources.Level> of) {
    Resources.Level sum =
        seconds.stream().map(of).reduce(Resources.Level.NONE, Resources.Level::plus);
    return new Resources.Level(sum.cpuCores() / seconds.size(), sum.memoryBytes() / seconds.size());
  }

  private Resources.Use use(
      Function<Resources.Second, Resources.Level> of, Optional<Resources.Second> warmUp) {
    double cpu = 0;
    double memory = 0;
    long peak = 0;
    int seconds = 0;
    for (Resources.Second second : perSecond) {
      if (second.second() >= 0 && second.second() * 1000L < timeline.measured().endMillis()) {
        Resources.Level level = of.apply(second);
        cpu += level.cpuCores();
        memory += level.memoryBytes() / GIGABYTE;
        peak = Math.max(peak, level.memoryBytes());
        seconds++;
      }
    }
    OptionalDouble cpuAbove = OptionalDouble.empty();
    OptionalDouble memoryAbove = OptionalDouble.empty();
    if (warmUp.isPresent()) {
      Resources.Level warm = of.apply(warmUp.get());
      cpuAbove = OptionalDouble.of(cpu - warm.cpuCores() * seconds);
      memoryAbove = OptionalDouble.of(memory - warm.memoryBytes() / GIGABYTE * seconds);
    }
    return new Resources.Use(cpu, peak, memory, cpuAbove, memoryAbove);
  }
}
