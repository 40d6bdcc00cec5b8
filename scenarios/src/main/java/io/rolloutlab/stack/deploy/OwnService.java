package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedWords;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A service that runs its own image: what the file says of it stays, but for what is on machines
 * that the lab does not have.
 */
final class OwnService {
  static final String ENV_FILE = "env_file";

  /** Each with the reason. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "build",
          "docker stack deploy does not build",
          "credential_spec",
          "it is made for nodes with Windows",
          "logging",
          "what its tasks write down stays on the lab's nodes");

  private OwnService() {}

  /**
   * Puts it into the stack.
   *
   * @param files gets those with its variables
   * @param words of who asks
   */
  static void put(StackEdit edit, StackService service, StackFiles files, AskedWords words) {
    String name = service.name();
    ObjectNode its = edit.service(name);
    LEFT_OUT.forEach(
        (key, why) -> {
          if (its.remove(key) != null) {
            edit.note(edit.placeOf(name, key), "%s: %s is left out: %s".formatted(name, key, why));
          }
        });
    StackEdit.removeExtensions(its);
    if (its.has(ENV_FILE)) {
      variables(edit, name, files);
    }
    OwnMounts.put(edit, service, files, words);
  }

  /** Docker reads them where it deploys, so it is given them there. */
  private static void variables(StackEdit edit, String service, StackFiles files) {
    ObjectNode its = edit.service(service);
    JsonNode said = its.get(ENV_FILE);
    ArrayNode taken = its.putArray(ENV_FILE);
    Iterable<JsonNode> paths = said.isArray() ? said : taken.arrayNode().add(said);
    for (JsonNode path : paths) {
      String[] keys =
          said.isArray()
              ? new String[] {ENV_FILE, String.valueOf(taken.size())}
              : new String[] {ENV_FILE};
      String called = StackFiles.VARIABLES + "%s-%s".formatted(service, taken.size());
      Place place = edit.placeOf(service, keys);
      Consumer<String> unset =
          name ->
              edit.note(
                  place,
                  "%s: %s names %s without a value, and nobody has set it here: docker gives its tasks none"
                      .formatted(service, path.asText(), name));
      taken.add(files.takeVariables(place, called, path.asText(), unset));
    }
  }
}
