package io.rolloutlab.change;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.chance.Bootstrap;
import io.rolloutlab.chance.Interval95;
import io.rolloutlab.chance.Margin;
import io.rolloutlab.chance.RankTest;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Holds the runs of two sides against each other, scenario by scenario and number by number. */
record Comparing(Side a, Side b) {
  /**
   * The runs of one scenario whose numbers can be used.
   *
   * @param leftOut those that cannot, a sentence each
   */
  private record Usable(String name, List<Findings> a, List<Findings> b, List<String> leftOut) {
    boolean isTwoSided() {
      return !a.isEmpty() && !b.isEmpty();
    }
  }

  /**
   * One number of a scenario before it is known how far chance reaches.
   *
   * @param a those of A's runs that have it
   * @param b those of B's runs that have it
   * @param margin in the unit of the measure
   */
  private record Reading(
      Usable of, Measure measure, List<Findings> a, List<Findings> b, double margin) {
    static Reading of(Usable runs, Measure measure) {
      List<Findings> a = having(runs.a(), measure);
      List<Findings> b = having(runs.b(), measure);
      double[] all =
          DoubleStream.concat(
                  DoubleStream.of(values(a, measure)), DoubleStream.of(values(b, measure)))
              .toArray();
      return new Reading(runs, measure, a, b, Margin.of(measure.heading(), all));
    }

    boolean isTested() {
      return a.size() >= FewRuns.ENOUGH && b.size() >= FewRuns.ENOUGH;
    }

    /**
     * Whether the lower side has lost a run to a number that is larger than was watched: its mean
     * is that of the kinder ones.
     */
    boolean hidesLonger(double by) {
      return (by < 0 ? of.b() : of.a()).stream().anyMatch(this::isLonger);
    }

    /** Whether all runs of the side without a number have none, and not one that is too large. */
    boolean isAbsent() {
      List<Findings> without = a.isEmpty() ? of.a() : of.b();
      return without.stream()
          .allMatch(run -> measure.value(run.evidence()).isEmpty() && !isLonger(run));
    }

    long longer() {
      return Stream.concat(of.a().stream(), of.b().stream()).filter(this::isLonger).count();
    }

    /**
     * Whether it is proven that the number would be larger than was watched, so that it is none.
     */
    private boolean isLonger(Findings run) {
      return value(run, measure).isEmpty()
          && measure.reads().beyond().apply(run.evidence()).isPresent();
    }

    boolean isThere() {
      return !a.isEmpty() || !b.isEmpty();
    }

    Reshuffled.Values dealt() {
      double[] all =
          Stream.concat(of.a().stream(), of.b().stream())
              .mapToDouble(run -> value(run, measure).orElse(Double.NaN))
              .toArray();
      return new Reshuffled.Values(all, margin, Margin.resolution(measure.heading()));
    }
  }

  /** Of the scenarios that both sides have. */
  List<ScenarioChange> of(List<String> scenarios) {
    List<Usable> usable = scenarios.stream().map(this::usable).toList();
    List<Evidence> peers =
        usable.stream()
            .flatMap(one -> Stream.concat(one.a().stream(), one.b().stream()))
            .map(Findings::evidence)
            .toList();
    List<List<MeasureChange>> measures = measures(usable, peers);
    return IntStream.range(0, usable.size())
        .mapToObj(s -> scenario(usable.get(s), measures.get(s)))
        .toList();
  }

  /**
   * The numbers of two lots of runs, whatever their scenarios.
   *
   * @param peers all runs, for the noise that they show where nothing is changed
   */
  static List<MeasureChange> measures(List<Findings> a, List<Findings> b, List<Findings> peers) {
    Usable both = new Usable("", usable(a), usable(b), List.of());
    return measures(List.of(both), peers.stream().map(Findings::evidence).toList()).get(0);
  }

  private static List<List<MeasureChange>> measures(List<Usable> usable, List<Evidence> peers) {
    List<List<Reading>> readings = usable.stream().map(Comparing::readings).toList();
    List<List<OptionalDouble>> chances = chances(readings);
    List<List<MeasureChange>> all = new ArrayList<>();
    for (int s = 0; s < usable.size(); s++) {
      List<MeasureChange> measures = new ArrayList<>();
      for (int m = 0; m < readings.get(s).size(); m++) {
        measures.add(change(readings.get(s).get(m), chances.get(s).get(m), peers));
      }
      all.add(measures);
    }
    return all;
  }

  private ScenarioChange scenario(Usable runs, List<MeasureChange> measures) {
    List<Findings> ofA = a.of(runs.name());
    List<Findings> ofB = b.of(runs.name());
    return new ScenarioChange(
        runs.name(),
        ofA,
        ofB,
        Pairs.differences(List.of(ofA.get(0), ofB.get(0))),
        runs.leftOut(),
        measures);
  }

  private Usable usable(String scenario) {
    List<String> leftOut = new ArrayList<>();
    return new Usable(
        scenario, usable(a, scenario, leftOut), usable(b, scenario, leftOut), leftOut);
  }

  private static List<Findings> usable(Side side, String scenario, List<String> leftOut) {
    List<Findings> all = side.of(scenario);
    for (Findings run : all) {
      unusable(run)
          .ifPresent(
              why ->
                  leftOut.add(
                      "the run %s of %s (%s)"
                          .formatted(run.manifest().runId(), side.letter(), why)));
    }
    return usable(all);
  }

  private static List<Findings> usable(List<Findings> runs) {
    return runs.stream().filter(Comparing::isUsable).toList();
  }

  /** Whether the numbers of a run can be used. */
  static boolean isUsable(Findings run) {
    return unusable(run).isEmpty();
  }

  /** Why the numbers of a run cannot be used; empty where they can. */
  private static Optional<String> unusable(Findings run) {
    return run.cutOff()
        .or(
            () ->
                run.reconciled()
                    ? Optional.empty()
                    : Optional.of("its two witnesses do not agree"));
  }

  private static List<Reading> readings(Usable runs) {
    return runs.isTwoSided()
        ? Measures.all().stream()
            .map(measure -> Reading.of(runs, measure))
            .filter(Reading::isThere)
            .toList()
        : List.of();
  }

  /** As {@link Reshuffled#probabilities}, for all numbers of which there are enough runs. */
  private static List<List<OptionalDouble>> chances(List<List<Reading>> readings) {
    List<List<Reading>> tested =
        readings.stream().map(all -> all.stream().filter(Reading::isTested).toList()).toList();
    List<Reshuffled.Dealt> dealt =
        tested.stream()
            .filter(all -> !all.isEmpty())
            .map(
                all ->
                    new Reshuffled.Dealt(
                        all.get(0).of().a().size(), all.stream().map(Reading::dealt).toList()))
            .toList();
    List<double[]> probabilities = new ArrayList<>(Reshuffled.probabilities(dealt));
    List<List<OptionalDouble>> chances = new ArrayList<>();
    for (List<Reading> all : readings) {
      boolean any = all.stream().anyMatch(Reading::isTested);
      double[] its = any ? probabilities.remove(0) : new double[0];
      int next = 0;
      List<OptionalDouble> row = new ArrayList<>();
      for (Reading one : all) {
        row.add(one.isTested() ? OptionalDouble.of(its[next++]) : OptionalDouble.empty());
      }
      chances.add(row);
    }
    return chances;
  }

  private static MeasureChange change(
      Reading reading, OptionalDouble chance, List<Evidence> peers) {
    double[] a = values(reading.a(), reading.measure());
    double[] b = values(reading.b(), reading.measure());
    boolean both = a.length > 0 && b.length > 0;
    OptionalDouble difference =
        both
            ? OptionalDouble.of(
                DoubleStream.of(b).average().orElseThrow()
                    - DoubleStream.of(a).average().orElseThrow())
            : OptionalDouble.empty();
    Optional<Interval95> interval =
        reading.isTested() ? Optional.of(Bootstrap.ofDifference(a, b)) : Optional.empty();
    return new MeasureChange(
        reading.measure(),
        Range.of(reading.of().a(), run -> value(run, reading.measure())),
        Range.of(reading.of().b(), run -> value(run, reading.measure())),
        reading.margin(),
        difference,
        interval,
        chance.isPresent() ? Optional.of(RankTest.of(a, b)) : Optional.empty(),
        chance,
        telling(reading, difference, interval, chance, peers),
        (int) reading.longer());
  }

  private static Telling telling(
      Reading reading,
      OptionalDouble difference,
      Optional<Interval95> interval,
      OptionalDouble chance,
      List<Evidence> peers) {
    if (difference.isEmpty()) {
      return oneSide(reading);
    }
    double by = difference.getAsDouble();
    boolean told =
        Math.abs(by) > reading.margin()
            && !reading.hidesLonger(by)
            && (chance.isPresent()
                ? chance.getAsDouble() <= Changes.LEVEL
                    && interval.filter(Interval95::hasZero).isEmpty()
                : FewRuns.told(reading.measure(), reading.a(), reading.b(), peers));
    if (told) {
      return by < 0 ? Telling.LOWER : Telling.HIGHER;
    }
    return chance.isPresent() ? Telling.NOT_TOLD_APART : Telling.TOO_FEW_RUNS;
  }

  /** A number that some runs of one side have is no change: others of it have none. */
  private static Telling oneSide(Reading reading) {
    boolean all =
        reading.a().isEmpty()
            ? reading.b().size() == reading.of().b().size()
            : reading.a().size() == reading.of().a().size();
    int fewer = Math.min(reading.of().a().size(), reading.of().b().size());
    if (all && reading.isAbsent() && fewer >= FewRuns.ENOUGH) {
      return Telling.ONE_SIDE;
    }
    return fewer >= FewRuns.ENOUGH ? Telling.NOT_TOLD_APART : Telling.TOO_FEW_RUNS;
  }

  private static List<Findings> having(List<Findings> runs, Measure measure) {
    return runs.stream().filter(run -> value(run, measure).isPresent()).toList();
  }

  private static double[] values(List<Findings> runs, Measure measure) {
    return runs.stream().mapToDouble(run -> value(run, measure).orElseThrow()).toArray();
  }

  /** What must not be taken at its word is no number to compare. */
  static OptionalDouble value(Findings run, Measure measure) {
    return run.doubtOf(measure.key()).isEmpty()
        ? measure.value(run.evidence())
        : OptionalDouble.empty();
  }
}
