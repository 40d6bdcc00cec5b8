package io.rolloutlab.analysis.run;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import java.util.stream.Stream;

/** Puts what was done on the time axis. */
public final class JournalAnalysis {
  private JournalAnalysis() {}

  public static Journal of(History history, long zero) {
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
        history.events().stream().flatMap(event -> fault(event, zero)).toList());
  }

  private static Stream<Journal.Fault> fault(Event event, long zero) {
    if (event instanceof Event.Fault fault) {
      return Stream.of(new Journal.Fault(fault.atMillis() - zero, fault.what(), fault.detail()));
    }
    if (event instanceof Event.Happened happened) {
      return happened.goneNode().stream()
          .map(
              node ->
                  new Journal.Fault(
                      happened.atMillis() - zero, "node lost", node + ", as the scenario asks"));
    }
    return Stream.empty();
  }
}
