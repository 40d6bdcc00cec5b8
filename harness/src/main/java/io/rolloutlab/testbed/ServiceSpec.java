package io.rolloutlab.testbed;

import io.rolloutlab.scenario.HealthCheck;
import io.rolloutlab.scenario.Reservation;
import io.rolloutlab.scenario.RestartPlan;
import io.rolloutlab.scenario.ServiceMode;
import io.rolloutlab.scenario.UpdatePlan;
import java.time.Duration;
import java.util.Map;

/**
 * A service of the app, as a strategy asks for it.
 *
 * @param name of the service, also its name in the network
 * @param version {@code v1} or {@code v2}
 * @param image tag
 * @param env of its tasks; PORT is added by the testbed
 * @param mode whether Swarm is told the number of tasks, or makes one on each node that the
 *     constraints allow
 * @param replicas how many tasks it has, at least 1; of a global service the number of those nodes,
 *     which Swarm is not told
 * @param placement where its tasks may be
 * @param reserve what is kept free for each of its tasks; null for nothing
 * @param port it listens on
 * @param published whether the port is published under vip; under dnsrr it never is
 * @param stopGrace between the stop signal and the kill
 * @param restart what follows when one of its tasks has ended
 * @param healthCheck null for none
 * @param update settings
 * @param rollback settings
 */
public record ServiceSpec(
    String name,
    String version,
    String image,
    Map<String, String> env,
    ServiceMode mode,
    int replicas,
    PlacementRules placement,
    Reservation reserve,
    int port,
    boolean published,
    Duration stopGrace,
    RestartPlan restart,
    HealthCheck healthCheck,
    UpdatePlan update,
    UpdatePlan rollback) {
  public ServiceSpec {
    env = Map.copyOf(env);
  }

  /** The same service with another version of the app, or of another size. */
  public ServiceSpec with(
      String otherVersion, String otherImage, Map<String, String> otherEnv, int otherReplicas) {
    return new ServiceSpec(
        name,
        otherVersion,
        otherImage,
        otherEnv,
        mode,
        otherReplicas,
        placement,
        reserve,
        port,
        published,
        stopGrace,
        restart,
        healthCheck,
        update,
        rollback);
  }
}
