package io.rolloutlab.sweep;

import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.scenario.sweep.Vary;
import io.rolloutlab.scenario.update.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Sweeps with made-up numbers, for tests of this and other packages. */
public final class SampleSweep {
  private SampleSweep() {}

  /** Numbers of one run: the three that settings are compared by, and the end of the update. */
  public static SweepRun run(double failed, double seconds, double extraTasks) {
    return run(failed, seconds, extraTasks, seconds + 5);
  }

  static SweepRun run(double failed, double seconds, double extraTasks, double completed) {
    Map<String, Double> values = new HashMap<>();
    values.put(SweepMeasure.FAILED_REQUESTS.key(), failed);
    values.put(SweepMeasure.FAILED_PERCENT.key(), failed / 100);
    values.put(SweepMeasure.SECONDS.key(), seconds);
    values.put(SweepMeasure.COMPLETED_SECONDS.key(), completed);
    values.put(SweepMeasure.EXTRA_TASKS.key(), extraTasks);
    values.put(SweepMeasure.P99_MILLIS.key(), 20 + failed);
    values.put(SweepMeasure.P99_BEFORE_MILLIS.key(), 18.0);
    return new SweepRun(values, "");
  }

  /** The same, counted from so many requests. */
  static SweepRun of(double failed, double seconds, double extraTasks, double requests) {
    Map<String, Double> values = new HashMap<>(run(failed, seconds, extraTasks).values());
    values.put(SweepMeasure.REQUESTS.key(), requests);
    return new SweepRun(values, "");
  }

  /** One that cannot be used. */
  public static SweepRun broken(String trouble) {
    return new SweepRun(Map.of(), trouble);
  }

  /** A sweep over 10 replicas. */
  public static Sweep sweep(String question, int seeds, Vary vary) {
    return new Sweep(
        "sample",
        question,
        seeds,
        null,
        new Sweep.Fixed(Strategy.ROLLING, null, null, null, null, null, null, null, null),
        vary);
  }

  /** Parallelism 1, 2, 5 and all, two delays, both orders; with 10 replicas. */
  public static Vary knobs() {
    return new Vary(
        List.of(1, 2, 5, 0),
        List.of(Duration.ZERO, Duration.ofSeconds(10)),
        List.of(Order.STOP_FIRST, Order.START_FIRST),
        null,
        List.of(10),
        null,
        null);
  }

  /**
   * What each setting comes to in waves of 10 s: under stop-first more than 2 at a time fail, under
   * start-first as many are added as are replaced at a time.
   */
  public static List<SweepRun> waves(Sweep.Cell cell, int seeds) {
    Sweep.Setting setting = cell.setting();
    int at = setting.parallelism() == 0 ? 10 : setting.parallelism();
    int waves = (10 + at - 1) / at;
    double seconds = waves * 10 + (waves - 1) * setting.delay().toSeconds();
    boolean stopFirst = setting.order() == Order.STOP_FIRST;
    double failed = stopFirst && at > 2 ? at * 30 : 0;
    return IntStream.range(0, seeds)
        .mapToObj(
            seed ->
                run(
                    failed == 0 ? 0 : failed + seed,
                    seconds,
                    stopFirst ? 0 : at,
                    seconds + setting.delay().toSeconds()))
        .toList();
  }

  /** The result of a sweep whose runs are made up by cell. */
  public static SweepResult result(Sweep sweep, Function<Sweep.Cell, List<SweepRun>> runs) {
    List<List<SweepRun>> all = new ArrayList<>();
    sweep.cells().forEach(cell -> all.add(runs.apply(cell)));
    return SweepResult.of(sweep, "c0ffee", all);
  }
}
