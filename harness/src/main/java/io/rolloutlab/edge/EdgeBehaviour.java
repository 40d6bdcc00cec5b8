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
 */
public record EdgeBehaviour(
    int workers,
    Duration namesValid,
    Duration connectLimit,
    Duration answerLimit,
    Set<RetryOn> retried,
    int tries,
    int kept) {
  public EdgeBehaviour {
    retried = Set.copyOf(retried);
  }
}
