package io.rolloutlab.analysis.causes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts requests by their cause and by the setting that decides it, and keeps the first of each.
 *
 * @param <R> what is known of a request
 */
public final class CauseTally<R extends Explained> {
  /** Most frequent first, and of two alike the earlier one; what is unknown last. */
  private static final Comparator<Causes.ByCause> ORDER =
      Comparator.comparing((Causes.ByCause one) -> one.cause().isUnknown())
          .thenComparing(Comparator.comparingInt(Causes.ByCause::requests).reversed())
          .thenComparing(Causes.ByCause::firstMillis)
          .thenComparing(one -> one.cause().ordinal())
          .thenComparing(Causes.ByCause::setting);

  private final int most;
  private final Map<String, Group<R>> groups = new LinkedHashMap<>();
  private final List<R> kept = new ArrayList<>();
  private int size;
  private int unknown;

  /**
   * @param most how many requests of a cause and a setting are kept, at least 1; all are counted
   */
  public CauseTally(int most) {
    this.most = most;
  }

  /** Those of one cause and one setting. */
  private static final class Group<R extends Explained> {
    private R first;
    private long lastMillis;
    private int requests;

    Group(R first) {
      this.first = first;
      lastMillis = first.atMillis();
    }

    void add(R one) {
      requests++;
      first = one.atMillis() < first.atMillis() ? one : first;
      lastMillis = Math.max(lastMillis, one.atMillis());
    }

    Causes.ByCause row() {
      return new Causes.ByCause(
          first.cause(), first.setting(), requests, first.atMillis(), lastMillis, first.story());
    }
  }

  /** One more request. */
  public void add(R one) {
    Group<R> group =
        groups.computeIfAbsent(one.cause() + " " + one.setting(), key -> new Group<>(one));
    group.add(one);
    if (group.requests <= most) {
      kept.add(one);
    }
    size++;
    unknown += one.cause().isUnknown() ? 1 : 0;
  }

  /** How many requests were counted. */
  public int size() {
    return size;
  }

  /** How many of them have a cause that is not known. */
  public int unknown() {
    return unknown;
  }

  /** Each cause and setting, the most frequent first; unknown last. */
  public List<Causes.ByCause> byCause() {
    return groups.values().stream().map(Group::row).sorted(ORDER).toList();
  }

  /** The first requests of each cause and setting, in the order in which they came. */
  public List<R> kept() {
    return kept;
  }
}
