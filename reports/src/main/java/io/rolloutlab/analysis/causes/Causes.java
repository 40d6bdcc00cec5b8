package io.rolloutlab.analysis.causes;

import io.rolloutlab.analysis.requests.Errors;
import java.util.List;

/**
 * Why requests failed, in the whole run.
 *
 * @param failed requests, {@link Errors#DROPPED_RESENT} among them
 * @param unknown of them, whose cause the record does not tell
 * @param byCause the most frequent first; unknown last
 * @param requests every failed one, by id
 */
public record Causes(int failed, int unknown, List<ByCause> byCause, List<Caused> requests) {
  public Causes {
    byCause = List.copyOf(byCause);
    requests = List.copyOf(requests);
  }

  /**
   * The requests with one cause that the same setting decides.
   *
   * @param cause of all of them
   * @param setting of the scenario that decides it, with its value; empty where none does
   * @param requests how many
   * @param firstMillis when the first of them was sent, after x = 0
   * @param lastMillis when the last one was
   * @param example the story of the first one
   */
  public record ByCause(
      Why cause, String setting, int requests, long firstMillis, long lastMillis, String example) {
    /** Whether a request is one of these. */
    public boolean has(Explained one) {
      return one.cause() == cause && one.setting().equals(setting);
    }
  }
}
