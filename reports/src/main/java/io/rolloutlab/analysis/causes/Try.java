package io.rolloutlab.analysis.causes;

import io.rolloutlab.history.Hit;
import java.util.List;
import java.util.Set;

/**
 * A try of the edge to get an answer, and what came of it.
 *
 * @param address that was asked, without its port
 * @param end what came of it
 * @param fromMillis when it began, after x = 0
 * @param untilMillis when it was over
 */
record Try(String address, End end, long fromMillis, long untilMillis) {
  /** What comes of a try. */
  enum End {
    /** An app answered, whatever the status. */
    ANSWERED,
    /** No connection: it was refused, or the address cannot be reached. */
    REFUSED,
    /** No connection within the time that the edge or the user had. */
    UNCONNECTED,
    /** A connection that was closed before the answer. */
    RESET,
    /** A connection, and no answer within the time that the edge or the user had. */
    UNANSWERED
  }

  private static final String TIMED_OUT = "504";
  private static final String NOT_SAID = "-";

  /**
   * The try by which a request failed: the first one that took too long, else the last one.
   *
   * @param hit that has tries
   * @param zero milliseconds since 1970 of x = 0
   * @param unanswered statuses that say that nobody answered
   */
  static Try decisive(Hit hit, long zero, Set<String> unanswered) {
    List<String> addresses = Hit.parts(hit.upstream());
    List<String> statuses = Hit.parts(hit.upstreamStatus());
    List<String> connects = Hit.parts(hit.connectMillis());
    int timedOut = statuses.indexOf(TIMED_OUT);
    int which = timedOut >= 0 && unanswered.contains(TIMED_OUT) ? timedOut : addresses.size() - 1;
    String status = which < statuses.size() ? statuses.get(which) : NOT_SAID;
    boolean connected = which < connects.size() && !connects.get(which).equals(NOT_SAID);
    End end = end(status, connected, unanswered);
    long until = hit.atMillis() - zero;
    boolean first = which == 0 || end == End.UNCONNECTED || end == End.UNANSWERED;
    return new Try(
        Hit.withoutPort(addresses.get(which)),
        end,
        first ? until - hit.latencyMillis() : until,
        until);
  }

  private static boolean isSlow(String status) {
    return status.equals(NOT_SAID) || status.equals(TIMED_OUT);
  }

  private static End end(String status, boolean connected, Set<String> unanswered) {
    if (!isSlow(status)) {
      return !unanswered.contains(status) ? End.ANSWERED : connected ? End.RESET : End.REFUSED;
    }
    return connected ? End.UNANSWERED : End.UNCONNECTED;
  }
}
