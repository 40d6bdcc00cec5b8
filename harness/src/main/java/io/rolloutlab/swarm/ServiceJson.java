package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.scenario.EdgePlan;
import io.rolloutlab.scenario.HealthCheck;
import io.rolloutlab.scenario.Reservation;
import io.rolloutlab.scenario.UpdatePlan;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.ServiceSpec;
import java.util.List;
import java.util.TreeMap;

/** Service specs as the engine's API wants them. Durations there are nanoseconds. */
final class ServiceJson {
  private final Balancing balancing;
  private final String network;

  /**
   * @param network id of the overlay network
   */
  ServiceJson(Balancing balancing, String network) {
    this.balancing = balancing;
    this.network = network;
  }

  /**
   * A service of the app.
   *
   * @param imageId so that the nodes use what they have and ask no registry
   */
  ObjectNode app(ServiceSpec spec, String imageId) {
    ObjectNode service = service(spec.name(), spec.replicas());
    ObjectNode task = service.putObject("TaskTemplate");
    ObjectNode container = task.putObject("ContainerSpec");
    container.put("Image", imageId);
    container.set("Env", env(spec));
    container.put("StopGracePeriod", spec.stopGrace().toNanos());
    if (spec.healthCheck() != null) {
      container.set("Healthcheck", healthCheck(spec.healthCheck()));
    }
    if (spec.reserve() != null) {
      reserve(task, spec.reserve());
    }
    restartAny(task).put("Delay", spec.restartDelay().toNanos());
    place(task, spec.constraints());
    service.set("UpdateConfig", settings(spec.update()));
    service.set("RollbackConfig", settings(spec.rollback()));
    ObjectNode endpoint = endpoint(service);
    if (balancing == Balancing.VIP && spec.published()) {
      publish(endpoint, spec.port(), "ingress");
    }
    return service;
  }

  /** nginx. */
  ObjectNode edge(EdgePlan plan, int replicas, String imageId) {
    ObjectNode service = service(Commands.EDGE, replicas);
    ObjectNode task = service.putObject("TaskTemplate");
    task.putObject("ContainerSpec").put("Image", imageId);
    restartAny(task);
    place(task, plan.constraints());
    String mode = balancing == Balancing.VIP ? "ingress" : "host";
    ObjectNode endpoint = endpoint(service);
    publish(endpoint, SwarmNode.HTTP, mode);
    publish(endpoint, SwarmNode.PROBE, mode);
    return service;
  }

  /** The environment of a service's tasks. */
  static ArrayNode env(ServiceSpec spec) {
    ArrayNode env = JsonNodeFactory.instance.arrayNode();
    env.add("PORT=" + spec.port());
    new TreeMap<>(spec.env()).forEach((key, value) -> env.add(key + "=" + value));
    return env;
  }

  private static ObjectNode service(String name, int replicas) {
    ObjectNode service = JsonNodeFactory.instance.objectNode().put("Name", name);
    service.putObject("Mode").putObject("Replicated").put("Replicas", replicas);
    return service;
  }

  private static ObjectNode restartAny(ObjectNode task) {
    return task.putObject("RestartPolicy").put("Condition", "any");
  }

  private static void reserve(ObjectNode task, Reservation reserve) {
    task.putObject("Resources")
        .putObject("Reservations")
        .put("NanoCPUs", reserve.nanoCpus())
        .put("MemoryBytes", reserve.memory().bytes());
  }

  private void place(ObjectNode task, List<String> constraints) {
    ArrayNode list = task.putObject("Placement").putArray("Constraints");
    constraints.forEach(list::add);
    task.putArray("Networks").addObject().put("Target", network);
  }

  private ObjectNode endpoint(ObjectNode service) {
    return service
        .putObject("EndpointSpec")
        .put("Mode", balancing == Balancing.VIP ? "vip" : "dnsrr");
  }

  private static void publish(ObjectNode endpoint, int port, String mode) {
    endpoint
        .withArray("Ports")
        .addObject()
        .put("Protocol", "tcp")
        .put("TargetPort", port)
        .put("PublishedPort", port)
        .put("PublishMode", mode);
  }

  private static ObjectNode settings(UpdatePlan plan) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Parallelism", plan.parallelism())
        .put("Delay", plan.delay().toNanos())
        .put("Order", plan.order().swarmName())
        .put("Monitor", plan.monitor().toNanos())
        .put("MaxFailureRatio", plan.maxFailureRatio())
        .put("FailureAction", plan.failureAction().name().toLowerCase(java.util.Locale.ROOT));
  }

  private static ObjectNode healthCheck(HealthCheck check) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putArray("Test").add("CMD-SHELL").add(check.command());
    return node.put("Interval", check.interval().toNanos())
        .put("Timeout", check.timeout().toNanos())
        .put("Retries", check.retries())
        .put("StartPeriod", check.startPeriod().toNanos());
  }
}
