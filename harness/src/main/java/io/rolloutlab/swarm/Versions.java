package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.stack.deploy.DeployedText;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells which version a task's spec is: the one whose image it has; where both have one image, the
 * one whose environment it has. What comes with a stack says it itself, by a label of the lab's:
 * services of a stack can have the same image.
 */
final class Versions {
  private final AppPlan app;
  private final Map<String, String> imageIds;

  /**
   * @param imageIds image name as in a {@code ServiceSpec} → id
   */
  Versions(AppPlan app, Map<String, String> imageIds) {
    this.app = app;
    this.imageIds = imageIds;
  }

  /** {@code v1}, {@code v2}, or empty for what is not the app. */
  String of(JsonNode containerSpec) {
    JsonNode labels = containerSpec.path("Labels");
    if (labels.has(DeployedText.STACK_LABEL)) {
      return labels.path(DeployedText.VERSION_LABEL).asText();
    }
    boolean v1 = matches(containerSpec, VersionPlan.V1, app.v1());
    boolean v2 = matches(containerSpec, VersionPlan.V2, app.v2());
    if (v1 && v2) {
      return app.v2().variables().size() > app.v1().variables().size()
          ? VersionPlan.V2
          : VersionPlan.V1;
    }
    return v1 ? VersionPlan.V1 : v2 ? VersionPlan.V2 : "";
  }

  private boolean matches(JsonNode containerSpec, String version, VersionPlan plan) {
    Set<String> env = new HashSet<>();
    containerSpec.path("Env").forEach(entry -> env.add(entry.asText()));
    return containerSpec.path("Image").asText().equals(imageIds.get(plan.imageName(version)))
        && plan.variables().entrySet().stream()
            .allMatch(entry -> env.contains(entry.getKey() + "=" + entry.getValue()));
  }
}
