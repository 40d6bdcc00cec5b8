package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.alarm.Alarmed;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The way back of a run whose v2 was bad: from the alarm's order, or from when Swarm began to roll
 * its update back by itself, where that came first.
 *
 * @param bySwarm whether Swarm came first
 * @param leastMillis until v1 served everybody again; where it never did, until the last request
 *     that proves it; 0 or more
 * @param served whether there was a moment from which on every request was answered well and by v1
 * @param failed requests that failed, of those sent on the way back and in the time it is watched
 */
record ClaimWayBack(boolean bySwarm, long leastMillis, boolean served, int failed) {
  /** What comes of an update that Swarm has begun to roll back. */
  private static final Set<UpdateEnd> BACK =
      EnumSet.of(UpdateEnd.ROLLED_BACK, UpdateEnd.ROLLBACK_PAUSED, UpdateEnd.NEVER_ENDED);

  /**
   * Of one run.
   *
   * @throws IllegalStateException when nobody ordered it and Swarm did not begin one, or something
   *     of it could not be found out, with a clause that says so
   */
  static ClaimWayBack of(Findings run) {
    Alarmed alarmed =
        run.list(Alarmed.class).orThrow().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nobody watched who could call it back"));
    OptionalLong bySwarm = bySwarm(run);
    long from =
        LongStream.concat(alarmed.orderAtMillis().stream(), bySwarm.stream())
            .min()
            .orElseThrow(() -> new IllegalStateException(whyNobody(alarmed)));
    List<Transition> ways =
        run.transitions().orThrow().stream()
            .filter(way -> way.kind() != Transition.Kind.ROLLOUT)
            .filter(way -> way.watchedUntilMillis() > from)
            .toList();
    if (ways.isEmpty()) {
      throw new IllegalStateException("no way back is on record after the order");
    }
    OptionalLong served = alarmed.servedAgainAtMillis();
    return new ClaimWayBack(
        bySwarm.isPresent() && bySwarm.getAsLong() == from,
        Math.max(0, served.orElse(lastUnserved(ways, from)) - from),
        served.isPresent(),
        ways.stream().mapToInt(way -> way.failed().count()).sum());
  }

  private static OptionalLong bySwarm(Findings run) {
    return UpdateOutcome.ofUpdate(run.outcomes().orThrow())
        .filter(update -> BACK.contains(update.end()))
        .map(UpdateOutcome::decidedAtMillis)
        .orElse(OptionalLong.empty());
  }

  private static long lastUnserved(List<Transition> ways, long from) {
    return ways.stream()
        .filter(way -> way.lastUnservedAfterMillis().isPresent())
        .mapToLong(way -> way.commandAtMillis() + way.lastUnservedAfterMillis().orElseThrow())
        .max()
        .orElse(from);
  }

  private static String whyNobody(Alarmed alarmed) {
    return switch (alarmed.first()) {
      case SWARM_PAUSED -> "Swarm paused the update by itself, and nobody ordered the way back";
      case SWARM_ROLLED_BACK -> "Swarm rolled back by itself, and nobody ordered the way back";
      case GIVEN_UP -> "the rollout was given up, and nobody ordered the way back";
      case ALARM, NOBODY ->
          alarmed.harmAtMillis().isEmpty()
              ? "no harm was seen, so nobody ordered the way back"
              : alarmed.alarmAtMillis().isEmpty()
                  ? "the alarm did not ring, so nobody ordered the way back"
                  : "the alarm rang, but nobody ordered the way back";
    };
  }

  /** Until v1 served everybody again, at most; without a bound where it never did. */
  long mostMillis() {
    return served ? leastMillis : Long.MAX_VALUE;
  }

  /** A clause. */
  String inWords() {
    String after = bySwarm ? "after Swarm had begun to roll back by itself" : "after the order";
    String when =
        served
            ? "v1 served everybody again %s %s".formatted(Numbers.seconds(leastMillis), after)
            : "%s %s v1 did not serve everybody yet, and it is not known when it did"
                .formatted(Numbers.seconds(leastMillis), after);
    return "%s, and %s on the way back".formatted(when, failures());
  }

  private String failures() {
    return switch (failed) {
      case 0 -> "no request failed";
      case 1 -> "1 request failed";
      default -> failed + " requests failed";
    };
  }
}
