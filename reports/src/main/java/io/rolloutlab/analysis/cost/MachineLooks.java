package io.rolloutlab.analysis.cost;

import io.rolloutlab.history.History;
import io.rolloutlab.history.ResourceSample;

/**
 * Looks at all processors of the machine, one a second: what was in use, and whether any was idle.
 * Times are after x = 0. A look reaches from the one before it, so that the first one has no
 * length.
 */
public final class MachineLooks {
  /** Less idle time than this share of a look is none: the counters go in steps of 10 ms. */
  static final int IDLE_PERCENT = 2;

  final CpuCounter busy;
  final CpuCounter idle;

  /**
   * @param zero x = 0 in milliseconds since 1970
   */
  public MachineLooks(History history, long zero) {
    busy = new CpuCounter(history, ResourceSample.Kind.MACHINE, "busy", zero);
    idle = new CpuCounter(history, ResourceSample.Kind.MACHINE, "idle", zero);
  }

  /** Whether the machine was looked at for some time; a simulated one never is. */
  public boolean areRecorded() {
    return busy.size() >= 2;
  }

  /** How many there were. */
  int size() {
    return busy.size();
  }

  long from(int look) {
    return busy.time(look - 1);
  }

  long until(int look) {
    return busy.time(look);
  }

  private double used(int look) {
    return busy.between(from(look), until(look));
  }

  /** Seconds of all processors together. */
  private double rest(int look) {
    return idle.between(from(look), until(look));
  }

  /** Whether the counters moved in a look. */
  boolean isWatched(int look) {
    return rest(look) + used(look) > 0;
  }

  /** Whether nothing was idle in a look. */
  boolean isFull(int look) {
    return isWatched(look) && rest(look) * 100 < IDLE_PERCENT * (rest(look) + used(look));
  }

  /**
   * For how long of a span no processor was idle, at least: whenever the idle time of a look was,
   * it was not more than that.
   */
  public long withoutIdleMillis(long from, long until) {
    long sum = 0;
    for (int look = firstAfter(from); look < size() && from(look) < until; look++) {
      long inside = Math.min(until, until(look)) - Math.max(from, from(look));
      sum += isWatched(look) ? Math.max(0, inside - Math.round(1000 * rest(look))) : 0;
    }
    return sum;
  }

  /** The first look, from 1, that ends after a moment. */
  private int firstAfter(long moment) {
    int low = 1;
    int high = Math.max(1, size());
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (until(middle) <= moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
