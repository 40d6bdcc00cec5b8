package io.rolloutlab.analysis.run;

import io.rolloutlab.history.History;
import io.rolloutlab.history.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found out about one run, before anybody judges it: each part by its type.
 *
 * @param manifest the conditions, passed through
 * @param damage what of the history could not be read; empty when whole
 * @param timeline phases and the time axis
 * @param journal what was done
 * @param parts in the order of their analyses
 */
public record Evidence(
    Manifest manifest,
    List<String> damage,
    RunTimeline timeline,
    Journal journal,
    List<Found> parts) {
  public Evidence {
    damage = List.copyOf(damage);
    parts = List.copyOf(parts);
  }

  /**
   * One part.
   *
   * @param key its name in {@code results.json}
   * @param words how sentences call it
   * @param type its class, or that of its elements
   */
  public record Found(String key, String words, Class<?> type, Part<?> part) {}

  /** Whether nothing was rolled out: the others are read against it. */
  public boolean isBaseline() {
    return manifest.scenario().isBaseline();
  }

  /** Analyses a history; groundwork is left out. */
  public static Evidence of(History history, List<HistoryAnalysis<?>> analyses) {
    Inquiry inquiry = new Inquiry(history, analyses);
    List<Found> parts = new ArrayList<>();
    for (HistoryAnalysis<?> one : analyses) {
      if (!one.key().isEmpty()) {
        parts.add(new Found(one.key(), one.words(), one.type(), inquiry.of(one.type())));
      }
    }
    return new Evidence(
        history.manifest(), history.damage(), inquiry.timeline(), inquiry.journal(), parts);
  }

  /**
   * The part of a type, for example {@code part(Latency.class)}; unknown, with its cause, where it
   * could not be found out or nothing looks for it.
   */
  public <T> Part<T> part(Class<T> type) {
    return find(type).map(type::cast);
  }

  /** The part that is a list, for example {@code list(Transition.class)}. */
  @SuppressWarnings("unchecked")
  public <E> Part<List<E>> list(Class<E> of) {
    return find(of).map(part -> (List<E>) part);
  }

  private Part<?> find(Class<?> type) {
    return parts.stream()
        .filter(found -> found.type() == type)
        .<Part<?>>map(Found::part)
        .findFirst()
        .orElseGet(() -> Part.unknown("no analysis makes " + type.getSimpleName()));
  }

  /** The same with another part under a key. */
  public Evidence with(String key, Part<?> part) {
    return new Evidence(
        manifest,
        damage,
        timeline,
        journal,
        parts.stream()
            .map(f -> f.key().equals(key) ? new Found(key, f.words(), f.type(), part) : f)
            .toList());
  }
}
