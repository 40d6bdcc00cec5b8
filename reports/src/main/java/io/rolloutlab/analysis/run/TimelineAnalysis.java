package io.rolloutlab.analysis.run;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a run on the time axis. Works for every history, however little is in it. */
public final class TimelineAnalysis {
  private TimelineAnalysis() {}

  public static RunTimeline of(History history) {
    List<Event.PhaseStarted> starts = history.events(Event.PhaseStarted.class).toList();
    long zero =
        firstOf(PhaseKind.ROLLOUT, starts)
            .or(() -> firstOf(PhaseKind.HOLD, starts))
            .or(() -> history.requests().stream().map(Request::actualAtMillis).min(Long::compare))
            .orElse(history.manifest().startedAtMillis());
    Span load = load(history.requests(), zero);
    long last = load.endMillis();
    for (Event event : history.events()) {
      last = Math.max(last, event.atMillis() - zero);
    }
    List<RunTimeline.Phase> phases = phases(starts, zero, last);
    long end = history.requests().isEmpty() ? beforeTeardown(phases, last) : load.endMillis();
    return new RunTimeline(zero, phases, load, new Span(0, Math.max(0, end)));
  }

  private static Optional<Long> firstOf(PhaseKind kind, List<Event.PhaseStarted> starts) {
    return starts.stream()
        .filter(start -> start.phase() == kind)
        .map(Event.PhaseStarted::atMillis)
        .findFirst();
  }

  private static Span load(List<Request> requests, long zero) {
    if (requests.isEmpty()) {
      return new Span(0, 0);
    }
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Request request : requests) {
      first = Math.min(first, request.actualAtMillis());
      last = Math.max(last, request.actualAtMillis() + Math.max(0, request.latencyMillis()));
    }
    return new Span(first - zero, last - zero);
  }

  private static List<RunTimeline.Phase> phases(
      List<Event.PhaseStarted> starts, long zero, long last) {
    List<RunTimeline.Phase> phases = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Event.PhaseStarted start = starts.get(i);
      long end = i + 1 < starts.size() ? starts.get(i + 1).atMillis() - zero : last;
      phases.add(
          new RunTimeline.Phase(i, start.phase(), start.label(), start.atMillis() - zero, end));
    }
    return phases;
  }

  private static long beforeTeardown(List<RunTimeline.Phase> phases, long last) {
    return phases.stream()
        .filter(phase -> phase.kind() == PhaseKind.TEARDOWN)
        .mapToLong(RunTimeline.Phase::startMillis)
        .findFirst()
        .orElse(last);
  }
}
