package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads tasks as the API lists them. A task names its service and its node by their ids, so it
 * remembers the names of those.
 */
final class TaskReader {
  private final Function<String, JsonNode> manager;
  private final Versions versions;
  private final Map<String, String> serviceNames = new HashMap<>();
  private final Map<String, String> nodeNames = new HashMap<>();

  /**
   * @param manager answers a GET of a path with what the API of a manager says
   */
  TaskReader(Function<String, JsonNode> manager, Versions versions) {
    this.manager = manager;
    this.versions = versions;
  }

  /** Learns the names of services, as the API lists them. */
  void learnNames(JsonNode services) {
    services.forEach(
        service ->
            serviceNames.put(
                service.path("ID").asText(), service.path("Spec").path("Name").asText()));
  }

  /** Whether the service of every one of these tasks has a name. */
  boolean knowsServicesOf(JsonNode tasks) {
    for (JsonNode task : tasks) {
      if (!serviceNames.containsKey(task.path("ServiceID").asText())) {
        return false;
      }
    }
    return true;
  }

  /** One task of the list. */
  TaskView read(JsonNode task) {
    JsonNode status = task.path("Status");
    return new TaskView(
        ref(task),
        status.path("State").asText(),
        task.path("DesiredState").asText(),
        new TaskView.Attached(
            status.path("ContainerStatus").path("ContainerID").asText(""),
            ListedTask.address(task)),
        ListedTask.message(status));
  }

  private TaskRef ref(JsonNode task) {
    String service = task.path("ServiceID").asText();
    return new TaskRef(
        task.path("ID").asText(),
        // One that was removed before it was ever seen leaves its id only.
        serviceNames.getOrDefault(service, service),
        task.path("Slot").asInt(),
        nodeName(task.path("NodeID").asText("")),
        versions.of(task.path("Spec").path("ContainerSpec")));
  }

  private String nodeName(String id) {
    if (id.isEmpty()) {
      return "";
    }
    if (!nodeNames.containsKey(id)) {
      for (JsonNode node : manager.apply("/nodes")) {
        nodeNames.put(node.path("ID").asText(), node.path("Description").path("Hostname").asText());
      }
    }
    return nodeNames.getOrDefault(id, "");
  }
}
