package io.rolloutlab.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What stands in histories of earlier labs, as it is written today; it means the same. */
final class EarlierForms {
  private static final String LOSES = "loses";
  private static final String NODE_LOST = "node-lost";

  private EarlierForms() {}

  /** Renews a manifest. */
  static void renew(JsonNode manifest) {
    renewApp(manifest.at("/scenario/app"), manifest.path("origin").asText());
    if (manifest.path("scenario") instanceof ObjectNode scenario) {
      renewLoss(scenario);
    }
  }

  /**
   * Older labs knew of a service's restarts the delay alone. They said no start interval: the twin
   * took Docker's documented default, and real engines waited for the whole interval.
   */
  private static void renewApp(JsonNode app, String origin) {
    if (app.path("healthCheck") instanceof ObjectNode check
        && !check.has("startInterval")
        && check.has("interval")
        && origin.equalsIgnoreCase(Manifest.Origin.LIVE.name())) {
      check.set("startInterval", check.get("interval"));
    }
    if (app instanceof ObjectNode settings && settings.has("restartDelay")) {
      settings.putObject("restart").set("delay", settings.remove("restartDelay"));
    }
  }

  /** The one thing that could happen was the loss of a node. */
  private static void renewLoss(ObjectNode scenario) {
    if (scenario.path("cluster") instanceof ObjectNode cluster && cluster.has(LOSES)) {
      JsonNode loss = cluster.remove(LOSES);
      if (!loss.isNull()) {
        ObjectNode kill = scenario.putArray("during").addObject();
        kill.set("at", loss.path("after"));
        kill.putObject("kill").set("node", loss.path("node"));
      }
    }
  }

  /**
   * Reads a line with an event.
   *
   * @throws JsonProcessingException when it is none
   */
  static Event event(String line) throws JsonProcessingException {
    if (line.contains('"' + NODE_LOST + '"')) {
      JsonNode tree = HistoryFiles.JSON.readTree(line);
      if (tree.path("type").asText().equals(NODE_LOST)) {
        return Event.Happened.nodeLost(tree.path("atMillis").asLong(), tree.path("node").asText());
      }
    }
    return HistoryFiles.JSON.readValue(line, Event.class);
  }
}
