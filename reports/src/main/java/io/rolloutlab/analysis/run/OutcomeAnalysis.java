package io.rolloutlab.analysis.run;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Puts the outcomes of updates on the time axis: what the lab waited for, with Swarm's times. */
public final class OutcomeAnalysis {
  private static final Set<UpdateState> DECISIONS =
      EnumSet.complementOf(EnumSet.of(UpdateState.UPDATING));
  private static final Set<UpdateState> ENDS =
      EnumSet.complementOf(EnumSet.of(UpdateState.UPDATING, UpdateState.ROLLBACK_STARTED));

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
    Set<UpdateState> decisions = ended.rollback() ? ENDS : DECISIONS;
    OptionalLong decided =
        its.stream()
            .filter(change -> isOneOf(decisions, change))
            .mapToLong(change -> change.atMillis() - zero)
            .findFirst();
    boolean over = ended.end() != UpdateEnd.NEVER_ENDED;
    OptionalLong end =
        its.stream()
            .filter(change -> over && isOneOf(ENDS, change))
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

  private static boolean isOneOf(Set<UpdateState> states, Event.UpdateChange change) {
    return UpdateState.of(change.state()).filter(states::contains).isPresent();
  }
}
