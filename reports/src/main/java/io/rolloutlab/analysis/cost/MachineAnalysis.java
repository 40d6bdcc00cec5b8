package io.rolloutlab.analysis.cost;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.ResourceSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** Finds out how busy the machine was, from its own counters and those of the lab's processes. */
public final class MachineAnalysis {
  /** More of the watched time than this without idle time makes latencies doubtful. */
  static final int BUSY_PERCENT = 5;

  private static final String UNDER_LOAD = "under load";

  private final RunTimeline timeline;
  private final MachineLooks looks;
  private final CpuCounter busy;
  private final CpuCounter idle;
  private final CpuCounter harness;
  private final CpuCounter load;
  private final CpuCounter engine;
  private final List<Resources.Second> cluster;

  private MachineAnalysis(History history, RunTimeline timeline, Optional<Resources> resources) {
    this.timeline = timeline;
    long zero = timeline.zeroAtEpochMillis();
    looks = new MachineLooks(history, zero);
    busy = looks.busy;
    idle = looks.idle;
    harness = new CpuCounter(history, ResourceSample.Kind.LAB, "harness", zero);
    load = new CpuCounter(history, ResourceSample.Kind.LAB, "load", zero);
    engine = new CpuCounter(history, ResourceSample.Kind.LAB, "engine", zero);
    cluster = resources.map(Resources::perSecond).orElse(List.of());
  }

  public static MachineUse of(
      History history, RunTimeline timeline, Optional<Resources> resources) {
    MachineAnalysis analysis = new MachineAnalysis(history, timeline, resources);
    int processors = history.manifest().cpus();
    if (!analysis.looks.areRecorded()) {
      boolean simulated = history.manifest().origin() == Manifest.Origin.TWIN;
      String why = simulated ? "simulated" : "not recorded";
      return new MachineUse(why, processors, Optional.empty(), List.of(), 0, 0, "");
    }
    OptionalLong all = timeline.allUnderLoad(history);
    Span judged = judged(all, timeline.load());
    Watch watch = analysis.watch(judged, judged);
    return new MachineUse(
        "",
        processors,
        analysis.use(timeline.measured()),
        analysis.byPhase(),
        watch.millis(),
        watch.withoutIdleMillis(),
        watch.doubt("The latencies", all.isPresent() ? "since all loads flowed" : UNDER_LOAD));
  }

  /**
   * Of a run that others are made beside: from when their loads flow, too. What is busy before that
   * are the processes that start them, and nothing of its rollout is measured yet.
   */
  private static Span judged(OptionalLong allUnderLoad, Span load) {
    long start = allUnderLoad.orElse(load.startMillis());
    return new Span(
        Math.min(Math.max(start, load.startMillis()), load.endMillis()), load.endMillis());
  }

  private List<MachineUse.PhaseUse> byPhase() {
    List<MachineUse.PhaseUse> found = new ArrayList<>();
    for (RunTimeline.Phase phase : timeline.phases()) {
      Span its = new Span(phase.startMillis(), phase.endMillis());
      String latencies = "The latencies of the phase \"%s\"".formatted(phase.label());
      use(its)
          .ifPresent(
              use ->
                  found.add(
                      new MachineUse.PhaseUse(
                          phase, use, watch(its, timeline.load()).doubt(latencies, UNDER_LOAD))));
    }
    return found;
  }

  private Optional<MachineUse.Use> use(Span asked) {
    long from = Math.max(asked.startMillis(), busy.time(0));
    long until = Math.min(asked.endMillis(), busy.time(busy.size() - 1));
    double inUse = busy.between(from, until);
    double all = inUse + idle.between(from, until);
    if (until <= from || all <= 0) {
      return Optional.empty();
    }
    OptionalDouble tasks =
        cores(from, until, all, s -> s.v1().plus(s.v2()).plus(s.edge()).cpuCores());
    OptionalDouble beside = beside(from, until, all);
    MachineUse.Use seen =
        new MachineUse.Use(
            inUse / all,
            share(harness, from, until, all),
            share(load, from, until, all),
            share(engine, from, until, all),
            cores(from, until, all, s -> s.engines().cpuCores()),
            tasks,
            beside,
            0);
    // They are not read at the same moment: less than nothing is nothing.
    double others = Math.max(0, seen.busy() - seen.lab() - tasks.orElse(0) - beside.orElse(0));
    return Optional.of(
        new MachineUse.Use(
            seen.busy(),
            seen.harness(),
            seen.load(),
            seen.engine(),
            seen.nodeEngines(),
            tasks,
            beside,
            others));
  }

  private OptionalDouble beside(long from, long until, double all) {
    return cluster.stream().anyMatch(second -> second.beside().isPresent())
        ? cores(from, until, all, second -> second.ofBeside().cpuCores())
        : OptionalDouble.empty();
  }

  private static OptionalDouble share(CpuCounter counter, long from, long until, double all) {
    return counter.size() < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(counter.between(from, until) / all);
  }

  /** What containers used; of a second that is only partly in the span, that part of its use. */
  private OptionalDouble cores(
      long from, long until, double all, ToDoubleFunction<Resources.Second> used) {
    if (cluster.isEmpty()) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (Resources.Second second : cluster) {
      long start = second.second() * 1000L;
      long inside = Math.max(0, Math.min(until, start + 1000) - Math.max(from, start));
      sum += used.applyAsDouble(second) * inside / 1000;
    }
    return OptionalDouble.of(sum / all);
  }

  /**
   * How long the machine was watched.
   *
   * @param withoutIdleMillis how much of that without idle time
   */
  private record Watch(long millis, long withoutIdleMillis) {
    /**
     * A sentence, or empty.
     *
     * @param when it was watched, for people
     */
    String doubt(String latencies, String when) {
      if (withoutIdleMillis * 100 <= BUSY_PERCENT * millis) {
        return "";
      }
      return String.format(
          Locale.ROOT,
          "%s are doubtful: the machine had no idle time in %.0f of the %.0f seconds in"
              + " which it was watched %s, so some of what was measured is waiting for a processor.",
          latencies,
          withoutIdleMillis / 1000.0,
          millis / 1000.0,
          when);
    }
  }

  /**
   * How it was in a span.
   *
   * @param whole looks count that are wholly in this one
   */
  private Watch watch(Span asked, Span whole) {
    long watched = 0;
    long withoutIdle = 0;
    for (int i = 1; i < looks.size(); i++) {
      long from = looks.from(i);
      long until = looks.until(i);
      boolean counts = from >= whole.startMillis() && until <= whole.endMillis();
      long inside =
          Math.max(0, Math.min(until, asked.endMillis()) - Math.max(from, asked.startMillis()));
      if (counts && looks.isWatched(i)) {
        watched += inside;
        withoutIdle += looks.isFull(i) ? inside : 0;
      }
    }
    return new Watch(watched, withoutIdle);
  }
}
