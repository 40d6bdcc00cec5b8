package io.rolloutlab.scenario.expect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;

/**
 * Between what a measure is expected to be, both ends included.
 *
 * @param atMost the most, in the measure's unit, or counted from the baseline of the same batch,
 *     for example {@code 200} or {@code baseline + 20}
 * @param atLeast the least, in the measure's unit, or counted from the baseline of the same batch,
 *     for example {@code 99} or {@code baseline - 5}
 * @param in every phase of this kind by itself, instead of the whole run; only where the measure
 *     can be read per phase
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Bound(Limit atMost, Limit atLeast, LoadPhase in) {
  public Bound {
    Check.that(atMost != null || atLeast != null, "", "says nothing: give atMost, atLeast or both");
    Check.that(
        atMost == null
            || atLeast == null
            || atMost.fromBaseline() != atLeast.fromBaseline()
            || atLeast.number() <= atMost.number(),
        "atLeast",
        "is more than atMost, so that nothing could meet both",
        "atMost");
  }

  /** Whether it can be judged only where a baseline stands beside the run. */
  public boolean needsBaseline() {
    return atMost != null && atMost.fromBaseline() || atLeast != null && atLeast.fromBaseline();
  }
}
