package io.rolloutlab.testbed;

import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.time.Duration;
import java.util.Map;

/**
 * A service of the app, as a strategy asks for it.
 *
 * @param name of the service, also its name in the network
 * @param release what its tasks run
 * @param mode whether Swarm is told the number of tasks, or makes one on each node that the
 *     constraints allow
 * @param replicas how many tasks it has, at least 1; of a global service the number of those nodes,
 *     which Swarm is not told
 * @param placement where its tasks may be
 * @param reserve what is kept free for each of its tasks; null for nothing
 * @param limits what each of its tasks may take; null for no limits
 * @param listening where its tasks are asked
 * @param upkeep how its tasks are watched, ended and replaced
 * @param updates how Swarm replaces its tasks by those of another release
 */
public record ServiceSpec(
    String name,
    Release release,
    ServiceMode mode,
    int replicas,
    PlacementRules placement,
    Reservation reserve,
    TaskLimits limits,
    Listening listening,
    Upkeep upkeep,
    SwarmUpdates updates) {

  /**
   * What a task runs.
   *
   * @param version {@code v1} or {@code v2}
   * @param image tag
   * @param env of the task; PORT is added by the testbed
   */
  public record Release(String version, String image, Map<String, String> env) {
    public Release {
      env = Map.copyOf(env);
    }
  }

  /**
   * Where a task is asked.
   *
   * @param port it listens on
   * @param published whether the port is published under vip; under dnsrr it never is
   */
  public record Listening(int port, boolean published) {}

  /**
   * How a task is watched, ended and replaced.
   *
   * @param stopGrace between the stop signal and the kill
   * @param restart what follows when it has ended
   * @param healthCheck null for none
   */
  public record Upkeep(Duration stopGrace, RestartPlan restart, HealthCheck healthCheck) {}

  /** The same service with another release of the app. */
  public ServiceSpec with(Release other) {
    return new ServiceSpec(
        name, other, mode, replicas, placement, reserve, limits, listening, upkeep, updates);
  }

  /** The same service of another size. */
  public ServiceSpec sized(int tasks) {
    return new ServiceSpec(
        name, release, mode, tasks, placement, reserve, limits, listening, upkeep, updates);
  }

  /** {@link Release#version}. */
  public String version() {
    return release.version();
  }

  /** {@link Release#image}. */
  public String image() {
    return release.image();
  }

  /** {@link Release#env}. */
  public Map<String, String> env() {
    return release.env();
  }

  /** {@link Listening#port}. */
  public int port() {
    return listening.port();
  }

  /** {@link Upkeep#stopGrace}. */
  public Duration stopGrace() {
    return upkeep.stopGrace();
  }

  /** {@link Upkeep#restart}. */
  public RestartPlan restart() {
    return upkeep.restart();
  }

  /** {@link Upkeep#healthCheck}; null for none. */
  public HealthCheck healthCheck() {
    return upkeep.healthCheck();
  }

  /** {@link SwarmUpdates#forward}. */
  public UpdatePlan update() {
    return updates.forward();
  }

  /** {@link SwarmUpdates#back}. */
  public UpdatePlan rollback() {
    return updates.back();
  }
}
