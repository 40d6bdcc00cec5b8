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

  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> filled = new HashSet<>();

  private PlainTree() {}

  /**
   * A whole file, or several laid over each other.
   *
   * @param stack that was read of it
   */
  static SaidStack of(YamlPart.Block file, Stack stack) {
    PlainTree tree = new PlainTree();
    tree.places.put("", file.place());
    ObjectNode said = tree.block(file, "");
    return new SaidStack(stack, said, tree.places, tree.filled);
  }

  private ObjectNode block(YamlPart.Block block, String pointer) {
    ObjectNode node = JSON.objectNode();
    block
        .entries()
        .forEach(
            (key, entry) -> {
              if (!pointer.isEmpty() || !key.startsWith(EXTENSION)) {
                String its = SaidStack.below(pointer, key);
                places.put(its, entry.place());
                node.set(key, part(key, entry.value(), its));
              }
            });
    return node;
  }

  private JsonNode part(String key, YamlPart part, String pointer) {
    if (part instanceof YamlPart.Block block) {
      return block(block, pointer);
    } else if (part instanceof YamlPart.Items list) {
      ArrayNode items = JSON.arrayNode();
      for (YamlPart item : list.items()) {
        String its = SaidStack.below(pointer, String.valueOf(items.size()));
        places.put(its, item.place());
        items.add(part(key, item, its));
      }
      return items;
    }
    YamlPart.Word word = (YamlPart.Word) part;
    if (word.filled()) {
      filled.add(pointer);
    }
    return word(key, word);
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
