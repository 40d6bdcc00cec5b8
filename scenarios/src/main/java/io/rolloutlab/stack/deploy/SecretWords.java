package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.check.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a service with its own image is told and nobody else is to read: values of its variables,
 * and contents of secrets. The service itself may say them, in its log above all.
 */
public final class SecretWords {
  /** Shorter ones, such as a port, stand in too many other words. */
  private static final int SHORTEST = 6;

  private final List<String> words;

  private SecretWords(Set<String> all) {
    words =
        all.stream()
            .map(String::strip)
            .filter(word -> word.length() >= SHORTEST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Of versions of a stack. */
  static SecretWords of(List<DeployedVersion> versions) {
    Set<String> all = new TreeSet<>();
    for (DeployedVersion version : versions) {
      for (String service : version.own()) {
        JsonNode its = version.said().path(StackEdit.SERVICES).path(service);
        values(its.path(StandIn.ENVIRONMENT), all);
        its.path("command").forEach(word -> all.add(value(word.asText())));
      }
      version.secret().forEach(pointer -> all.add(version.said().at(pointer).asText()));
      files(version.files(), all);
    }
    return new SecretWords(all);
  }

  /** Variables are a block, or a list of {@code NAME=value}. */
  private static void values(JsonNode variables, Set<String> into) {
    for (JsonNode one : variables) {
      into.add(variables instanceof ObjectNode ? one.asText() : value(one.asText()));
    }
  }

  private static void files(Map<String, byte[]> files, Set<String> into) {
    files.forEach(
        (name, content) -> {
          String text = new String(content, StandardCharsets.UTF_8);
          if (name.startsWith(StackFiles.SECRET)) {
            into.add(text);
          } else if (name.startsWith(StackFiles.VARIABLES)) {
            text.lines().map(SecretWords::value).forEach(into::add);
          }
        });
  }

  /** What stands behind the first sign of equality; nothing where there is none. */
  private static String value(String line) {
    int sign = line.indexOf('=');
    return sign < 0 ? "" : line.substring(sign + 1);
  }

  /** A text without them. */
  public String maskedIn(String text) {
    String masked = text;
    for (String word : words) {
      masked = masked.replace(word, Secrets.MASK);
    }
    return Secrets.withoutCallers(masked);
  }
}
