package io.rolloutlab.scenario.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which environment variables of the app are secrets, and what is written down in place of their
 * values. The engine gets the real ones.
 */
public final class Secrets {
  /** What is written down in place of a secret. */
  public static final String MASK = "(masked)";

  private static final List<String> WORDS = List.of("PASSWORD", "SECRET", "TOKEN", "KEY");
  private static final String ENV = "env";

  private Secrets() {}

  /**
   * Whether a variable's value is a secret: its name contains PASSWORD, SECRET, TOKEN or KEY, in
   * upper or lower case, anywhere. To mask one too many does no harm.
   */
  public static boolean isSecret(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return WORDS.stream().anyMatch(upper::contains);
  }

  /**
   * Masks the secrets in all objects named {@code env} of a JSON tree, in place. Equal values of
   * one variable get equal masks and different values different ones, so that v1 and v2 stay as
   * equal or different as they were.
   */
  public static void mask(JsonNode tree) {
    mask(tree, new HashMap<>());
  }

  private static void mask(JsonNode node, Map<String, List<String>> seen) {
    node.properties()
        .forEach(
            entry -> {
              if (entry.getKey().equals(ENV) && entry.getValue() instanceof ObjectNode env) {
                maskVariables(env, seen);
              } else {
                mask(entry.getValue(), seen);
              }
            });
    if (node.isArray()) {
      node.forEach(element -> mask(element, seen));
    }
  }

  private static void maskVariables(ObjectNode env, Map<String, List<String>> seen) {
    for (Map.Entry<String, JsonNode> variable : env.properties()) {
      if (isSecret(variable.getKey())) {
        List<String> values = seen.computeIfAbsent(variable.getKey(), name -> new ArrayList<>());
        variable.setValue(env.textNode(masked(variable.getValue().asText(), values)));
      }
    }
  }

  private static String masked(String value, List<String> seen) {
    if (!seen.contains(value)) {
      seen.add(value);
    }
    int number = seen.indexOf(value) + 1;
    return number == 1 ? MASK : "(masked, value %s)".formatted(number);
  }
}
