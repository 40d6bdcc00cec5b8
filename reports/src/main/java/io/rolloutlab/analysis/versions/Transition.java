package io.rolloutlab.analysis.versions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One way from a version to the other. It is watched from its command to the start of the next
 * rollback, rollout or reset, or to the end of the load. Rollout phases with only holds between
 * them are one transition (the steps of a canary). In {@code results.json} the numbers of its parts
 * stand side by side.
 *
 * @param kind which way, and from where
 * @param label of its first phase; not escaped
 * @param watched from when until when
 * @param answers the first and the last one that tell
 * @param tookOver whether the new version took over: the edge, if it was changed in this time,
 *     gives nothing to the old version at the end; where it was not, only tasks of the new version
 *     run at the end; and answers of the new version came after the last old one
 * @param over when it was over for users
 * @param tasksReplacedMillis command → the first moment from which on only tasks of the new version
 *     ran, within the time it is watched; empty when the old ones ran on (as blue does)
 * @param mixedWindow from the first new to the last old answer; empty when no old one came after a
 *     new one
 * @param failed over the requests sent while it is watched whose end is known
 * @param longestOutage as in {@link Errors#longestOutage}, within the time it is watched
 */
public record Transition(
    Kind kind,
    String label,
    @JsonUnwrapped Watched watched,
    @JsonUnwrapped Answers answers,
    boolean tookOver,
    @JsonUnwrapped Over over,
    OptionalLong tasksReplacedMillis,
    Optional<Span> mixedWindow,
    Share failed,
    Optional<Span> longestOutage) {
  /** Which way, and from where. */
  public enum Kind {
    /** v1 → v2. */
    ROLLOUT,
    /** Back to v1 before v2 had taken over. */
    ABORT,
    /** Back to v1 after v2 had taken over. */
    ROLLBACK
  }

  /**
   * The time in which it is watched.
   *
   * @param commandAtMillis start of its first phase
   * @param watchedUntilMillis end of the time it is watched
   */
  public record Watched(long commandAtMillis, long watchedUntilMillis) {}

  /**
   * Answers that tell how far it is.
   *
   * @param firstNewMillis end of the first answer of the new version; empty without one
   * @param lastOldMillis end of the last answer of the old version; empty without one
   */
  public record Answers(OptionalLong firstNewMillis, OptionalLong lastOldMillis) {}

  /**
   * When it was over.
   *
   * @param lastOldAfterMillis command → end of the last old answer (0 when none came any more);
   *     empty unless the new version took over, and where the old one had never answered. It says
   *     nothing about whether anybody was answered afterwards
   * @param servedAfterMillis command → the moment from which on, while it is watched, every request
   *     that was sent was answered well and by the new version; exact to the time between two
   *     requests; 0 when no other request was sent. Empty when there is no such moment, the old
   *     version had never answered, or fewer than {@value TransitionAnalysis#ANSWERS_TO_BE_SURE}
   *     requests were sent from it on
   * @param lastUnservedAfterMillis command → the sending of the last request, while it is watched,
   *     that is known not to have been answered well and by the new version: it proves that not
   *     everybody was served before. Empty when there was none, and where the old version had never
   *     answered; a request without a known end, or with an answer of an unknown version, proves
   *     nothing
   * @param notServed why there is no such moment, for people; empty when there is one
   */
  public record Over(
      OptionalLong lastOldAfterMillis,
      OptionalLong servedAfterMillis,
      OptionalLong lastUnservedAfterMillis,
      String notServed) {}

  /** {@link Watched#commandAtMillis}. */
  public long commandAtMillis() {
    return watched.commandAtMillis();
  }

  /** {@link Watched#watchedUntilMillis}. */
  public long watchedUntilMillis() {
    return watched.watchedUntilMillis();
  }

  /** {@link Answers#firstNewMillis}. */
  public OptionalLong firstNewMillis() {
    return answers.firstNewMillis();
  }

  /** {@link Answers#lastOldMillis}. */
  public OptionalLong lastOldMillis() {
    return answers.lastOldMillis();
  }

  /** {@link Over#lastOldAfterMillis}. */
  public OptionalLong lastOldAfterMillis() {
    return over.lastOldAfterMillis();
  }

  /** {@link Over#servedAfterMillis}. */
  public OptionalLong servedAfterMillis() {
    return over.servedAfterMillis();
  }

  /** {@link Over#lastUnservedAfterMillis}. */
  public OptionalLong lastUnservedAfterMillis() {
    return over.lastUnservedAfterMillis();
  }

  /** {@link Over#notServed}. */
  public String notServed() {
    return over.notServed();
  }
}
