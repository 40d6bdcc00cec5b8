package io.rolloutlab.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What the load process saw of one request.
 *
 * @param id unique in the run, from 1; the same number stands in the edge's log
 * @param user 0-based identity; its client address is {@code LoadPlan.addressOf(user)}
 * @param population which kind of connection it went over
 * @param intendedAtMillis when the arrival rate wanted it sent
 * @param actualAtMillis when it was sent
 * @param latencyMillis from sent to the end of the answer or the error; −1 when unknown
 * @param outcome as the user saw it
 * @param error class of the failure, empty when OK: {@code http-502} and the like for a status,
 *     else {@code refused}, {@code timeout}, {@code closed} (reset, clean close and truncated
 *     answer cannot be told apart), {@link #NOT_GOOD}, {@code other}; older labs also called a good
 *     status without a version header {@code wrong-answer}
 * @param status of the answer; 0 without one
 * @param version that the answer's header named ({@code v1}, {@code v2}), empty without one: the
 *     address of the task that answered may still tell it ({@link Event.TaskAddress})
 * @param replica container that the answer's header named, empty without one
 * @param name which of the scenario's {@code load.requests} it was, or of which of them it is an
 *     asset; empty where none are listed, as in histories of older labs
 * @param wrong why an answer below 500 was not good, a clause such as {@code answered 404, and only
 *     200-299 is good}; empty for every other one
 * @param visit the id of the page that named it, where it is an asset that its user asked for after
 *     that page; 0 for every other one, and in histories of older labs
 */
@JsonPropertyOrder({
  "id",
  "user",
  "population",
  "intendedAtMillis",
  "actualAtMillis",
  "latencyMillis",
  "outcome",
  "error",
  "status",
  "version",
  "replica",
  "name",
  "wrong",
  "visit"
})
public record Request(
    long id,
    int user,
    Population population,
    long intendedAtMillis,
    long actualAtMillis,
    int latencyMillis,
    Outcome outcome,
    String error,
    int status,
    String version,
    String replica,
    String name,
    String wrong,
    long visit) {
  /** The class of an answer below 500 that is not good by what the scenario says of it. */
  public static final String NOT_GOOD = "not-good";

  private static final int NOT_FOUND = 404;

  public Request {
    name = name == null ? "" : name;
    wrong = wrong == null ? "" : wrong;
  }

  /** Of a scenario that lists no requests. */
  public Request(
      long id, int user, Population population, Times times, End end, AppHeaders headers) {
    this(id, user, population, times, end, headers, Listed.NONE);
  }

  /** In parts, by which nothing can be taken for something else; the file has them in one row. */
  public Request(
      long id,
      int user,
      Population population,
      Times times,
      End end,
      AppHeaders headers,
      Listed listed) {
    this(
        id,
        user,
        population,
        times.intendedAtMillis(),
        times.actualAtMillis(),
        end.latencyMillis(),
        end.outcome(),
        end.error(),
        end.status(),
        headers.version(),
        headers.replica(),
        listed.name(),
        listed.wrong(),
        listed.visit());
  }

  /**
   * Which of the scenario's requests it was.
   *
   * @param name its name, of an asset that of its page; empty where none are listed
   * @param wrong why its answer was not good, a clause; empty for every other one
   * @param visit the id of the page that named it; 0 where it is no asset
   */
  public record Listed(String name, String wrong, long visit) {
    /** Of a scenario that lists none. */
    public static final Listed NONE = new Listed("", "");

    /** One that arrived by itself, and is no asset of a page. */
    public Listed(String name, String wrong) {
      this(name, wrong, 0);
    }
  }

  /**
   * Whether it is an asset that was not found, since another version was asked for it than had
   * answered its page.
   *
   * @param page the version that answered that; empty where it is not known
   */
  public boolean missedVersion(String page) {
    return hasPage()
        && status == NOT_FOUND
        && !version.isEmpty()
        && !page.isEmpty()
        && !version.equals(page);
  }

  /** Whether it is an asset that a page named, and did not arrive by itself. */
  public boolean hasPage() {
    return visit != 0;
  }

  /**
   * When it was sent.
   *
   * @param intendedAtMillis when the arrival rate wanted it sent, milliseconds since 1970
   * @param actualAtMillis when it was sent, milliseconds since 1970
   */
  public record Times(long intendedAtMillis, long actualAtMillis) {}

  /**
   * What became of it.
   *
   * @param latencyMillis from sent to the end of the answer or the error; −1 when unknown
   * @param outcome as the user saw it
   * @param error class of the failure, one of those of {@link Request}; empty when it was answered
   *     well
   * @param status of the answer; 0 without one
   */
  public record End(int latencyMillis, Outcome outcome, String error, int status) {}
}
