package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.command.NodeDescription;
import io.rolloutlab.command.Setting;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.swarm.cluster.NodeApi;
import io.rolloutlab.testbed.StepFailedException;
import java.util.List;

/** What a manager has been told of the nodes. */
final class NodeSpecs {
  /** What a node reports is written into the same object, so its version may change any time. */
  private static final int TRIES = 5;

  private final NodeApi manager;

  NodeSpecs(NodeApi manager) {
    this.manager = manager;
  }

  /** Gives every node the labels that it is to have. */
  void label(ClusterPlan plan) {
    plan.labels().forEach((node, labels) -> set(node, NodeDescription.labels(labels)));
  }

  /**
   * Sets something of a node; the rest stays.
   *
   * @throws StepFailedException when there is no such node, or the manager refuses
   */
  void set(String hostname, List<Setting> settings) {
    for (int attempt = 1; ; attempt++) {
      JsonNode node = find(hostname);
      ObjectNode spec = (ObjectNode) node.path("Spec");
      settings.forEach(setting -> setting.into(spec));
      try {
        manager.post(
            "/nodes/%s/update?version=%s"
                .formatted(node.path("ID").asText(), node.at("/Version/Index").asLong()),
            spec);
        return;
      } catch (NodeApi.ApiException refused) {
        boolean stale = refused.getMessage().contains("update out of sequence");
        if (!stale || attempt == TRIES) {
          throw new StepFailedException(
              "node %s cannot be changed: %s".formatted(hostname, refused.getMessage()), refused);
        }
      }
    }
  }

  private JsonNode find(String hostname) {
    for (JsonNode node : manager.get("/nodes")) {
      if (node.at("/Description/Hostname").asText().equals(hostname)) {
        return node;
      }
    }
    throw new StepFailedException("there is no node " + hostname);
  }
}
