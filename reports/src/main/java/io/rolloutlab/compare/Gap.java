package io.rolloutlab.compare;

import io.rolloutlab.analysis.Errors;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.Tasks;
import io.rolloutlab.analysis.Transition;
import io.rolloutlab.analysis.VersionMix;
import io.rolloutlab.history.Manifest.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real run against simulated ones of the same scenario with several seeds: where they differ, one
 * of the two is misunderstood.
 *
 * @param scenario name
 * @param seeds how many simulated runs there are
 * @param rows a measure each
 */
public record Gap(String scenario, int seeds, List<Row> rows) {
  public Gap {
    rows = List.copyOf(rows);
  }

  /**
   * One measure.
   *
   * @param measure with its unit
   * @param live the real run's value; not a number where it has none of its own
   * @param mean of the simulated runs
   * @param low the least of them
   * @param high the greatest of them
   */
  public record Row(String measure, double live, double mean, double low, double high) {
    /** How far the mean of the simulated runs is from the real one, in percent of the real one. */
    public double percent() {
      return live == mean ? 0 : (mean - live) / live * 100;
    }
  }

  /**
   * Compares.
   *
   * @param live one real run
   * @param twins simulated runs of its scenario; at least one
   * @throws IllegalArgumentException when the origins are not these, or the scenarios differ
   */
  public static Gap of(Findings live, List<Findings> twins) {
    boolean asked =
        live.manifest().origin() == Origin.LIVE
            && !twins.isEmpty()
            && twins.stream().allMatch(twin -> twin.manifest().origin() == Origin.TWIN);
    if (!asked) {
      throw new IllegalArgumentException(
          "a gap is between one real run and simulated ones, but %s is %s"
              .formatted(live.manifest().runId(), live.manifest().origin()));
    }
    List<Row> rows = new ArrayList<>();
    transitions(live, twins, rows);
    rows.add(row("failed requests since the rollout began", live, twins, Gap::failed));
    rows.add(row("replica-seconds", live, twins, Gap::replicaSeconds));
    rows.add(row("from x = 0 to the end of the load, s", live, twins, Gap::measured));
    double[] areas = twins.stream().mapToDouble(twin -> area(live, twin)).toArray();
    rows.add(row("version mix: area between the curves, %", Double.NaN, areas));
    // Shares of some forty answers are noisy: so far are two runs apart that differ by chance only.
    rows.add(row("the same between two simulated runs, %", Double.NaN, amongThemselves(twins)));
    return new Gap(live.manifest().scenario().name(), twins.size(), rows);
  }

  private static void transitions(Findings live, List<Findings> twins, List<Row> rows) {
    List<Transition> all = live.transitions().known().orElse(List.of());
    for (int i = 0; i < all.size(); i++) {
      int index = i;
      String label = all.get(i).label();
      took(label + ", s", index, live, twins, rows, Transition::durationMillis);
      took(
          label + ", tasks replaced, s", index, live, twins, rows, Transition::tasksReplacedMillis);
    }
  }

  /** Only where every run has it. */
  private static void took(
      String measure,
      int index,
      Findings live,
      List<Findings> twins,
      List<Row> rows,
      java.util.function.Function<Transition, OptionalLong> millis) {
    List<OptionalLong> values =
        Stream.concat(Stream.of(live), twins.stream())
            .map(run -> run.transitions().known().orElse(List.of()))
            .map(
                found ->
                    index < found.size() ? millis.apply(found.get(index)) : OptionalLong.empty())
            .toList();
    if (values.stream().allMatch(OptionalLong::isPresent)) {
      double[] seconds = values.stream().mapToDouble(value -> value.getAsLong() / 1e3).toArray();
      rows.add(row(measure, seconds[0], java.util.Arrays.copyOfRange(seconds, 1, seconds.length)));
    }
  }

  private static Row row(
      String measure, Findings live, List<Findings> twins, ToDoubleFunction<Findings> value) {
    return row(measure, value.applyAsDouble(live), twins.stream().mapToDouble(value).toArray());
  }

  private static Row row(String measure, double live, double[] twins) {
    java.util.DoubleSummaryStatistics all = java.util.Arrays.stream(twins).summaryStatistics();
    return new Row(measure, live, all.getAverage(), all.getMin(), all.getMax());
  }

  private static double failed(Findings run) {
    return run.errors().known().map(Errors::sinceRollout).map(s -> (double) s.count()).orElse(0.0);
  }

  private static double replicaSeconds(Findings run) {
    return run.tasks().known().map(Gap::replicaSeconds).orElse(0.0);
  }

  private static double replicaSeconds(Tasks tasks) {
    return tasks.v1ReplicaSeconds() + tasks.v2ReplicaSeconds();
  }

  private static double measured(Findings run) {
    return run.timeline().measured().millis() / 1e3;
  }

  /** Each with the next; with one run alone there is nothing between them. */
  private static double[] amongThemselves(List<Findings> twins) {
    return IntStream.range(0, twins.size())
        .mapToDouble(i -> area(twins.get(i), twins.get((i + 1) % twins.size())))
        .toArray();
  }

  /** Mean distance of v2's shares of the answers, second by second since x = 0, in percent. */
  private static double area(Findings one, Findings other) {
    Map<Integer, Double> a = shares(one);
    Map<Integer, Double> b = shares(other);
    return a.keySet().stream()
            .filter(b::containsKey)
            .mapToDouble(second -> Math.abs(a.get(second) - b.get(second)))
            .average()
            .orElse(0)
        * 100;
  }

  private static Map<Integer, Double> shares(Findings run) {
    Map<Integer, Double> shares = new TreeMap<>();
    for (VersionMix.Second second :
        run.versions().known().map(VersionMix::perSecond).orElse(List.of())) {
      int answers = second.v1() + second.v2();
      if (second.second() >= 0 && answers > 0) {
        shares.put(second.second(), second.v2() / (double) answers);
      }
    }
    return shares;
  }
}
