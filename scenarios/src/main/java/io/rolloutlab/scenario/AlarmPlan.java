package io.rolloutlab.scenario;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Percent;
import java.time.Duration;

/**
 * An alarm, as an operator has one: it watches what the edge logs while v2 is brought to users, and
 * has the rollout called back.
 *
 * @param failedAbove the alarm rings when more of the requests failed: the edge answered with
 *     status 500 or more, or the client went away before it did (status 499); 0 % to 100 %, default
 *     5 %. More than 100 % never do
 * @param slowerThan from what time in the edge on an answer is slow; 1 ms to 1 h, default: none is
 *     (null)
 * @param slowAbove the alarm also rings when more of the requests were answered well and were slow;
 *     0 % to 100 %, default 50 %, only where slowerThan is given
 * @param of whose answers are counted: those of all, or of v2, which is known by the header
 *     X-App-Version, or, without it, by the address of the task (dnsrr); default all
 * @param within how far back requests are counted, by the time at which they ended; 1 s to 1 h,
 *     default 10 s
 * @param atLeast how many of them there must be for the alarm to ring; 1 to 1,000,000, default 20
 * @param reaction from the alarm to the order to go back, as a person takes it; 0 to 1 h, default 5
 *     s
 */
public record AlarmPlan(
    Percent failedAbove,
    @JsonInclude(JsonInclude.Include.NON_NULL) Duration slowerThan,
    @JsonInclude(JsonInclude.Include.NON_NULL) Percent slowAbove,
    Whose of,
    Duration within,
    Integer atLeast,
    Duration reaction) {
  /** What a file says instead of a block where nobody is to look. */
  public static final String NOBODY = "none";

  /** Nobody looks: it can never ring. */
  public static final AlarmPlan NONE =
      new AlarmPlan(new Percent(1), null, null, null, null, null, null);

  /** What an operator has who says nothing else. */
  public static final AlarmPlan DEFAULT = new AlarmPlan(null, null, null, null, null, null, null);

  private static final int MOST = 1_000_000;

  /** Whose answers are counted. */
  public enum Whose {
    /** Everybody's. */
    ALL,
    /** Those of v2 alone. */
    V2
  }

  public AlarmPlan {
    failedAbove = Check.orElse(failedAbove, new Percent(0.05));
    Check.that(
        slowAbove == null || slowerThan != null,
        "slowAbove",
        "says nothing without slowerThan, which says what is slow",
        "slowerThan");
    slowAbove = slowerThan == null ? null : Check.orElse(slowAbove, new Percent(0.5));
    of = Check.orElse(of, Whose.ALL);
    within = Check.orElse(within, Duration.ofSeconds(10));
    atLeast = Check.orElse(atLeast, 20);
    reaction = Check.orElse(reaction, Duration.ofSeconds(5));
    if (slowerThan != null) {
      Check.between("slowerThan", slowerThan, Duration.ofMillis(1), Duration.ofHours(1));
    }
    Check.between("within", within, Duration.ofSeconds(1), Duration.ofHours(1));
    Check.between("atLeast", atLeast, 1, MOST);
    Check.between("reaction", reaction, Duration.ZERO, Duration.ofHours(1));
  }

  /**
   * What holds where a scenario says nothing of an alarm: an operator looks where v2 has a fault by
   * name, and nobody does elsewhere.
   */
  static AlarmPlan unsaid(AppPlan app) {
    return app.v2().fault() == null ? NONE : DEFAULT;
  }

  /** Whether nobody looks, and nobody would if nothing were said. */
  public boolean goesWithoutSaying(AppPlan app) {
    return equals(NONE) && unsaid(app).equals(NONE);
  }

  /** Whether it can ring at all. */
  public boolean looks() {
    return failedAbove.share() < NONE.failedAbove().share() || slowerThan != null;
  }

  /**
   * The time that it adds to the longest run: the reaction, and a window of v1 after the way back.
   */
  public Duration longest() {
    return reaction.plus(within);
  }
}
