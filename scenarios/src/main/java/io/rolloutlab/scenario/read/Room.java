package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SecondService;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether there is a place for every task that has to start before anything else can happen. What
 * waits for ever later, in the middle of an update, is an outcome and is not refused.
 */
final class Room {
  /** The engine's own on every node: API, managers, gossip (docker/node). */
  private static final Set<Integer> PORTS_OF_ENGINES = Set.of(2376, 2377, 7946);

  private final Scenario scenario;
  private final AppPlan app;
  private final int nodes;
  private final List<Fault> faults = new ArrayList<>();

  private Room(Scenario scenario) {
    this.scenario = scenario;
    app = scenario.app();
    nodes = scenario.cluster().namesFor(app.constraints()).size();
  }

  /** What finds no place; keys are paths from the scenario. */
  static List<Fault> faults(Scenario scenario) {
    Room room = new Room(scenario);
    // That no node meets the constraints is said of them.
    if (room.nodes > 0) {
      room.limit();
      room.portOnce();
    }
    room.port();
    if (scenario.balancing() != Balancing.VIP) {
      scenario.edge().updated().ifPresent(room::portOfEdge);
    }
    return room.faults;
  }

  /** What the app's services publish on every node under vip. */
  static Set<Integer> ingressPorts(Scenario scenario) {
    Set<Integer> ports = new HashSet<>(portsBeside(scenario).values());
    ports.add(scenario.app().port());
    return ports;
  }

  /**
   * The ports that the strategy's second service publishes on every node as well, by their keys.
   */
  static Map<String, Integer> portsBeside(Scenario scenario) {
    return ofScenario(scenario, SecondService::ports);
  }

  private static Map<String, Integer> ofScenario(
      Scenario scenario, Function<SecondService, Map<String, Integer>> settings) {
    Map<String, Integer> all = new LinkedHashMap<>();
    scenario
        .settings()
        .secondService()
        .map(settings)
        .orElse(Map.of())
        .forEach((key, value) -> all.put(scenario.strategy().key() + "." + key, value));
    return all;
  }

  private void limit() {
    if (app.maxPerNode() == null) {
      return;
    }
    fits("app.replicas", app.replicas());
    ofScenario(scenario, SecondService::replicas).forEach(this::fits);
  }

  private void fits(String key, int replicas) {
    long places = (long) app.maxPerNode() * nodes;
    if (places < replicas) {
      faults.add(
          new Fault(
              "app.maxPerNode",
              "is %s, and %s app.constraints: there are places for %s of the %s tasks of %s"
                  .formatted(app.maxPerNode(), nodesMeet(), places, replicas, key),
              List.of(key, "app.constraints", "cluster")));
    }
  }

  private void portOnce() {
    if (app.hostPort() != null && nodes < scenario.tasks()) {
      faults.add(
          new Fault(
              "app.hostPort",
              "can be taken once a node, and %s app.constraints: only %s of the %s app.replicas can run"
                  .formatted(nodesMeet(), nodes, scenario.tasks()),
              List.of("app.replicas", "app.constraints", "cluster")));
    }
  }

  private String nodesMeet() {
    return nodes == 1 ? "1 node meets" : nodes + " nodes meet";
  }

  private void port() {
    Integer port = app.hostPort();
    if (port == null) {
      return;
    }
    if (Coherence.PORTS_OF_EDGE.contains(port)) {
      taken(port, "the edge publishes it: choose another than 80 and 8081");
    } else if (PORTS_OF_ENGINES.contains(port)) {
      taken(port, "every node's engine listens there: choose another than 2376, 2377 and 7946");
    } else if (scenario.balancing() == Balancing.VIP && ingressPorts(scenario).contains(port)) {
      taken(port, "under vip the app's own port is published on every node: choose another");
    }
  }

  /**
   * Without the routing mesh the edge publishes its ports on its node, where users look for it: two
   * of its tasks cannot have them at once (swarmkit {@code scheduler/filter.go}: HostPortFilter),
   * and on another node nobody looks for the next one.
   */
  private void portOfEdge(UpdatePlan update) {
    if (update.order() == Order.START_FIRST) {
      faults.add(
          new Fault(
              "edge.update.order",
              "start-first needs balancing: vip. Elsewhere the edge publishes its ports on its node,"
                  + " and a new task would wait for ever for those of the old one",
              List.of("balancing")));
    }
    List<String> its = scenario.cluster().namesFor(scenario.edge().constraints());
    if (its.size() > 1) {
      faults.add(
          new Fault(
              "edge.update",
              ("needs balancing: vip where %s nodes meet edge.constraints (%s). Elsewhere the edge"
                      + " publishes its ports on its node, and a new task may come to another one,"
                      + " where no user looks for it")
                  .formatted(its.size(), String.join(", ", its)),
              List.of("edge.constraints", "balancing")));
    }
  }

  private void taken(int port, String why) {
    List<String> others = new ArrayList<>(List.of("balancing", "app.port"));
    others.addAll(portsBeside(scenario).keySet());
    faults.add(new Fault("app.hostPort", "%s is taken: %s".formatted(port, why), others));
  }
}
