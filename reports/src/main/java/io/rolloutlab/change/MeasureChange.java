package io.rolloutlab.change;

import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.chance.Interval95;
import io.rolloutlab.chance.RankTest;
import io.rolloutlab.text.Range;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number of one scenario on both sides.
 *
 * @param a what A's runs say
 * @param b what B's runs say
 * @param margin up to so much is not spoken of; in the unit of the measure
 * @param difference B's mean minus A's; empty where a side has no number
 * @param interval of the difference; empty where a side has fewer than four runs: of so few no
 *     interval is right
 * @param ranks of the exact rank test; empty where there are too few runs for it
 * @param chance how often chance would show as much, where all numbers are looked at together;
 *     empty where there are too few runs to know
 * @param telling what can be said
 * @param never of how many runs of A and B together it is proven that it would be larger than was
 *     watched, so that it is no number
 */
public record MeasureChange(
    Measure measure,
    Range a,
    Range b,
    double margin,
    OptionalDouble difference,
    Optional<Interval95> interval,
    Optional<RankTest> ranks,
    OptionalDouble chance,
    Telling telling,
    int never) {
  /** Whether a change is for the better or for the worse; empty where it is neither. */
  public String merit() {
    Best best = measure.ranks().best();
    if (best == Best.NONE || telling != Telling.LOWER && telling != Telling.HIGHER) {
      return "";
    }
    return (telling == Telling.LOWER) == (best == Best.LOWEST) ? "better" : "worse";
  }

  /** Whether both sides have enough runs to know how far chance reaches. */
  boolean isTested() {
    return chance.isPresent();
  }
}
