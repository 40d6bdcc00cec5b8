package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Secrets;
import io.rolloutlab.stack.StackNote;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What {@code docker stack deploy} is given, in JSON, which is YAML as well.
 *
 * @param service that is rolled out, by its key in the file
 * @param said all but the images
 * @param secret JSON pointers of values in it that nobody else may see
 * @param notes each change against the file
 */
public record DeployedText(
    String service, ObjectNode said, Set<String> secret, List<StackNote> notes) {
  /** The file beside the text that all configs and secrets are read from. */
  public static final String MADE_UP = "made-up.txt";

  /** What stands in that file. */
  public static final String CONTENT = "made up by the Rollout Lab\n";

  public DeployedText {
    said = said.deepCopy();
    secret = Set.copyOf(secret);
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
    return text(said(), version, image);
  }

  /**
   * The same for people: with the names of images, whose ids mean nothing to anybody else, and
   * without what is secret.
   */
  public String shown(String version) {
    ObjectNode whole = said();
    for (String pointer : secret) {
      JsonPointer place = JsonPointer.compile(pointer);
      if (whole.at(place.head()) instanceof ObjectNode block) {
        block.put(place.last().getMatchingProperty(), Secrets.MASK);
      } else if (whole.at(place.head()) instanceof ArrayNode list) {
        list.set(place.last().getMatchingIndex(), Secrets.MASK);
      }
    }
    return text(whole, version, UnaryOperator.identity());
  }

  private String text(ObjectNode whole, String version, UnaryOperator<String> image) {
    whole
        .path(StackEdit.SERVICES)
        .properties()
        .forEach(
            its -> {
              String runs = its.getKey().equals(service) ? version : VersionPlan.V1;
              ((ObjectNode) its.getValue())
                  .put("image", image.apply(VersionPlan.DEFAULT.imageName(runs)));
            });
    return whole.toPrettyString() + "\n";
  }
}
