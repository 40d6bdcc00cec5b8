package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.analysis.measure.Heading;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.measure.Table;
import io.rolloutlab.scenario.Scenario;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalDouble;

/** A measure of the one list, as runs are compared by it: a column of the comparison. */
record ComparedBy(Measure measure) {
  /** All columns, in their order. */
  static List<ComparedBy> all() {
    return Measures.of(Table.COMPARISON).stream().map(ComparedBy::new).toList();
  }

  /** As it stands above its column. */
  Comparison.Measure heading() {
    Heading its = measure.heading();
    String rule = best() == Best.NONE ? "" : measure.ranks().apart().rule();
    return new Comparison.Measure(
        its.key(), its.label(), its.unit(), its.decimals(), its.howMeasured(), best(), rule);
  }

  Best best() {
    return measure.ranks().best();
  }

  /** Whether an outage makes it worse. */
  boolean harm() {
    return measure.ranks().harm();
  }

  OptionalDouble of(Findings run) {
    return measure.value(run.evidence());
  }

  /** Whether two runs are told apart by it, and not by chance. */
  boolean told(Findings some, Findings other, List<Findings> peers) {
    return measure
        .ranks()
        .apart()
        .test()
        .told(some.evidence(), other.evidence(), peers.stream().map(Findings::evidence).toList());
  }

  /** Which settings make its number, so that it is no merit; empty when none do. */
  String settledBy(Scenario scenario) {
    return measure
        .ranks()
        .settledBy()
        .map(number -> scenario.settings().settles(scenario).getOrDefault(number, ""))
        .orElse("");
  }

  /** What is proven where there is no number; see {@link Comparison.Cell}. */
  String never(Findings run) {
    OptionalDouble beyond = measure.reads().beyond().apply(run.evidence());
    return beyond.isPresent()
        ? "> "
            + BigDecimal.valueOf(beyond.getAsDouble())
                .setScale(measure.heading().decimals(), RoundingMode.DOWN)
                .toPlainString()
        : "";
  }
}
