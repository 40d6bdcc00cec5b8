package io.rolloutlab.analysis.run;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.scenario.UpdateEnd;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Puts the outcomes of updates on the time axis: what the lab waited for, with Swarm's times. */
public final class OutcomeAnalysis {
  private static final Set<String> DECISIONS =
      Set.of("completed", "paused", "rollback_started", "rollback_completed", "rollback_paused");
  private static final Set<String> ENDS =
      Set.of("completed", "paused", "rollback_completed", "rollback_paused");

  private OutcomeAnalysis() {}

  /** In the order in which they were waited for; empty for histories that record none. */
  public static List<UpdateOutcome> of(History history, long zero) {
    List<Event.UpdateChange> changes = history.events(Event.UpdateChange.class).toList();
    return history
        .events(Event.UpdateEnded.class)
        .map(ended -> outcome(ended, changes, zero))
        .toList();
  }

  private static UpdateOutcome outcome(
      Event.UpdateEnded ended, List<Event.UpdateChange> changes, long zero) {
    List<Event.UpdateChange> its =
        changes.stream()
            .filter(change -> change.service().equals(ended.service()))
            .filter(change -> change.atMillis() >= ended.orderedAtMillis())
            .filter(change -> change.atMillis() <= ended.atMillis())
            .toList();
    Set<String> decisions = ended.rollback() ? ENDS : DECISIONS;
    OptionalLong decided =
        its.stream()
            .filter(change -> decisions.contains(change.state()))
            .mapToLong(change -> change.atMillis() - zero)
            .findFirst();
    boolean over = ended.end() != UpdateEnd.NEVER_ENDED;
    OptionalLong end =
        its.stream()
            .filter(change -> over && ENDS.contains(change.state()))
            .mapToLong(change -> change.atMillis() - zero)
            .findFirst();
    return new UpdateOutcome(
        ended.service(),
        ended.rollback(),
        ended.orderedAtMillis() - zero,
        ended.end(),
        decided,
        end,
        ended.message());
  }
}
