package io.rolloutlab.change;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.matrix.MatrixRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One scenario on both sides.
 *
 * @param name of it
 * @param a A's runs of it, at least one
 * @param b B's runs of it, at least one
 * @param settings in which the two sides differ, A's value first
 * @param leftOut the runs whose numbers cannot be used, a sentence each without its full stop
 * @param measures those that a run of either side has; none where a side has no run that can be
 *     used
 */
public record ScenarioChange(
    String name,
    List<Findings> a,
    List<Findings> b,
    Differences settings,
    List<String> leftOut,
    List<MeasureChange> measures) {
  public ScenarioChange {
    a = List.copyOf(a);
    b = List.copyOf(b);
    leftOut = List.copyOf(leftOut);
    measures = List.copyOf(measures);
  }

  /** The measures that have changed, in the order of all. */
  public List<MeasureChange> changed() {
    return measures.stream().filter(one -> one.telling().isChange()).toList();
  }

  /** What came of A's rollouts, with how many of each. */
  public Map<String, Integer> outcomesOfA() {
    return counted(a, run -> MatrixRun.of(run).outcome());
  }

  /** What came of B's rollouts, with how many of each. */
  public Map<String, Integer> outcomesOfB() {
    return counted(b, run -> MatrixRun.of(run).outcome());
  }

  /** A's verdicts, with how many of each. */
  public Map<String, Integer> verdictsOfA() {
    return counted(a, run -> run.verdict().inWords());
  }

  /** B's verdicts, with how many of each. */
  public Map<String, Integer> verdictsOfB() {
    return counted(b, run -> run.verdict().inWords());
  }

  /** Whether there are so many runs of each side that it is known how far chance reaches. */
  public boolean hasEnoughRuns() {
    return Math.min(a.size(), b.size()) >= FewRuns.ENOUGH;
  }

  private static Map<String, Integer> counted(
      List<Findings> runs, Function<Findings, String> word) {
    return runs.stream()
        .collect(Collectors.groupingBy(word, TreeMap::new, Collectors.summingInt(run -> 1)));
  }

  /** The conditions among the settings that differ: they may make the differences by themselves. */
  public List<Differences.Difference> conditions() {
    return settings.conditions();
  }
}
