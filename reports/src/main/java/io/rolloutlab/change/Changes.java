package io.rolloutlab.change;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.history.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What changed between two lots of runs, beyond noise.
 *
 * @param a the one that the other is held against
 * @param b the other one
 * @param scenarios those that both have, in A's order
 * @param unpaired sentences, without their full stop, about those that one side has alone
 */
public record Changes(Side a, Side b, List<ScenarioChange> scenarios, List<String> unpaired) {
  /** So often is anything told apart of two sides without a change, at most. */
  static final double LEVEL = 0.05;

  public Changes {
    scenarios = List.copyOf(scenarios);
    unpaired = List.copyOf(unpaired);
  }

  /**
   * Compares two lots of runs.
   *
   * @param a judged already, each beside the runs of its batch; the order does not matter
   * @param b likewise
   * @throws IllegalArgumentException with a sentence, when they cannot be compared: real and
   *     simulated ones meet, a run is on both sides, runs of one scenario on one side are no
   *     repeats, or nothing pairs up
   */
  public static Changes between(Side a, Side b) {
    Side first = new Side(a.letter(), a.words(), ordered(a.runs()));
    Side second = new Side(b.letter(), b.words(), ordered(b.runs()));
    Pairs pairs = Pairs.of(first, second);
    return new Changes(
        first, second, new Comparing(first, second).of(pairs.scenarios()), pairs.unpaired());
  }

  /** So that the same runs give the same bytes, however they were named. */
  private static List<Findings> ordered(List<Findings> runs) {
    return runs.stream()
        .sorted(
            Comparator.comparing((Findings run) -> run.manifest().scenario().name())
                .thenComparing(run -> run.manifest().startedAtMillis())
                .thenComparing(run -> run.manifest().scenario().seed())
                .thenComparing(run -> run.manifest().runId()))
        .toList();
  }

  /** Whether no Docker was used. */
  public boolean simulated() {
    return a.runs().get(0).manifest().origin() == Manifest.Origin.TWIN;
  }

  /** All numbers that are compared. */
  public List<MeasureChange> measures() {
    return scenarios.stream().flatMap(one -> one.measures().stream()).toList();
  }

  /** How many numbers have enough runs on both sides to know how far chance reaches. */
  public long tested() {
    return measures().stream().filter(MeasureChange::isTested).count();
  }

  /** How many numbers have changed. */
  public long changed() {
    return measures().stream().filter(one -> one.telling().isChange()).count();
  }

  /** The versions of the lab that made the runs of both sides. */
  public List<String> commits() {
    List<String> all = new ArrayList<>(a.commits());
    b.commits().stream().filter(one -> !all.contains(one)).forEach(all::add);
    return List.copyOf(all);
  }
}
