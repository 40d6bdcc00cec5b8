package io.rolloutlab.analysis.run;

import io.rolloutlab.history.History;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run while it is analysed: every part is found out when it is asked for first, and then kept.
 */
public final class Inquiry {
  private final History history;
  private final RunTimeline timeline;
  private final Journal journal;
  private final Map<Class<?>, HistoryAnalysis<?>> analyses = new HashMap<>();
  private final Map<Class<?>, Part<?>> found = new HashMap<>();
  private final Set<Class<?>> open = new HashSet<>();

  /**
   * Of one run.
   *
   * @throws IllegalStateException when two analyses make parts of one type, or have one key
   */
  public Inquiry(History history, List<HistoryAnalysis<?>> all) {
    this.history = history;
    timeline = TimelineAnalysis.of(history);
    journal = JournalAnalysis.of(history, timeline.zeroAtEpochMillis());
    Set<String> keys = new HashSet<>();
    for (HistoryAnalysis<?> one : all) {
      HistoryAnalysis<?> other = analyses.putIfAbsent(one.type(), one);
      if (other != null || !one.key().isEmpty() && !keys.add(one.key())) {
        throw new IllegalStateException(
            "there is more than one analysis that makes %s, or has the key \"%s\": remove one"
                .formatted(one.type().getName(), one.key()));
      }
    }
  }

  public History history() {
    return history;
  }

  public RunTimeline timeline() {
    return timeline;
  }

  public Journal journal() {
    return journal;
  }

  /** The part of a type; unknown, with its cause, where it could not be found out. */
  public <T> Part<T> part(Class<T> type) {
    return of(type).map(type::cast);
  }

  /** The part that is a list of elements of a type. */
  @SuppressWarnings("unchecked")
  public <E> Part<List<E>> list(Class<E> of) {
    return of(of).map(part -> (List<E>) part);
  }

  /** The part that an analysis makes. */
  Part<?> of(Class<?> type) {
    if (!found.containsKey(type)) {
      found.put(type, ask(type));
    }
    return found.get(type);
  }

  private Part<?> ask(Class<?> type) {
    HistoryAnalysis<?> analysis = analyses.get(type);
    if (analysis == null) {
      return Part.unknown("no analysis makes " + type.getSimpleName());
    }
    if (!open.add(type)) {
      return Part.unknown("%s needs itself to be found out".formatted(type.getSimpleName()));
    }
    return Part.of(() -> analysis.of(this));
  }
}
