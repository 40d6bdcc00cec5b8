package io.rolloutlab.edge;

import io.rolloutlab.scenario.edge.RetryOn;
import java.time.Duration;
import java.util.Set;

/**
 * What an edge does with a request, as far as users can tell.
 *
 * @param workers processes that serve, each with names, counts and connections of its own; at least
 *     1
 * @param namesValid how long the addresses behind a name are used before they are asked for again
 *     (dnsrr only), whole seconds
 * @param connectLimit how long it waits for a connection to a task
 * @param answerLimit how long it then waits for the answer
 * @param retried after what it tries another address; empty for nothing
 * @param tries how many addresses it tries at most; 0 for as many as there are
 * @param kept idle connections to tasks that a worker keeps (vip only); 0 for none
 * @param unanswered what it answers where no task did
 */
public record EdgeBehaviour(
    int workers,
    Duration namesValid,
    Duration connectLimit,
    Duration answerLimit,
    Set<RetryOn> retried,
    int tries,
    int kept,
    Unanswered unanswered) {
  /** From when a line is written to when the lab has it. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

  /**
   * The statuses that users get, and its log gives a try, where no task answered; each is among
   * {@link io.rolloutlab.scenario.edge.EdgeKind#unanswered}.
   *
   * @param nobody where there was no connection, or it broke before there was an answer
   * @param late where neither a connection nor an answer came in time
   */
  public record Unanswered(int nobody, int late) {
    /** Those that HTTP has for it: Bad Gateway and Gateway Timeout (RFC 9110, 15.6.3, 15.6.5). */
    public static final Unanswered OF_HTTP = new Unanswered(502, 504);
  }

  public EdgeBehaviour {
    retried = Set.copyOf(retried);
  }

  /**
   * How long after the last answer its log may be incomplete. A request of which there is a copy is
   * logged when both are over, and a copy to a task that is gone is over when the edge itself gives
   * up (ngx_http_request.c: ngx_http_finalize_connection).
   *
   * @param copies whether there are copies of requests
   */
  public Duration logLimit(boolean copies) {
    return copies ? SEEN_WITHIN.plus(connectLimit).plus(answerLimit) : SEEN_WITHIN;
  }
}
