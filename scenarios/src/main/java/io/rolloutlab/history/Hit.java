package io.rolloutlab.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What nginx logged of one request: the second witness. A request that the load process resent
 * silently has two hits with one id.
 *
 * @param atMillis when nginx logged it, at the end of the request
 * @param id the request's, as its header said; 0 when there was none
 * @param client address after the real-ip rule
 * @param status nginx answered with; 499 when the client went away
 * @param latencyMillis in nginx
 * @param upstream addresses tried, in nginx's notation ({@code 10.0.1.5:5000, 10.0.1.6:5000});
 *     empty when none
 * @param upstreamStatus statuses of the tries, same notation
 * @param version in the answer of the app, empty when none
 * @param replica in the answer of the app, empty when none
 * @param edge the nginx container, its short id
 * @param connection serial number within one nginx container
 * @param connectionRequest 1 for the first request of its connection
 * @param worker process id of the nginx worker: another one serves after a reload
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
  "worker"
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
    int worker) {}
