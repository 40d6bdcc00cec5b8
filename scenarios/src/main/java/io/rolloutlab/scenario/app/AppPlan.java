package io.rolloutlab.scenario.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.cluster.NodeConstraint;
import io.rolloutlab.scenario.cluster.NodeLabel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The service under test, as the exercise had it.
 *
 * @param replicas how many tasks v1 has, and v2 when it has taken over; 1 to 10,000, more than
 *     1,000 only on the twin; default 4. Not where mode is global
 * @param mode whether Swarm runs so many replicas, or one task on each node that the constraints
 *     allow, which strategies that scale a service refuse, since nobody can scale that; default
 *     replicated
 * @param constraints which nodes may run its tasks; default {@code node.hostname != workerN3}
 * @param maxPerNode how many tasks of a service a node may have at most; 1 to 10,000, default none
 *     (null). An update that starts first needs a free place beside them, and waits for ever
 *     without one. Not where mode is global
 * @param spread over the values of which labels of nodes tasks are to be spread evenly, as far as
 *     there is room; for example {@code [node.labels.zone]}, the outermost first. Nodes without the
 *     label are a group of their own; default none
 * @param hostPort a port of the node itself that each task takes; 1 to 65,535, default none (null).
 *     A node can have one such task, and an update that starts first needs a free node. A second
 *     service (blue-green, canary) does not get it, since both could not be on one node
 * @param reserve what Swarm keeps free for each task; default none (null)
 * @param limits what each task may take at most; default no limits (null)
 * @param port where the app listens, which it is told in the variable PORT; default 5000
 * @param stopGrace time between the stop signal and the kill; 0 to 24 h, default 10 s
 * @param restart what follows when a task has ended; default another task, 5 s later
 * @param startLimit how long all replicas of a service may take to run; a rollout is given up then,
 *     and v1 given back, before it the run fails; default 60 s
 * @param healthCheck what a task must pass before it counts as running; default none, as in the
 *     exercise
 * @param v1 the version that is replaced
 * @param v2 the version that replaces it
 */
public record AppPlan(
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer replicas,
    ServiceMode mode,
    List<String> constraints,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer maxPerNode,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> spread,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer hostPort,
    @JsonInclude(JsonInclude.Include.NON_NULL) Reservation reserve,
    @JsonInclude(JsonInclude.Include.NON_NULL) TaskLimits limits,
    Integer port,
    Duration stopGrace,
    RestartPlan restart,
    Duration startLimit,
    HealthCheck healthCheck,
    VersionPlan v1,
    VersionPlan v2) {
  /** The name of its service, as in the exercise; it is there before anything is rolled out. */
  public static final String SERVICE = "pyapp";

  /** The longest {@link #startLimit}. */
  public static final Duration LONGEST_START = Duration.ofMinutes(30);

  public static final AppPlan DEFAULT =
      new AppPlan(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  public AppPlan {
    mode = Check.orElse(mode, ServiceMode.REPLICATED);
    replicas = mode == ServiceMode.GLOBAL ? replicas : Check.orElse(replicas, 4);
    constraints = Check.listOrElse(constraints, List.of("node.hostname != workerN3"));
    Check.each("constraints", constraints, NodeConstraint::parse);
    spread = Check.listOrElse(spread, List.of());
    Check.each("spread", spread, NodeLabel::name);
    port = Check.orElse(port, 5000);
    stopGrace = Check.orElse(stopGrace, Duration.ofSeconds(10));
    restart = Check.orElse(restart, RestartPlan.DEFAULT);
    startLimit = Check.orElse(startLimit, Duration.ofSeconds(60));
    v1 = Check.orElse(v1, VersionPlan.DEFAULT);
    v2 = Check.orElse(v2, VersionPlan.DEFAULT);
    checkSize(mode, replicas, maxPerNode);
    Check.between("port", port, 1, 65534);
    if (maxPerNode != null) {
      Check.between("maxPerNode", maxPerNode, 1, 10_000);
    }
    if (hostPort != null) {
      Check.between("hostPort", hostPort, 1, 65535);
    }
    Check.between("stopGrace", stopGrace, Duration.ZERO, Duration.ofHours(24));
    Check.between("startLimit", startLimit, Duration.ofSeconds(1), LONGEST_START);
    unseen(VersionPlan.V1, v1, healthCheck, limits);
    unseen(VersionPlan.V2, v2, healthCheck, limits);
  }

  private static void checkSize(ServiceMode mode, Integer replicas, Integer maxPerNode) {
    if (mode == ServiceMode.GLOBAL) {
      Check.that(
          replicas == null,
          "replicas",
          "can only be given where mode is replicated: a global service has one task on each node"
              + " that the constraints allow; leave replicas out, or mode",
          "mode");
      Check.that(
          maxPerNode == null,
          "maxPerNode",
          "can only be given where mode is replicated: docker refuses it for a global service, which"
              + " has one task on each node; leave maxPerNode out, or mode",
          "mode");
    } else {
      Check.between("replicas", replicas, 1, 10_000);
    }
  }

  /** A fault that nothing could come of is refused. */
  private static void unseen(
      String version, VersionPlan plan, HealthCheck check, TaskLimits limits) {
    Optional<String> why =
        Optional.ofNullable(plan.fault()).flatMap(fault -> fault.unseen(check, limits));
    Check.that(why.isEmpty(), version + ".fault", why.orElse(""), "healthCheck", "limits", version);
  }

  /** The same app of another size; null for the default. */
  public AppPlan withReplicas(Integer other) {
    return with(other, port, startLimit, v1, v2);
  }

  /** The same app in other versions; null for the default. */
  public AppPlan withVersions(VersionPlan from, VersionPlan to) {
    return with(replicas, port, startLimit, from, to);
  }

  /** The same app on another port. */
  public AppPlan onPort(int other) {
    return with(replicas, other, startLimit, v1, v2);
  }

  /** The same app whose replicas may take so long to run. */
  public AppPlan startingWithin(Duration limit) {
    return with(replicas, port, limit, v1, v2);
  }

  /** All else stays. */
  private AppPlan with(
      Integer itsReplicas, Integer itsPort, Duration limit, VersionPlan from, VersionPlan to) {
    return new AppPlan(
        itsReplicas,
        mode,
        constraints,
        maxPerNode,
        spread,
        hostPort,
        reserve,
        limits,
        itsPort,
        stopGrace,
        restart,
        limit,
        healthCheck,
        from,
        to);
  }

  /**
   * How long Swarm waits for a task that has started, before it counts as running: for the first
   * health check that can succeed. Without one it does not wait, however late the app listens.
   *
   * @param version of the task; of an image of one's own nobody knows when it listens, so the first
   *     check counts
   */
  public Duration untilRunning(VersionPlan version) {
    if (healthCheck == null) {
      return Duration.ZERO;
    }
    double seconds =
        version.isLabApp() ? AppKnob.START_DELAY_SECONDS.number(version.variables()).orElse(0) : 0;
    Duration listens = Duration.ofMillis((long) (seconds * 1000));
    return healthCheck.firstSuccess(listens).orElse(listens);
  }

  /** How many tasks a version has in a cluster; see {@code Scenario.tasks}. */
  public int tasks(ClusterPlan cluster) {
    return mode == ServiceMode.GLOBAL ? cluster.namesFor(constraints).size() : replicas;
  }
}
