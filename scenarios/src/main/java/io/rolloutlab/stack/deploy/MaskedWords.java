package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rolloutlab.scenario.check.Secrets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a run's folder in place of the words of a service that are for its image alone:
 * any of them may be a secret, and people hand on what is in such a folder.
 */
final class MaskedWords {
  /** Blocks, each with the key in it; the empty block is the service itself. */
  private static final Map<String, List<String>> FOR_THE_IMAGE =
      Map.of(
          "",
          List.of(
              "command",
              "entrypoint",
              "environment",
              "extra_hosts",
              "hostname",
              "labels",
              "sysctls",
              "tmpfs",
              "user",
              "working_dir"),
          "healthcheck",
          List.of("test"),
          "deploy",
          List.of("labels"));

  private static final Pattern NAMED = Pattern.compile("([\\w.-]+=).*", Pattern.DOTALL);

  private MaskedWords() {}

  /** Masks them in place; names of variables and labels stay. */
  static void mask(ObjectNode service) {
    FOR_THE_IMAGE.forEach(
        (block, keys) -> {
          JsonNode at = block.isEmpty() ? service : service.path(block);
          if (at instanceof ObjectNode its) {
            keys.stream().filter(its::has).forEach(key -> its.set(key, masked(its.get(key))));
          }
        });
  }

  /** Masks one value in place, by its pointer. */
  static void mask(ObjectNode whole, String pointer) {
    JsonPointer place = JsonPointer.compile(pointer);
    if (whole.at(place.head()) instanceof ObjectNode block) {
      block.put(place.last().getMatchingProperty(), Secrets.MASK);
    } else if (whole.at(place.head()) instanceof ArrayNode list) {
      list.set(place.last().getMatchingIndex(), Secrets.MASK);
    }
  }

  private static JsonNode masked(JsonNode said) {
    if (said instanceof ObjectNode block) {
      block.properties().forEach(entry -> entry.setValue(masked(entry.getValue())));
      return block;
    } else if (said instanceof ArrayNode list) {
      ArrayNode items = list.arrayNode();
      list.forEach(item -> items.add(masked(item)));
      return items;
    } else if (said.isNull()) {
      return said;
    }
    Matcher named = NAMED.matcher(said.asText());
    return TextNode.valueOf(named.matches() ? named.group(1) + Secrets.MASK : Secrets.MASK);
  }
}
