package io.rolloutlab.stack.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.Stack;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes of a whole stack file what docker reads the same from: JSON, which is YAML as well. Words
 * have the kinds that docker would see, and a dollar is doubled, since docker looks for variables
 * once more.
 */
final class PlainTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * Keys whose texts docker turns into numbers where a variable was put in (docker/cli {@code
   * cli/compose/loader/interpolate.go}).
   */
  private static final Set<String> NUMBERS =
      Set.of(
          "hard",
          "max_attempts",
          "max_failure_ratio",
          "max_replicas_per_node",
          "mode",
          "parallelism",
          "published",
          "replicas",
          "retries",
          "soft",
          "target");

  /** The same into true and false. */
  private static final Set<String> FLAGS =
      Set.of("attachable", "disable", "external", "internal", "read_only", "stdin_open", "tty");

  /** Anchors are resolved: what only holds them says nothing more. */
  private static final String EXTENSION = "x-";

  /** Of a service; docker gives those that a file only names the values of its own environment. */
  private static final Pattern VARIABLES = Pattern.compile("/services/[^/]+/environment");

  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> filled = new HashSet<>();
  private final Map<String, String> environment;

  private PlainTree(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * A whole file, or several laid over each other.
   *
   * @param stack that was read of it
   * @param environment of which docker would take the values of variables that the file only names
   */
  static SaidStack of(YamlPart.Block file, Stack stack, Map<String, String> environment) {
    PlainTree tree = new PlainTree(environment);
    tree.places.put("", file.place());
    ObjectNode said = tree.block(file, "");
    return new SaidStack(stack, said, tree.places, tree.filled, environment);
  }

  private ObjectNode block(YamlPart.Block block, String pointer) {
    ObjectNode node = JSON.objectNode();
    boolean variables = VARIABLES.matcher(pointer).matches();
    block
        .entries()
        .forEach(
            (key, entry) -> {
              if (!pointer.isEmpty() || !key.startsWith(EXTENSION)) {
                String its = SaidStack.below(pointer, key);
                places.put(its, entry.place());
                JsonNode value = part(key, entry.value(), its);
                node.set(key, variables && value.isNull() ? found(key, "", value) : value);
              }
            });
    return node;
  }

  private JsonNode part(String key, YamlPart part, String pointer) {
    if (part instanceof YamlPart.Block block) {
      return block(block, pointer);
    } else if (part instanceof YamlPart.Items list) {
      return items(key, list, pointer);
    }
    YamlPart.Word word = (YamlPart.Word) part;
    if (word.filled()) {
      filled.add(pointer);
    }
    return word(key, word);
  }

  private ArrayNode items(String key, YamlPart.Items list, String pointer) {
    ArrayNode items = JSON.arrayNode();
    boolean variables = VARIABLES.matcher(pointer).matches();
    for (YamlPart item : list.items()) {
      String its = SaidStack.below(pointer, String.valueOf(items.size()));
      places.put(its, item.place());
      JsonNode value = part(key, item, its);
      String name = value.asText();
      items.add(variables && !name.contains("=") ? found(name, name + "=", value) : value);
    }
    return items;
  }

  /** A variable's value behind a text; something else where nobody has set it. */
  private JsonNode found(String variable, String before, JsonNode without) {
    String value = environment.get(variable);
    return value == null ? without : text(before + value);
  }

  private static JsonNode word(String key, YamlPart.Word word) {
    if (word.filled() && FLAGS.contains(key)) {
      return flag(word.text());
    }
    boolean turned = word.filled() && NUMBERS.contains(key);
    WordKind kind = turned ? WordKind.of(word.text(), true) : word.kind();
    return switch (kind) {
      case TEXT -> text(word.text());
      case WHOLE, FRACTION -> number(word.text(), kind);
      case FLAG -> turned ? text(word.text()) : flag(word.text());
      case NOTHING -> turned ? text(word.text()) : JSON.nullNode();
    };
  }

  private static JsonNode text(String text) {
    return JSON.textNode(text.replace("$", "$$"));
  }

  private static JsonNode flag(String text) {
    try {
      return JSON.booleanNode(GoWords.flag(text));
    } catch (IllegalArgumentException none) {
      return text(text);
    }
  }

  /** With the octal form of modes; what no number can hold stays a text. */
  private static JsonNode number(String text, WordKind kind) {
    String digits = text.replace("_", "").replaceFirst("0o", "0");
    try {
      return kind == WordKind.WHOLE
          ? JSON.numberNode(Long.decode(digits).longValue())
          : JSON.numberNode(new BigDecimal(digits));
    } catch (NumberFormatException none) {
      return text(text);
    }
  }
}
