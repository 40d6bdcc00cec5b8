package io.rolloutlab.html.index;

import io.rolloutlab.compare.Claim;
import java.util.List;

/**
 * The claims that the runs of a report are about. Those about strategies that were not run, or not
 * with a bad v2, are noise for somebody who asked for others.
 *
 * @param claims whose runs are all there
 * @param others a sentence about the rest; empty when there is none
 */
public record ClaimsShown(List<Claim> claims, String others) {
  private static final String ABSENT = "no run of ";

  public ClaimsShown {
    claims = List.copyOf(claims);
  }

  static ClaimsShown of(List<Claim> all) {
    List<Claim> shown = all.stream().filter(claim -> !isAboutAbsentRuns(claim)).toList();
    int rest = all.size() - shown.size();
    return new ClaimsShown(
        shown,
        rest == 0
            ? ""
            : "%s of the exercise's %s claims %s runs that are not here."
                .formatted(rest, all.size(), rest == 1 ? "needs" : "need"));
  }

  private static boolean isAboutAbsentRuns(Claim claim) {
    return claim.holds() == Claim.Holds.UNKNOWN && claim.measured().startsWith(ABSENT);
  }
}
