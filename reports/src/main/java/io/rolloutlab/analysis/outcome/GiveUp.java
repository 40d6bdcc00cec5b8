package io.rolloutlab.analysis.outcome;

import io.rolloutlab.analysis.run.Numbers;

/**
 * A rollout that was given up, since a step of the way forward waited in vain.
 *
 * @param atMillis after x = 0
 * @param waitedMillis how long the step had waited then
 * @param what it had waited for, for people; not escaped
 * @param missing what was missing last, and what the tasks said of their trouble; not escaped
 * @param v2Answers answers of v2 since x = 0, good or bad
 * @param failed requests since x = 0 that failed
 */
public record GiveUp(
    long atMillis, long waitedMillis, String what, String missing, int v2Answers, int failed) {
  /**
   * In a few words, for example {@code given up at 31.05 s, after 30.05 s: 3 of green-pyapp's tasks
   * run v2 (0 run); v1 served all the time}.
   */
  public String inWords() {
    return "given up at %s, after %s: %s (%s); %s"
        .formatted(
            Numbers.seconds(atMillis),
            Numbers.seconds(waitedMillis),
            what,
            missing.lines().findFirst().orElse("nothing is known"),
            whoServed());
  }

  private String whoServed() {
    if (v2Answers == 0) {
      return failed == 0
          ? "v1 served all the time"
          : "v2 never answered, and %s failed".formatted(requests(failed));
    }
    return "v2 answered %s, and %s failed"
        .formatted(requests(v2Answers), failed == 0 ? "none" : requests(failed));
  }

  private static String requests(int count) {
    return count == 1 ? "1 request" : count + " requests";
  }
}
