package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.swarm.cluster.NodeApi;
import io.rolloutlab.swarm.cluster.SystemTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a Swarm was asked for: the specs of all services, their previous specs, configs, the
 * settings of overlay networks, and the labels of nodes. Left out is only what differs each time
 * (ids, versions, times, addresses); names stand for the ids of networks and ids for the names of
 * images, and the environment is sorted, since docker's client shuffles it.
 */
final class SwarmLook {
  private static final List<String> SPECS = List.of("Spec", "PreviousSpec");

  private static final Duration ALLOCATION_LIMIT = Duration.ofSeconds(10);

  private final NodeApi manager;
  private final Map<String, String> networks = new HashMap<>();

  private SwarmLook(NodeApi manager) {
    this.manager = manager;
  }

  /** Looks once, when Swarm has allocated what was asked for. */
  static String at(NodeApi manager) {
    SystemTimeline.poll("Swarm has allocated the networks", () -> open(manager), ALLOCATION_LIMIT);
    return new SwarmLook(manager).look().toPrettyString();
  }

  /** A network that has no addresses yet is listed, but without its driver. */
  private static Optional<String> open(NodeApi manager) {
    for (JsonNode network : manager.get("/networks")) {
      if (network.path("Driver").asText().isEmpty()) {
        return Optional.of(network.path("Name").asText() + " has no driver");
      }
    }
    return Optional.empty();
  }

  /** By name, since the engine gives them in any order. */
  private JsonNode look() {
    Map<String, JsonNode> all = new TreeMap<>();
    for (JsonNode network : manager.get("/networks")) {
      String name = network.path("Name").asText();
      networks.put(network.path("Id").asText(), name);
      if (network.path("Driver").asText().equals("overlay")) {
        all.put("network " + name, settings(network));
      }
    }
    for (JsonNode node : manager.get("/nodes")) {
      all.put("node " + node.at("/Description/Hostname").asText(), node.at("/Spec/Labels"));
    }
    for (JsonNode config : manager.get("/configs")) {
      all.put("config " + config.at("/Spec/Name").asText(), config.path("Spec"));
    }
    for (JsonNode service : manager.get("/services")) {
      ObjectNode its = JsonNodeFactory.instance.objectNode();
      SPECS.stream()
          .filter(service::has)
          .forEach(spec -> its.set(spec, comparable((ObjectNode) service.get(spec))));
      all.put("service " + service.at("/Spec/Name").asText(), its);
    }
    return JsonNodeFactory.instance.objectNode().setAll(all);
  }

  private static ObjectNode settings(JsonNode network) {
    ObjectNode settings = network.deepCopy();
    settings.remove(List.of("Id", "Created", "Containers", "Peers"));
    ((ObjectNode) settings.path("IPAM")).remove("Config");
    if (settings.path("Options") instanceof ObjectNode options) {
      options.remove("com.docker.network.driver.overlay.vxlanid_list");
    }
    return settings;
  }

  private ObjectNode comparable(ObjectNode spec) {
    ObjectNode container = (ObjectNode) spec.at("/TaskTemplate/ContainerSpec");
    String image = container.path("Image").asText();
    container.put("Image", manager.get("/images/%s/json".formatted(image)).path("Id").asText());
    if (container.path("Env") instanceof ArrayNode env) {
      List<String> sorted = new ArrayList<>();
      env.forEach(entry -> sorted.add(entry.asText()));
      Collections.sort(sorted);
      ArrayNode again = container.putArray("Env");
      sorted.forEach(again::add);
    }
    for (JsonNode config : container.path("Configs")) {
      ((ObjectNode) config).remove("ConfigID");
    }
    for (JsonNode network : spec.at("/TaskTemplate/Networks")) {
      String target = network.path("Target").asText();
      ((ObjectNode) network).put("Target", networks.getOrDefault(target, target));
    }
    return spec;
  }
}
