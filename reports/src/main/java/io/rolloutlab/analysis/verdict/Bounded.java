package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.scenario.expect.Bound;
import io.rolloutlab.scenario.expect.Limit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;

/** Judges what a scenario expects of one measure. */
final class Bounded {
  private static final int LEAST_DECIMALS = 3;

  private final Measure measure;
  private final Bound bound;
  private final Evidence run;
  private final Part<List<Evidence>> baselines;

  private Bounded(Measure measure, Bound bound, Evidence run, Part<List<Evidence>> baselines) {
    this.measure = measure;
    this.bound = bound;
    this.run = run;
    this.baselines = baselines;
  }

  /**
   * Judges one.
   *
   * @param baselines of the same batch, under the same conditions; unknown, with the cause, where
   *     there is none
   */
  static ExpectationResult judge(
      String key, Bound bound, Evidence run, Part<List<Evidence>> baselines) {
    return Measures.find(key)
        .map(measure -> new Bounded(measure, bound, run, baselines).result())
        .orElseGet(() -> unknown(key));
  }

  /** A history may be older than the list of measures, or younger. */
  private static ExpectationResult unknown(String key) {
    String measured = "unknown: this lab has no such measure";
    return new ExpectationResult(
        key,
        Verdict.UNKNOWN,
        "within its bounds",
        measured,
        "%s: %s: UNKNOWN.".formatted(key, measured));
  }

  /** What it came to, and what was measured, for people. */
  private record Outcome(Verdict verdict, String measured) {
    static Outcome unknown(String cause) {
      return new Outcome(Verdict.UNKNOWN, "unknown: " + cause);
    }
  }

  private ExpectationResult result() {
    Part<Double> most = limit(bound.atMost());
    Part<Double> least = limit(bound.atLeast());
    String wanted = wanted(most, least);
    Outcome outcome = doubted(outcome(most, least));
    String where = bound.in() == null ? "" : " in " + word();
    return new ExpectationResult(
        measure.key() + where,
        outcome.verdict(),
        wanted,
        outcome.measured(),
        "%s%s: wanted %s, measured %s: %s."
            .formatted(
                measure.heading().label(), where, wanted, outcome.measured(), outcome.verdict()));
  }

  private Outcome outcome(Part<Double> most, Part<Double> least) {
    if (bound.atMost() != null && most.known().isEmpty()) {
      return Outcome.unknown(most.cause());
    }
    if (bound.atLeast() != null && least.known().isEmpty()) {
      return Outcome.unknown(least.cause());
    }
    double highest = bound.atMost() == null ? Double.POSITIVE_INFINITY : most.orThrow();
    double lowest = bound.atLeast() == null ? Double.NEGATIVE_INFINITY : least.orThrow();
    return bound.in() == null ? ofRun(lowest, highest) : ofPhases(lowest, highest);
  }

  private Outcome ofRun(double lowest, double highest) {
    Part<Double> value = measure.of(run);
    if (value.known().isEmpty()) {
      OptionalDouble beyond = measure.reads().beyond().apply(run);
      return beyond.isPresent()
          ? beyond(beyond.getAsDouble(), highest)
          : Outcome.unknown(value.cause());
    }
    List<Double> could = new ArrayList<>(List.of(value.orThrow()));
    could.addAll(measure.reads().could().apply(run));
    return ofPossible(could, v -> v >= lowest && v <= highest, text(value.orThrow()));
  }

  /**
   * Each of the values that it could have decides for itself; where they do not agree nothing is
   * known.
   */
  private Outcome ofPossible(List<Double> could, DoublePredicate within, String measured) {
    if (doubles(could).allMatch(within)) {
      return new Outcome(Verdict.PASS, measured);
    }
    return doubles(could).noneMatch(within)
        ? new Outcome(Verdict.FAIL, measured)
        : Outcome.unknown(
            "%s, but the end of some requests is not known: it may be %s to %s"
                .formatted(
                    measured,
                    text(doubles(could).min().orElseThrow()),
                    text(doubles(could).max().orElseThrow())));
  }

  /**
   * There is no number, but it is proven to be more than one: that can break a bound. It keeps
   * none, since what is measured did not happen.
   */
  private Outcome beyond(double proven, double highest) {
    String measured = "> " + text(proven);
    return proven >= highest ? new Outcome(Verdict.FAIL, measured) : Outcome.unknown(measured);
  }

  /** Each phase of the kind must be within. */
  private Outcome ofPhases(double lowest, double highest) {
    Part<List<Double>> values = measure.in(run, phase().orElseThrow());
    if (values.known().isEmpty()) {
      return Outcome.unknown(values.cause());
    }
    List<Double> all = values.orThrow();
    double least = doubles(all).min().orElseThrow();
    double most = doubles(all).max().orElseThrow();
    return new Outcome(
        least >= lowest && most <= highest ? Verdict.PASS : Verdict.FAIL,
        all.size() == 1
            ? text(most)
            : "%s to %s in %s phases".formatted(text(least), text(most), all.size()));
  }

  /** A number that must not be taken at its word proves nothing good. */
  private Outcome doubted(Outcome outcome) {
    if (outcome.verdict() != Verdict.PASS) {
      return outcome;
    }
    List<LatencyDoubt> doubts =
        phase().map(kind -> LatencyDoubt.of(run, kind)).orElseGet(() -> LatencyDoubt.of(run));
    String doubt = LatencyDoubt.of(measure.key(), doubts);
    if (!doubt.isEmpty()) {
      return Outcome.unknown("%s, but it is doubtful: %s".formatted(outcome.measured(), doubt));
    }
    String gap = KnownEnds.missing(measure, run, phase());
    return gap.isEmpty()
        ? outcome
        : Outcome.unknown("%s, but %s".formatted(outcome.measured(), gap));
  }

  /** Of several baselines their mean counts. */
  private Part<Double> limit(Limit limit) {
    if (limit == null || !limit.fromBaseline()) {
      return Part.known(limit == null ? Double.NaN : limit.number());
    }
    return Part.of(
        () ->
            limit.number()
                + baselines.orThrow().stream()
                    .mapToDouble(this::ofBaseline)
                    .average()
                    .orElseThrow());
  }

  private double ofBaseline(Evidence baseline) {
    Part<Double> value = measure.of(baseline);
    String doubt = LatencyDoubt.of(measure.key(), LatencyDoubt.of(baseline));
    if (!doubt.isEmpty()) {
      throw new IllegalStateException("the baseline's number is doubtful: " + doubt);
    }
    return value
        .known()
        .orElseThrow(
            () -> new IllegalStateException("the baseline has no number: " + value.cause()));
  }

  private String wanted(Part<Double> most, Part<Double> least) {
    List<String> parts = new ArrayList<>();
    if (bound.atMost() != null) {
      parts.add("at most " + wanted(bound.atMost(), most));
    }
    if (bound.atLeast() != null) {
      parts.add("at least " + wanted(bound.atLeast(), least));
    }
    String each = bound.in() == null ? "" : ", in every phase of this kind";
    return String.join(" and ", parts) + each;
  }

  private String wanted(Limit limit, Part<Double> resolved) {
    return !limit.fromBaseline()
        ? text(limit.number())
        : limit.print() + resolved.known().map(value -> ", which is " + text(value)).orElse("");
  }

  /** The phases that are judged; empty for the whole run. */
  private Optional<PhaseKind> phase() {
    return Optional.ofNullable(bound.in()).map(in -> PhaseKind.valueOf(in.name()));
  }

  private String word() {
    return FileWord.of(bound.in());
  }

  private String text(double value) {
    int decimals = Math.max(LEAST_DECIMALS, measure.heading().decimals());
    BigDecimal rounded =
        BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros();
    return (rounded.toPlainString() + " " + measure.heading().unit()).strip();
  }

  private static DoubleStream doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue);
  }
}
