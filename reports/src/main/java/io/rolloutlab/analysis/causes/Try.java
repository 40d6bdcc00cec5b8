package io.rolloutlab.analysis.causes;

import io.rolloutlab.analysis.run.Span;
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
    int last = Hit.parts(hit.upstream()).size() - 1;
    int timedOut = Hit.parts(hit.upstreamStatus()).indexOf(TIMED_OUT);
    int which = timedOut >= 0 && unanswered.contains(TIMED_OUT) ? timedOut : last;
    long until = hit.atMillis() - zero;
    long took = Math.min(lastMillis(hit, last + 1), hit.latencyMillis());
    long began = which == last ? until - took : until;
    Try late = of(hit, which, new Span(began, until), unanswered);
    return which == 0 || late.tookTooLong()
        ? new Try(late.address, late.end, until - hit.latencyMillis(), until)
        : late;
  }

  /** How long the last of so many tries took; 0 where the log does not say it of each. */
  private static int lastMillis(Hit hit, int tries) {
    List<String> lengths = Hit.parts(hit.upstreamMillis());
    return lengths.size() == tries ? Hit.millis(lengths.get(tries - 1)) : 0;
  }

  /**
   * One of the tries of a request.
   *
   * @param which it is, from 0
   * @param its when it was made
   * @param unanswered statuses that say that nobody answered
   */
  static Try of(Hit hit, int which, Span its, Set<String> unanswered) {
    List<String> connects = Hit.parts(hit.connectMillis());
    boolean connected = which < connects.size() && !connects.get(which).equals(NOT_SAID);
    return new Try(
        Hit.withoutPort(Hit.parts(hit.upstream()).get(which)),
        end(status(hit, which), connected, unanswered),
        its.startMillis(),
        its.endMillis());
  }

  /** The status of one of the tries; a dash where the log does not say it. */
  static String status(Hit hit, int which) {
    List<String> statuses = Hit.parts(hit.upstreamStatus());
    return which < statuses.size() ? statuses.get(which) : NOT_SAID;
  }

  /** Whether it ended since somebody would wait no longer. */
  boolean tookTooLong() {
    return end == End.UNCONNECTED || end == End.UNANSWERED;
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
