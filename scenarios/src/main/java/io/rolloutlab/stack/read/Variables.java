package io.rolloutlab.stack.read;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.stack.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for the variables of a stack file: the environment, then a file {@code .env} beside
 * the first file. Docker's {@code stack deploy} itself reads the environment only.
 */
final class Variables {
  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=(.*)");
  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*)\\1(?:\\s+#.*)?");

  private final Map<String, String> environment;
  private final Map<String, String> file;

  private Variables(Map<String, String> environment, Map<String, String> file) {
    this.environment = environment;
    this.file = file;
  }

  /** The environment alone. */
  static Variables of(Map<String, String> environment) {
    return new Variables(environment, Map.of());
  }

  /**
   * The environment, and behind it a text of lines {@code NAME=value}.
   *
   * @param complaints is told of lines that are none
   */
  static Variables of(
      Map<String, String> environment, String name, String text, StackComplaints complaints) {
    Map<String, String> file = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String stripped = line.strip();
      Matcher matcher = LINE.matcher(stripped);
      if (matcher.matches()) {
        file.put(matcher.group(1), value(matcher.group(2).strip()));
      } else if (!stripped.isEmpty() && !stripped.startsWith("#")) {
        complaints.add(
            new Place(name, number),
            "",
            "\"%s\" is no line of variables: write NAME=value"
                .formatted(Complaints.quoted(stripped)));
      }
    }
    return new Variables(environment, file);
  }

  private static String value(String text) {
    Matcher quoted = QUOTED.matcher(text);
    return quoted.matches() ? quoted.group(2) : text.replaceFirst("(?:^|\\s+)#.*$", "");
  }

  /** A variable's value, which may be the empty text; empty where nobody has set it. */
  Optional<String> value(Name name) {
    return Optional.ofNullable(environment.getOrDefault(name.text(), file.get(name.text())));
  }

  /** Whether a value comes from the file alone. */
  boolean isFromFile(Name name) {
    return !environment.containsKey(name.text()) && file.containsKey(name.text());
  }

  /** A variable's name. */
  record Name(String text) {}
}
