package io.rolloutlab.analysis;

import io.rolloutlab.history.PhaseKind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One way from a version to the other: a rollout (v1 → v2) or a rollback (v2 → v1). It is watched
 * from its command to the start of the next rollback, rollout or reset, or to the end of the load.
 * Rollout phases with only holds between them are one transition (the steps of a canary).
 *
 * @param kind ROLLOUT or ROLLBACK
 * @param label of its first phase; not escaped
 * @param commandAtMillis start of its first phase
 * @param watchedUntilMillis end of the time it is watched
 * @param firstNewMillis end of the first answer of the new version; empty without one
 * @param lastOldMillis end of the last answer of the old version; empty without one
 * @param completed whether the new version took over: the edge, if it was changed in this time,
 *     gives nothing to the old version at the end, and at least 20 answers came after the last old
 *     one, all of them new
 * @param durationMillis command → last old answer (0 when none came); empty unless completed
 * @param tasksReplacedMillis command → the first moment from which on only tasks of the new version
 *     ran, within the time it is watched; empty when the old ones ran on (as blue does)
 * @param mixedWindow from the first new to the last old answer; empty when no old one came after a
 *     new one
 * @param failed over the requests sent while it is watched whose end is known
 * @param longestOutage as in {@link Errors#longestOutage}, within the time it is watched
 */
public record Transition(
    PhaseKind kind,
    String label,
    long commandAtMillis,
    long watchedUntilMillis,
    OptionalLong firstNewMillis,
    OptionalLong lastOldMillis,
    boolean completed,
    OptionalLong durationMillis,
    OptionalLong tasksReplacedMillis,
    Optional<Span> mixedWindow,
    Share failed,
    Optional<Span> longestOutage) {}
