package io.rolloutlab.testbed;

import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Services to ask for: all slots at a time, and an update is over as soon as it can be. */
final class Asked {
  static final int PORT = 5000;

  private final String name;
  private String version = "v1";
  private final Map<String, String> env = new TreeMap<>();
  private ServiceMode mode = ServiceMode.REPLICATED;
  private int replicas = 1;
  private List<String> constraints = List.of();
  private Integer maxPerNode;
  private Integer hostPort;
  private Order order = Order.STOP_FIRST;
  private int parallelism = 0;
  private Duration delay = Duration.ZERO;
  private Duration stopGrace = Duration.ofSeconds(10);
  private RestartPlan restart = RestartPlan.DEFAULT;
  private HealthCheck healthCheck;
  private Reservation reserve;
  private TaskLimits limits;

  private Asked(String name) {
    this.name = name;
  }

  /** One replica of v1. */
  static Asked service(String name) {
    return new Asked(name);
  }

  Asked version(String its) {
    version = its;
    return this;
  }

  Asked env(String key, String value) {
    env.put(key, value);
    return this;
  }

  Asked replicas(int number) {
    replicas = number;
    return this;
  }

  /** One task on each of so many nodes. */
  Asked global(int nodes) {
    mode = ServiceMode.GLOBAL;
    replicas = nodes;
    return this;
  }

  Asked constraint(String only) {
    constraints = List.of(only);
    return this;
  }

  Asked maxPerNode(int most) {
    maxPerNode = most;
    return this;
  }

  Asked hostPort(int port) {
    hostPort = port;
    return this;
  }

  Asked order(Order of) {
    order = of;
    return this;
  }

  Asked oneByOne(Duration pause) {
    parallelism = 1;
    delay = pause;
    return this;
  }

  Asked reserve(Reservation each) {
    reserve = each;
    return this;
  }

  Asked limits(TaskLimits each) {
    limits = each;
    return this;
  }

  Asked stopGrace(Duration grace) {
    stopGrace = grace;
    return this;
  }

  Asked restart(RestartPlan plan) {
    restart = plan;
    return this;
  }

  Asked healthCheckEvery(Duration interval) {
    healthCheck = new HealthCheck(null, interval, null, null, null, null);
    return this;
  }

  /** What a scenario's {@code fault} makes of its tasks. */
  Asked fault(AppFault its) {
    its.knobs().forEach((knob, value) -> env.put(knob.variable(), value));
    return this;
  }

  ServiceSpec spec() {
    UpdatePlan plan = new UpdatePlan(parallelism, delay, order, Duration.ofMillis(1), null, null);
    return new ServiceSpec(
        name,
        new ServiceSpec.Release(version, VersionPlan.DEFAULT.imageName(version), env),
        mode,
        replicas,
        new PlacementRules(constraints, maxPerNode, List.of(), hostPort),
        reserve,
        limits,
        new ServiceSpec.Listening(PORT, false),
        new ServiceSpec.Upkeep(stopGrace, restart, healthCheck),
        new SwarmUpdates(plan, plan));
  }
}
