package io.rolloutlab.scenario.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.NodeConstraint;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The edge: what stands in front of the app.
 *
 * @param kind which proxy it is: nginx, or another that the lab finds; default nginx
 * @param replicas how many nginx there are, 1 to 10; default 2 under vip; under dnsrr always 1,
 *     since a port published in host mode can be taken once a node
 * @param constraints which nodes may run nginx; default {@code node.hostname == workerN3}
 * @param maxFails failures after which nginx leaves an upstream server out (vip only); 0 to 1000;
 *     default 2
 * @param failTimeout time in which they count, and for which it is left out (vip only), in whole
 *     seconds; 1 s to 1 h, default 10 s
 * @param dnsValid how long nginx keeps a name's addresses (dnsrr only), in whole seconds; 1 s to 1
 *     h, default 1 s
 * @param retries whether nginx tries another task after an error or timeout, as it does unless told
 *     otherwise; default true
 * @param nginx what can be said to nginx beyond that; only where kind is nginx
 * @param update how Swarm replaces the edge's tasks when the routes change: where this block is,
 *     even an empty one, new routes are a new Swarm config, and a service update brings it to the
 *     edge. Default: none, a reload brings them into service, and every task stays
 */
public record EdgePlan(
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UnsaidKind.class) String kind,
    Integer replicas,
    List<String> constraints,
    Integer maxFails,
    Duration failTimeout,
    Duration dnsValid,
    Boolean retries,
    @JsonInclude(JsonInclude.Include.NON_NULL) NginxPlan nginx,
    @JsonInclude(JsonInclude.Include.NON_NULL) UpdatePlan update) {
  /** The name of its service, of whatever kind it is. */
  public static final String SERVICE = "nginx";

  /**
   * How long the lab usually waits for an answer when it asks a service itself, as its smoke tests
   * do.
   */
  public static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

  /** What the change of one of its slots may take: a stop with its grace, and a start. */
  private static final Duration SLOT_LIMIT = Duration.ofMinutes(1);

  public static final EdgePlan DEFAULT =
      new EdgePlan(null, null, null, null, null, null, null, null, null);

  public EdgePlan {
    kind = Check.orElse(kind, EdgeKind.NGINX);
    replicas = Check.orElse(replicas, 2);
    constraints = Check.listOrElse(constraints, List.of("node.hostname == workerN3"));
    Check.each("constraints", constraints, NodeConstraint::parse);
    maxFails = Check.orElse(maxFails, 2);
    failTimeout = Check.orElse(failTimeout, Duration.ofSeconds(10));
    dnsValid = Check.orElse(dnsValid, Duration.ofSeconds(1));
    retries = Check.orElse(retries, true);
    Check.between("replicas", replicas, 1, 10);
    Check.between("maxFails", maxFails, 0, 1000);
    Check.between("failTimeout", failTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    Check.between("dnsValid", dnsValid, Duration.ofSeconds(1), Duration.ofHours(1));
    Check.that(
        nginx == null || nginx.retryOn() == null || retries,
        "nginx.retryOn",
        "says after what another task is tried, but edge.retries is false: leave one of them out",
        "retries");
    if (update != null) {
      update = update.withDelayOf(UpdatePlan.ROLLBACK);
    }
  }

  /** One whose routes a reload changes. */
  public EdgePlan(
      String kind,
      Integer replicas,
      List<String> constraints,
      Integer maxFails,
      Duration failTimeout,
      Duration dnsValid,
      Boolean retries,
      NginxPlan nginx) {
    this(kind, replicas, constraints, maxFails, failTimeout, dnsValid, retries, nginx, null);
  }

  /** How its tasks are replaced when the routes change; empty where a reload changes them. */
  public Optional<UpdatePlan> updated() {
    return Optional.ofNullable(update);
  }

  /**
   * How many tasks it has: a port published in host mode can be taken once a node.
   *
   * @param balancing vip or dnsrr
   */
  public int tasks(Balancing balancing) {
    return balancing == Balancing.VIP ? replicas : 1;
  }

  /**
   * How long Swarm takes, roughly, to replace its tasks when the routes change; 0 where a reload
   * changes them.
   *
   * @param tasks how many it has, at least 1
   * @param pace how long the change of a slot takes
   */
  public Duration expectedChange(int tasks, Pace pace) {
    return updated().map(plan -> plan.expected(Duration.ZERO, tasks, pace)).orElse(Duration.ZERO);
  }

  /**
   * The longest that is waited for the same.
   *
   * @param tasks how many it has, at least 1
   */
  public Duration longestChange(int tasks, Patience patience) {
    return updated().map(plan -> longestChange(plan, tasks, patience)).orElse(Duration.ZERO);
  }

  /**
   * The longest that is waited until Swarm has replaced an edge's tasks.
   *
   * @param plan how it replaces them
   * @param tasks how many there are, at least 1
   */
  public static Duration longestChange(UpdatePlan plan, int tasks, Patience patience) {
    return plan.lasting(patience.stretched(SLOT_LIMIT), tasks);
  }

  /** What was said to nginx; nothing where nothing was, or another edge is asked for. */
  public NginxPlan saidToNginx() {
    return kind.equals(EdgeKind.NGINX) ? Check.orElse(nginx, NginxPlan.NONE) : NginxPlan.NONE;
  }

  /** After what another task is tried; empty for never. */
  public List<RetryOn> retried() {
    return retries
        ? Check.orElse(saidToNginx().retryOn(), List.of(RetryOn.ERROR, RetryOn.TIMEOUT))
        : List.of();
  }
}
