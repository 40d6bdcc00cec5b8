package io.rolloutlab.scenario.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which environment variables of the app and which headers of requests are secrets, and what is
 * written down in place of their values. The engine and the app get the real ones.
 */
public final class Secrets {
  /** What is written down in place of a secret. */
  public static final String MASK = "(masked)";

  private static final List<String> WORDS = List.of("PASSWORD", "SECRET", "TOKEN", "KEY");
  private static final List<String> WORDS_OF_HEADERS = List.of("AUTHORIZATION", "COOKIE");

  /** Who calls, in an address: {@code postgres://shop:secret@db/orders}. */
  private static final Pattern CALLER = Pattern.compile("(://[^/@:\\s]*:)\\S+(@)");

  /** The objects that hold them, each with what tells the secrets among its names. */
  private static final Map<String, Predicate<String>> HOLDERS =
      Map.of("env", Secrets::isSecret, "headers", Secrets::isSecretHeader);

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
   * The same of a header: it is one as well where its name contains AUTHORIZATION or COOKIE, in
   * upper or lower case.
   */
  static boolean isSecretHeader(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return isSecret(name) || WORDS_OF_HEADERS.stream().anyMatch(upper::contains);
  }

  /**
   * Masks the secrets in all objects named {@code env} or {@code headers} of a JSON tree, in place.
   * Equal values of one name get equal masks and different values different ones, so that v1 and v2
   * stay as equal or different as they were.
   */
  public static void mask(JsonNode tree) {
    mask(tree, new HashMap<>());
  }

  /** A text in which no address says with which password it is called. */
  public static String withoutCallers(String text) {
    return CALLER.matcher(text).replaceAll("$1" + MASK + "$2");
  }

  private static void mask(JsonNode node, Map<String, List<String>> seen) {
    node.properties()
        .forEach(
            entry -> {
              Predicate<String> secret = HOLDERS.get(entry.getKey());
              if (secret != null && entry.getValue() instanceof ObjectNode holder) {
                maskValues(holder, secret, seen);
              } else {
                mask(entry.getValue(), seen);
              }
            });
    if (node.isArray()) {
      node.forEach(element -> mask(element, seen));
    }
  }

  private static void maskValues(
      ObjectNode holder, Predicate<String> secret, Map<String, List<String>> seen) {
    for (Map.Entry<String, JsonNode> one : holder.properties()) {
      if (secret.test(one.getKey())) {
        List<String> values = seen.computeIfAbsent(one.getKey(), name -> new ArrayList<>());
        one.setValue(holder.textNode(masked(one.getValue().asText(), values)));
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
