package io.rolloutlab.text;

import io.rolloutlab.compare.Claim;
import io.rolloutlab.scenario.cluster.Balancing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * With which balancing the runs of a report were made: numbers of one mode say nothing of the other
 * one.
 *
 * @param ofRuns says it of all runs
 * @param ofClaims says what that is for the claims; empty where no run knows its mode
 * @param differ whether the runs were not all made in one mode
 */
public record BalancingModes(String ofRuns, String ofClaims, boolean differ) {
  private static final int MOST_NAMED = 6;

  /** Of the runs of a report. */
  public static BalancingModes of(Runs runs) {
    Map<Balancing, List<String>> modes = new EnumMap<>(Balancing.class);
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < runs.names().size(); i++) {
      Balancing mode = runs.findings().get(i).manifest().balancing();
      (mode == null ? unknown : modes.computeIfAbsent(mode, its -> new ArrayList<>()))
          .add(runs.names().get(i));
    }
    String rest =
        unknown.isEmpty()
            ? ""
            : " Of %s it is not known: no cluster was reached.".formatted(listed(unknown));
    return switch (modes.size()) {
      case 0 ->
          new BalancingModes(
              "No run reached a cluster, so none rests on a mode of balancing.", "", false);
      case 1 -> one(modes.keySet().iterator().next(), modes.values().iterator().next(), rest);
      default -> different(modes, rest);
    };
  }

  private static BalancingModes one(Balancing mode, List<String> runs, String rest) {
    Balancing other = mode == Balancing.VIP ? Balancing.DNSRR : Balancing.VIP;
    String which =
        runs.size() == 1
            ? (rest.isEmpty() ? "This run" : runs.get(0)) + " rests"
            : several(runs.size(), rest.isEmpty()) + " rest";
    return new BalancingModes(
        "%s on balancing: %s (%s). What %s does to users was not looked at.%s"
            .formatted(which, word(mode), how(mode), word(other), rest),
        "Each claim rests on runs with balancing: %s; nothing is claimed of %s."
            .formatted(word(mode), word(other)),
        false);
  }

  private static String several(int runs, boolean all) {
    return all ? (runs == 2 ? "Both runs" : "All %s runs".formatted(runs)) : runs + " runs";
  }

  private static BalancingModes different(Map<Balancing, List<String>> modes, String rest) {
    String each =
        modes.entrySet().stream()
            .map(one -> "%s in %s".formatted(word(one.getKey()), listed(one.getValue())))
            .collect(Collectors.joining("; "));
    return new BalancingModes(
        ("These runs rest on different modes of balancing: %s. A difference between two runs of"
                + " different modes may be that of the modes, so they are not ranked against each"
                + " other.%s")
            .formatted(each, rest),
        "Behind each claim stands on which balancing its runs rest; where a run of one mode would be"
            + " held against a run of another one, the claim is unknown.",
        true);
  }

  private static String word(Balancing mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static String how(Balancing mode) {
    return mode == Balancing.VIP
        ? "the edge asks one virtual address a service, behind which the kernel chooses a task"
        : "the edge asks the tasks by their own addresses, and chooses itself";
  }

  private static String listed(List<String> names) {
    int more = names.size() - MOST_NAMED;
    String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return more > 0 ? "%s and %s more".formatted(first, more) : first;
  }

  /** What stands behind a claim: its modes, where the runs of the report differ in them. */
  public String behind(Claim claim) {
    return differ && !claim.balancing().isEmpty()
        ? "Balancing of its runs: %s.".formatted(String.join(", ", claim.balancing()))
        : "";
  }
}
