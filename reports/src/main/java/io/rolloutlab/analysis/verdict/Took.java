package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.alarm.Alarmed;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.verdict.Expecting.Finding;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.scenario.Scenario;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges how long the ways of a kind took until all were served.
 *
 * @param most how long that may be
 * @param turned whether the rollout was turned round on its way
 */
record Took(Transition.Kind kind, Duration most, Scenario scenario, Turned turned) {
  /**
   * Whether a rollout was turned round on its way.
   *
   * @param atMillis after x = 0; empty where it was not
   * @param how for people, the beginning of a clause
   */
  record Turned(OptionalLong atMillis, String how) {
    static Turned in(Evidence run) {
      OptionalLong called =
          run.list(Alarmed.class).known().stream()
              .flatMap(List::stream)
              .flatMapToLong(alarmed -> alarmed.orderAtMillis().stream())
              .findFirst();
      return TurnedRound.givenUp(run)
          .map(given -> new Turned(OptionalLong.of(given.atMillis()), "it was given up"))
          .orElseGet(() -> new Turned(called, "the alarm called it back"));
    }
  }

  Finding judge(List<Transition> all) {
    List<Transition> found = all.stream().filter(t -> t.kind() == kind).toList();
    if (found.isEmpty()) {
      return Finding.unknown("there was none");
    }
    Optional<Transition> ended = found.stream().filter(this::wasTurnedRound).findFirst();
    if (ended.isPresent()) {
      return Finding.of(
          false,
          "\"%s\": %s after %s, and %s"
              .formatted(
                  ended.get().label(),
                  turned.how(),
                  Numbers.seconds(turned.atMillis().orElseThrow() - ended.get().commandAtMillis()),
                  ended.get().notServed()));
    }
    OptionalLong longest = found.stream().flatMapToLong(t -> t.servedAfterMillis().stream()).max();
    if (longest.isPresent() && longest.getAsLong() > most.toMillis()) {
      return Finding.of(false, Numbers.seconds(longest.getAsLong()));
    }
    // A second pass of a canary is meant to be broken off; a way back never is.
    boolean mayBreakOff = longest.isPresent() && kind == Transition.Kind.ROLLOUT;
    Optional<Transition> unfinished =
        found.stream()
            .filter(t -> !mayBreakOff && t.servedAfterMillis().isEmpty())
            .max(Comparator.comparingLong(this::unservedMillis));
    return unfinished
        .map(this::unfinished)
        .orElseGet(() -> Finding.of(true, Numbers.seconds(longest.orElseThrow())));
  }

  /** Whether a way forward was ended before all were served: it never got there. */
  private boolean wasTurnedRound(Transition way) {
    OptionalLong at = turned.atMillis();
    return way.kind() == Transition.Kind.ROLLOUT
        && way.servedAfterMillis().isEmpty()
        && at.isPresent()
        && way.commandAtMillis() <= at.getAsLong()
        && at.getAsLong() <= way.watchedUntilMillis();
  }

  /** It is longer than is proven: that can break a limit, and never keep one. */
  private Finding unfinished(Transition way) {
    long proven = unservedMillis(way);
    String measured =
        "%s\"%s\": %s"
            .formatted(
                proven < 0 ? "" : "> %s in ".formatted(Numbers.seconds(proven)),
                way.label(),
                way.notServed());
    return proven >= most.toMillis() ? Finding.of(false, measured) : Finding.unknown(measured);
  }

  /**
   * How long not all were served, as far as a request proves it; negative where none does. Where v2
   * was for listed users only, the others were not to get it.
   */
  private long unservedMillis(Transition way) {
    boolean forAll = way.kind() != Transition.Kind.ROLLOUT || scenario.settings().forEverybody();
    return forAll ? way.lastUnservedAfterMillis().orElse(-1) : -1;
  }
}
