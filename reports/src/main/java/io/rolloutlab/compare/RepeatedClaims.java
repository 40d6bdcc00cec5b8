package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The exercise's claims over all repeats: a claim holds when it holds in every one, and what comes
 * out otherwise from repeat to repeat is unknown.
 */
public final class RepeatedClaims {
  private RepeatedClaims() {}

  /**
   * Every claim, as {@link Claims#of} judges it in the first run of each scenario, in the second,
   * and so on; a scenario with fewer runs than others stands with its last one.
   *
   * @throws IllegalArgumentException when real and simulated runs are mixed
   */
  public static List<Claim> of(List<Findings> runs) {
    Map<Asked, List<Findings>> groups = Asked.groups(runs);
    int repeats = groups.values().stream().mapToInt(List::size).max().orElse(1);
    List<List<Claim>> each =
        IntStream.range(0, repeats).mapToObj(i -> Claims.of(repeat(groups, i))).toList();
    return IntStream.range(0, each.get(0).size())
        .mapToObj(claim -> together(each.stream().map(all -> all.get(claim)).toList()))
        .toList();
  }

  private static List<Findings> repeat(Map<Asked, List<Findings>> groups, int repeat) {
    return groups.values().stream()
        .map(group -> group.get(Math.min(repeat, group.size() - 1)))
        .toList();
  }

  private static Claim together(List<Claim> repeats) {
    Claim first = repeats.get(0);
    // Of one run each, or about strategies that were not run more than once, or not at all.
    if (repeats.stream().allMatch(first::equals)) {
      return first;
    }
    long alike = repeats.stream().filter(one -> one.holds() == first.holds()).count();
    long hold = repeats.stream().filter(one -> one.holds() == Claim.Holds.HOLDS).count();
    boolean all = alike == repeats.size();
    String how =
        all
            ? "The same comes out of all %s repeats; the first: ".formatted(repeats.size())
            : "It holds in %s of %s repeats; the first: ".formatted(hold, repeats.size());
    return new Claim(
        first.key(),
        first.claim(),
        all ? first.holds() : Claim.Holds.UNKNOWN,
        first.fromSettings(),
        how + first.measured(),
        first.criterion(),
        repeats.stream().flatMap(one -> one.balancing().stream()).distinct().sorted().toList());
  }
}
