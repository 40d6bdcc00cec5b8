package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Apart;
import io.rolloutlab.analysis.measure.HarmMeasures;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.analysis.run.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of some runs may be ranked against each other.
 *
 * @param runs all of them
 * @param peers those under the conditions that most have in common, baselines too, with numbers
 *     that can be trusted
 * @param standings one a run
 */
record Field(List<Findings> runs, List<Findings> peers, List<Standing> standings) {
  /**
   * How a run takes part.
   *
   * @param why it does not; empty when it does
   * @param outage whether it takes part only where an outage counts against it
   */
  private record Standing(String why, boolean outage) {}

  /**
   * Of the runs of one situation.
   *
   * @param baselines of all situations: in none of them v2 is there at all
   */
  static Field of(List<Findings> runs, List<Findings> baselines) {
    List<Findings> whole =
        Stream.concat(runs.stream(), baselines.stream()).distinct().filter(Field::isWhole).toList();
    List<Findings> peers = underOneCondition(whole);
    double noise =
        Apart.outageNoise(
            HarmMeasures.LONGEST_OUTAGE::value, peers.stream().map(Findings::evidence).toList());
    return new Field(runs, peers, runs.stream().map(run -> standing(run, peers, noise)).toList());
  }

  private static Standing standing(Findings run, List<Findings> peers, double noise) {
    if (run.cutOff().isPresent()) {
      return new Standing("it was cut off", false);
    }
    if (!run.reconciled()) {
      return new Standing("its two witnesses do not agree", false);
    }
    if (TurnedRound.givenUp(run.evidence()).isPresent()) {
      return new Standing("its rollout was given up", false);
    }
    if (peers.stream().noneMatch(peer -> peer == run)) {
      return new Standing(
          "other conditions: " + Differences.ofConditions(peers.get(0), run), false);
    }
    if (run.isBaseline()) {
      return new Standing("the others are read against it", false);
    }
    if (!run.manifest().scenario().settings().forEverybody()) {
      return new Standing("v2 is not for everybody there", false);
    }
    return byOutage(
        HarmMeasures.LONGEST_OUTAGE.value(run.evidence()).orElse(Double.POSITIVE_INFINITY), noise);
  }

  /**
   * Of a run that could be ranked but for an outage.
   *
   * @param outage the longest, in seconds; infinite where it is not known
   * @param noise up to so many seconds are none
   */
  private static Standing byOutage(double outage, double noise) {
    return outage <= noise
        ? new Standing("", false)
        : new Standing(
            Double.isInfinite(outage)
                ? "its failures are not known"
                : "an outage of " + Numbers.seconds(Math.round(outage * 1000)),
            !Double.isInfinite(outage));
  }

  /** Of equally many those that come first. */
  private static List<Findings> underOneCondition(List<Findings> whole) {
    List<List<Findings>> groups = new ArrayList<>();
    for (Findings run : whole) {
      groups.stream()
          .filter(
              group ->
                  group.stream()
                      .allMatch(member -> Differences.ofConditions(member, run).isEmpty()))
          .findFirst()
          .ifPresentOrElse(
              group -> group.add(run), () -> groups.add(new ArrayList<>(List.of(run))));
    }
    List<Findings> most = List.of();
    for (List<Findings> group : groups) {
      most = group.size() > most.size() ? group : most;
    }
    return most;
  }

  private static boolean isWhole(Findings run) {
    return run.reconciled() && run.cutOff().isEmpty();
  }

  /** Why nothing of a run can be the best, for people; empty when it can. */
  String unranked(int run) {
    return standings.get(run).why();
  }

  /** Whether something of it can be the best. */
  boolean ranks(int run) {
    return standings.get(run).why().isEmpty();
  }

  /**
   * Whether others can be better than it.
   *
   * @param harm whether the number is one that an outage makes worse
   */
  boolean competes(int run, boolean harm) {
    return ranks(run) || harm && standings.get(run).outage();
  }
}
