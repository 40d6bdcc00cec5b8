package io.rolloutlab.analysis;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
        history.events().stream()
            .filter(new FirstKill())
            .flatMap(event -> fault(event, zero))
            .toList());
  }

  private static Stream<Journal.Fault> fault(Event event, long zero) {
    if (event instanceof Event.Fault fault) {
      return Stream.of(new Journal.Fault(fault.atMillis() - zero, fault.what(), fault.detail()));
    }
    if (event instanceof Event.NodeLost lost) {
      return Stream.of(
          new Journal.Fault(
              lost.atMillis() - zero, "node lost", lost.node() + ", as the scenario asks"));
    }
    if (event instanceof Event.TaskChange end) {
      return Stream.of(
          new Journal.Fault(
              end.atMillis() - zero,
              "task killed",
              "%s.%s on %s (%s) had not ended when its stop grace was over"
                  .formatted(end.service(), end.slot(), end.node(), end.version())));
    }
    return Stream.empty();
  }

  /** Of what happened to tasks, their first end by a kill is left; all other events are. */
  private static final class FirstKill implements Predicate<Event> {
    private final Set<String> tasks = new HashSet<>();

    @Override
    public boolean test(Event event) {
      return !(event instanceof Event.TaskChange change)
          || TaskAnalysis.killedAfterGrace(change) && tasks.add(change.task());
    }
  }
}
