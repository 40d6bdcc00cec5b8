package io.rolloutlab.analysis.causes;

import io.rolloutlab.analysis.requests.Errors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why requests failed, in the whole run.
 *
 * @param failed requests, {@link Errors#DROPPED_RESENT} among them
 * @param unknown of them, whose cause the record does not tell
 * @param byCause the most frequent first; unknown last
 * @param requests every failed one, by id
 */
public record Causes(int failed, int unknown, List<ByCause> byCause, List<Caused> requests) {
  /** Most frequent first, and of two alike the earlier one; what is unknown last. */
  private static final Comparator<ByCause> ORDER =
      Comparator.comparing((ByCause one) -> one.cause() == Cause.UNKNOWN)
          .thenComparing(Comparator.comparingInt(ByCause::requests).reversed())
          .thenComparing(ByCause::firstMillis)
          .thenComparing(ByCause::cause)
          .thenComparing(ByCause::setting);

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
      Cause cause,
      String setting,
      int requests,
      long firstMillis,
      long lastMillis,
      String example) {
    /** Whether a request is one of these. */
    public boolean has(Caused one) {
      return one.cause() == cause && one.setting().equals(setting);
    }
  }

  static Causes of(List<Caused> requests) {
    Map<String, List<Caused>> groups = new LinkedHashMap<>();
    for (Caused one : requests) {
      groups.computeIfAbsent(one.cause() + " " + one.setting(), key -> new ArrayList<>()).add(one);
    }
    List<ByCause> rows = groups.values().stream().map(Causes::row).sorted(ORDER).toList();
    int unknown = (int) requests.stream().filter(one -> one.cause() == Cause.UNKNOWN).count();
    return new Causes(requests.size(), unknown, rows, requests);
  }

  private static ByCause row(List<Caused> group) {
    Caused first = group.stream().min(Comparator.comparingLong(Caused::atMillis)).orElseThrow();
    return new ByCause(
        first.cause(),
        first.setting(),
        group.size(),
        first.atMillis(),
        group.stream().mapToLong(Caused::atMillis).max().orElseThrow(),
        first.story());
  }
}
