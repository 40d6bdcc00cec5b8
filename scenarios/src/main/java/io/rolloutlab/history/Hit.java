package io.rolloutlab.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the edge logged of one request: the second witness. A request that the load process resent
 * silently has two hits with one id.
 *
 * @param atMillis when the edge logged it, at the end of the request
 * @param id the request's, as its header said; 0 when there was none
 * @param client address after the real-ip rule
 * @param status the edge answered with; 499 when the client went away
 * @param latencyMillis in the edge
 * @param upstream addresses tried, {@code ", "} between them ({@code 10.0.1.5:5000,
 *     10.0.1.6:5000}), or {@code " : "} where the request was sent elsewhere; empty when none
 * @param upstreamStatus statuses of the tries, same notation; which of them say that nobody
 *     answered, the kind of the edge says
 * @param version in the answer of the app, empty when none
 * @param replica in the answer of the app, empty when none
 * @param edge the container of the edge, its short id
 * @param connection serial number within one container of the edge
 * @param connectionRequest 1 for the first request of its connection
 * @param worker process id of the edge's worker: another one serves after a reload
 * @param connectMillis how long each try took to connect, in the notation of upstream ({@code -,
 *     0}: the first one did not); empty when none did, or when the log does not say it
 * @param bytes sent to the user, with the header; 0 when none, or when the log does not say it
 * @param upstreamMillis how long each try took, from its begin to its end, in the notation of
 *     upstream; empty when none was made, or when the log does not say it
 */
@JsonPropertyOrder({
  "atMillis",
  "id",
  "client",
  "status",
  "latencyMillis",
  "upstream",
  "upstreamStatus",
  "version",
  "replica",
  "edge",
  "connection",
  "connectionRequest",
  "worker",
  "connectMillis",
  "bytes",
  "upstreamMillis"
})
public record Hit(
    long atMillis,
    long id,
    String client,
    int status,
    int latencyMillis,
    String upstream,
    String upstreamStatus,
    String version,
    String replica,
    String edge,
    long connection,
    long connectionRequest,
    int worker,
    String connectMillis,
    long bytes,
    String upstreamMillis) {
  /** The status that the edge logs where the client went away before there was an answer. */
  public static final int CLIENT_GONE = 499;

  private static final int SERVER_ERROR = 500;

  /** Of a try that came to no status. */
  private static final String NO_STATUS = "-";

  public Hit {
    connectMillis = connectMillis == null ? "" : connectMillis;
    upstreamMillis = upstreamMillis == null ? "" : upstreamMillis;
  }

  /** In parts, by which nothing can be taken for something else; the file has them in one row. */
  public Hit(
      long atMillis,
      long id,
      String client,
      Answer answer,
      Tries tries,
      AppHeaders headers,
      Connection connection) {
    this(
        atMillis,
        id,
        client,
        answer.status(),
        answer.latencyMillis(),
        tries.upstream(),
        tries.upstreamStatus(),
        headers.version(),
        headers.replica(),
        connection.edge(),
        connection.number(),
        connection.request(),
        connection.worker(),
        tries.connectMillis(),
        answer.bytes(),
        tries.upstreamMillis());
  }

  /**
   * What the edge answered.
   *
   * @param status of the answer; 499 when the client went away
   * @param latencyMillis how long the request was in the edge
   * @param bytes sent to the user, with the header; 0 when none, or when the log does not say it
   */
  public record Answer(int status, int latencyMillis, long bytes) {
    /** Of a log that does not say how many bytes were sent. */
    public Answer(int status, int latencyMillis) {
      this(status, latencyMillis, 0);
    }
  }

  /**
   * Whom the edge asked, in the notation of {@link Hit}.
   *
   * @param upstream addresses that were tried; empty when none
   * @param upstreamStatus statuses of the tries
   * @param connectMillis how long each try took to connect; empty when none did, or when the log
   *     does not say it
   * @param upstreamMillis how long each try took; empty when none was made, or when the log does
   *     not say it
   */
  public record Tries(
      String upstream, String upstreamStatus, String connectMillis, String upstreamMillis) {
    /** Nobody. */
    public static final Tries NONE = new Tries("", "");

    /** Of a log that does not say how long each try took. */
    public Tries(String upstream, String upstreamStatus, String connectMillis) {
      this(upstream, upstreamStatus, connectMillis, "");
    }

    /** Of a log that does not say how long connecting took either. */
    public Tries(String upstream, String upstreamStatus) {
      this(upstream, upstreamStatus, "");
    }
  }

  /**
   * What a request came over.
   *
   * @param edge the container of the edge, its short id
   * @param worker process id of the edge's worker: another one serves after a reload
   * @param number serial number within one container of the edge
   * @param request 1 for the first one of its connection
   */
  public record Connection(String edge, int worker, long number, long request) {}

  /** Whether the edge had no good answer for its user, or no user any more. */
  public boolean hasFailed() {
    return status >= SERVER_ERROR || status == CLIENT_GONE;
  }

  /** The address that was asked last, without its port; empty where nobody was asked. */
  public String lastAddress() {
    return withoutPort(last(upstream));
  }

  /** An address as it stands among the tries, without its port. */
  public static String withoutPort(String address) {
    int port = address.lastIndexOf(':');
    return port < 0 ? address : address.substring(0, port);
  }

  /**
   * Whether an app answered: nobody did where the last try was in vain, and the edge says so
   * itself.
   *
   * @param unanswered statuses of tries that say that nobody answered
   */
  public boolean isOfAnApp(Set<String> unanswered) {
    String lastStatus = last(upstreamStatus);
    return !lastStatus.isEmpty()
        && !lastStatus.equals(NO_STATUS)
        && !unanswered.contains(lastStatus);
  }

  private static String last(String tries) {
    return tries.substring(tries.lastIndexOf(' ') + 1);
  }

  /**
   * A time of one of the {@link #parts}, in milliseconds; 0 for a dash, which stands where a try
   * came to nothing.
   */
  public static int millis(String part) {
    return part.chars().allMatch(Character::isDigit) && !part.isEmpty()
        ? Integer.parseInt(part)
        : 0;
  }

  /**
   * What stands in the notation of {@link Hit} for each try, in their order.
   *
   * @param tries addresses, statuses or times
   */
  public static List<String> parts(String tries) {
    List<String> parts = new ArrayList<>(1);
    int from = 0;
    while (from < tries.length()) {
      int to = tries.indexOf(' ', from);
      String part = tries.substring(from, to < 0 ? tries.length() : to);
      if (!part.equals(":")) {
        parts.add(part.endsWith(",") ? part.substring(0, part.length() - 1) : part);
      }
      from = to < 0 ? tries.length() : to + 1;
    }
    return parts;
  }

  /** How many addresses were tried. */
  public int tries() {
    return upstream.isEmpty() ? 0 : 1 + (int) upstream.chars().filter(c -> c == ',').count();
  }
}
