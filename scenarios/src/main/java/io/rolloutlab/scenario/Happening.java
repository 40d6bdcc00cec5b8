package io.rolloutlab.scenario;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.rolloutlab.scenario.check.Check;
import java.time.Duration;

/**
 * Something that happens beside a rollout, at a time or in a phase of it: a fault, or what a person
 * does. In files its settings stand under the key of its kind: {@code {at: 20s, kill: workerN2}}.
 *
 * @param at how long after the rollout starts (in a baseline: its hold), or after the phase does; 0
 *     to 1 h; must be given where there is no phase, else default 0
 * @param atPhase the phase with whose first start the time begins, one that the strategy comes to;
 *     default none (null)
 * @param kind the key of its kind; see {@link HappeningKind}
 * @param settings of its kind; in a history of a lab that knew a kind more, what stood there
 */
@JsonSerialize(using = HappeningJson.Writer.class)
@JsonDeserialize(using = HappeningJson.Reader.class)
public record Happening(Duration at, Phase atPhase, String kind, Object settings) {
  /** The longest after its start. */
  private static final Duration LATEST = Duration.ofHours(1);

  /** The phases of a run that can begin while it is under way, in their order. */
  public enum Phase {
    /** v2 takes over. */
    ROLLOUT,
    /** Nothing is changed. */
    HOLD,
    /** v1 takes over again. */
    ROLLBACK,
    /** Between two passes. */
    RESET,
    /** After the last change. */
    COOL_DOWN
  }

  public Happening {
    at = atPhase == null ? at : Check.orElse(at, Duration.ZERO);
    Check.that(
        at != null,
        "at",
        "is missing: say how long after the rollout starts, for example 20s, or with which phase"
            + " (atPhase)");
    Check.between("at", at, Duration.ZERO, LATEST);
    Check.present("kind", kind);
    Check.present("settings", settings);
  }
}
