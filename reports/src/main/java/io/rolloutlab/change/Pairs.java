package io.rolloutlab.change;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.history.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which runs are held against which: those of one scenario, by its name.
 *
 * @param scenarios that both sides have, in A's order
 * @param unpaired sentences about those that one side has alone; empty where there is none
 */
record Pairs(List<String> scenarios, List<String> unpaired) {
  /**
   * Pairs up two sides.
   *
   * @throws IllegalArgumentException with a sentence, when real and simulated runs would meet, a
   *     run would be held against itself, runs of a side with one name are no repeats of each
   *     other, or nothing pairs up
   */
  static Pairs of(Side a, Side b) {
    oneOrigin(a, b);
    noneTwice(a, b);
    List<String> both = a.scenarios().stream().filter(b.scenarios()::contains).toList();
    if (both.isEmpty()) {
      throw new IllegalArgumentException(
          ("nothing pairs up: A has runs of %s, and B of %s; runs are paired by the names of their"
                  + " scenarios")
              .formatted(a.scenariosInWords(), b.scenariosInWords()));
    }
    for (String scenario : both) {
      repeats(a, scenario);
      repeats(b, scenario);
    }
    return new Pairs(both, Stream.concat(only(a, both), only(b, both)).toList());
  }

  private static void oneOrigin(Side a, Side b) {
    Set<Manifest.Origin> origins = new HashSet<>();
    Stream.concat(a.runs().stream(), b.runs().stream())
        .forEach(run -> origins.add(run.manifest().origin()));
    if (origins.size() > 1) {
      throw new IllegalArgumentException(
          "%s, and %s: real and simulated runs are never held against each other but by `lab gap`"
              .formatted(inWords(a), inWords(b)));
    }
  }

  private static String inWords(Side side) {
    long simulated =
        side.runs().stream().filter(run -> run.manifest().origin() == Manifest.Origin.TWIN).count();
    int all = side.runs().size();
    return "%s has %s"
        .formatted(
            side.letter(),
            simulated == 0
                ? "real runs"
                : simulated == all
                    ? "simulated runs"
                    : "%s simulated and %s real runs".formatted(simulated, all - simulated));
  }

  private static void noneTwice(Side a, Side b) {
    noneTwice(a.runs());
    noneTwice(b.runs());
    // A simulated run is named by its seed, which both sides may have.
    noneTwice(
        Stream.concat(a.runs().stream(), b.runs().stream())
            .filter(run -> run.manifest().origin() == Manifest.Origin.LIVE)
            .toList());
  }

  private static void noneTwice(List<Findings> runs) {
    Set<String> seen = new HashSet<>();
    for (Findings run : runs) {
      if (!seen.add(run.manifest().runId())) {
        throw new IllegalArgumentException(
            "the run %s is there twice: a run is not held against itself, nor counted twice"
                .formatted(run.manifest().runId()));
      }
    }
  }

  /**
   * Runs of one name on one side must differ by chance only. The last of them may be a wave of its
   * own, and one that was disturbed was made again alone: beside how many it was made is told, and
   * makes it no other question.
   */
  private static void repeats(Side side, String scenario) {
    List<Findings> runs = side.of(scenario);
    List<Differences.Difference> differ =
        differences(runs).all().stream()
            .filter(one -> !one.setting().equals(Differences.AT_ONCE))
            .toList();
    if (!differ.isEmpty()) {
      throw new IllegalArgumentException(
          ("%s has %s runs of %s that are no repeats, since they differ in %s (%s): name a batch, or"
                  + " the runs of one file")
              .formatted(
                  side.letter(),
                  runs.size(),
                  scenario,
                  differ.get(0).setting(),
                  String.join(" / ", differ.get(0).values().stream().distinct().toList())));
    }
  }

  /** The settings in which runs differ, and the strategy where it is another one. */
  static Differences differences(List<Findings> runs) {
    List<String> strategies =
        runs.stream().map(run -> run.manifest().scenario().strategy().fileName()).toList();
    List<Differences.Difference> all = new ArrayList<>();
    if (strategies.stream().distinct().count() > 1) {
      all.add(new Differences.Difference("strategy", false, strategies));
    }
    all.addAll(Differences.between(runs).all());
    return new Differences(all);
  }

  private static Stream<String> only(Side side, List<String> both) {
    return side.scenarios().stream()
        .filter(scenario -> !both.contains(scenario))
        .map(scenario -> "%s is in %s only".formatted(scenario, side.letter()));
  }
}
