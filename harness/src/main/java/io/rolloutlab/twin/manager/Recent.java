package io.rolloutlab.twin.manager;

import java.util.HashMap;
import java.util.Map;

/** Answers by version in the present second and the one before. */
public final class Recent {
  private final Map<String, Long> now = new HashMap<>();
  private final Map<String, Long> before = new HashMap<>();
  private long second;

  public void add(String version, long at) {
    turn(at);
    now.merge(version, 1L, Long::sum);
  }

  /** How many there were in the second before this one. */
  public long of(String version, long at) {
    turn(at);
    return before.getOrDefault(version, 0L);
  }

  private void turn(long at) {
    if (at > second) {
      before.clear();
      if (at == second + 1) {
        before.putAll(now);
      }
      now.clear();
      second = at;
    }
  }
}
