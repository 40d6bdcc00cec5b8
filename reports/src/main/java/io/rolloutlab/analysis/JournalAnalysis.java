package io.rolloutlab.analysis;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;

/** Puts what was done on the time axis. */
final class JournalAnalysis {
  private JournalAnalysis() {}

  static Journal of(History history, long zero) {
    return new Journal(
        history
            .events(Event.Step.class)
            .map(
                s -> new Journal.Step(s.atMillis() - zero, s.label(), s.commands(), s.edgeConfig()))
            .toList(),
        history
            .events(Event.EdgeChange.class)
            .map(
                e ->
                    new Journal.EdgeChange(
                        e.atMillis() - zero,
                        e.doneAtMillis() - zero,
                        e.doneAtMillis() - e.atMillis(),
                        e.routes(),
                        e.mirror()))
            .toList(),
        history
            .events(Event.UpdateChange.class)
            .map(
                u ->
                    new Journal.UpdateState(
                        u.atMillis() - zero, u.service(), u.state(), u.message()))
            .toList(),
        history
            .events(Event.Fault.class)
            .map(f -> new Journal.Fault(f.atMillis() - zero, f.what(), f.detail()))
            .toList());
  }
}
