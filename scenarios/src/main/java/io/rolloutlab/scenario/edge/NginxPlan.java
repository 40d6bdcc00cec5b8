package io.rolloutlab.scenario.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * What can be said to nginx beyond what every edge has. What is not said is not in its
 * configuration, so that nginx's own defaults hold.
 *
 * @param keepalive idle connections to tasks that each of nginx's workers keeps (vip only); 1 to
 *     1000; default none, each request has a connection of its own
 * @param connectTimeout how long nginx waits for a connection to a task (proxy_connect_timeout); 1
 *     ms to 75 s, default nginx's own of 60 s
 * @param readTimeout how long nginx waits for an answer, and between two parts of it
 *     (proxy_read_timeout); 1 ms to 1 h, default nginx's own of 60 s
 * @param tries how many tasks nginx tries at most (proxy_next_upstream_tries); 1 to 1000; default
 *     as many as there are
 * @param retryOn after what nginx tries another task (proxy_next_upstream); default error and
 *     timeout, or nothing where edge.retries is false
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NginxPlan(
    Integer keepalive,
    Duration connectTimeout,
    Duration readTimeout,
    Integer tries,
    List<RetryOn> retryOn) {
  /** What nginx does where {@code proxy_read_timeout} is not given (ngx_http_proxy_module). */
  public static final Duration USUAL_READ_TIMEOUT = Duration.ofSeconds(60);

  /** Nothing said. */
  public static final NginxPlan NONE = new NginxPlan(null, null, null, null, null);

  public NginxPlan {
    if (keepalive != null) {
      Check.between("keepalive", keepalive, 1, 1000);
    }
    if (connectTimeout != null) {
      // "this timeout cannot usually exceed 75 seconds" (ngx_http_proxy_module)
      Check.between("connectTimeout", connectTimeout, Duration.ofMillis(1), Duration.ofSeconds(75));
    }
    if (readTimeout != null) {
      Check.between("readTimeout", readTimeout, Duration.ofMillis(1), Duration.ofHours(1));
    }
    if (tries != null) {
      Check.between("tries", tries, 1, 1000);
    }
    if (retryOn != null) {
      retryOn = List.copyOf(retryOn);
      Check.that(
          !retryOn.isEmpty(), "retryOn", "must not be empty: for no retries write edge.retries");
      Check.that(
          new HashSet<>(retryOn).size() == retryOn.size(),
          "retryOn",
          "names one case twice: " + retryOn);
    }
  }
}
