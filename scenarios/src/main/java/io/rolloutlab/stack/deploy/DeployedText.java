package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.stack.StackNote;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What {@code docker stack deploy} is given, in JSON, which is YAML as well.
 *
 * @param service that is rolled out, by its key in the file
 * @param said all but the images
 * @param ofV2 variables of that service's next version; what is wrong with it is among them
 * @param notes each change against the file
 */
public record DeployedText(
    String service, ObjectNode said, Map<String, String> ofV2, List<StackNote> notes) {
  /** The file beside the text that all configs and secrets are read from. */
  public static final String MADE_UP = "made-up.txt";

  /** What stands in that file. */
  public static final String CONTENT = "made up by the Rollout Lab\n";

  public DeployedText {
    said = said.deepCopy();
    ofV2 = Collections.unmodifiableMap(new TreeMap<>(ofV2));
    notes = List.copyOf(notes);
  }

  @Override
  public ObjectNode said() {
    return said.deepCopy();
  }

  /**
   * The text with which a version comes; the services beside are the app's first one, always.
   *
   * @param version {@code v1} or {@code v2}, of the service that is rolled out
   * @param image what docker is told of an image of the lab's app, by its name
   */
  public String of(String version, UnaryOperator<String> image) {
    ObjectNode whole = said();
    whole
        .path(StackEdit.SERVICES)
        .properties()
        .forEach(
            its -> {
              String runs = its.getKey().equals(service) ? version : VersionPlan.V1;
              ((ObjectNode) its.getValue())
                  .put("image", image.apply(VersionPlan.DEFAULT.imageName(runs)));
            });
    if (version.equals(VersionPlan.V2)) {
      ObjectNode its = (ObjectNode) whole.path(StackEdit.SERVICES).path(service);
      ofV2.forEach(its.withObjectProperty(StandIn.ENVIRONMENT)::put);
    }
    return whole.toPrettyString() + "\n";
  }
}
