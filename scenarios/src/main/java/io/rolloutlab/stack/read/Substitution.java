package io.rolloutlab.stack.read;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackNote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables into the values of a stack file, as docker's command line does ({@code
 * cli/compose/template}): {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}}, {@code
 * ${NAME-default}}, {@code ${NAME:?message}}, {@code ${NAME?message}}, and {@code $$} for a dollar.
 * As there, {@code $NAME-text} without braces is a default as well.
 */
final class Substitution {
  private static final String NAMED = "[_a-z][_a-z0-9]*(?::?[-?][^}]*)?";
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?i:(?<escaped>\\$)|(?<named>%1$s)|\\{(?<braced>%1$s)\\}|(?<broken>))"
              .formatted(NAMED));
  private static final Pattern PARTS =
      Pattern.compile("(?<name>\\w+)(?:(?<sign>:?[-?])(?<rest>.*))?", Pattern.DOTALL);

  private final Variables variables;
  private final StackComplaints complaints;

  /** Variables that nobody has set, and where each is named first. */
  private final Map<String, Place> missing = new TreeMap<>();

  /** Variables that only the file beside has. */
  private final Map<String, Place> unread = new TreeMap<>();

  private Substitution(Variables variables, StackComplaints complaints) {
    this.variables = variables;
    this.complaints = complaints;
  }

  /**
   * A file with values in the place of variables; keys have none.
   *
   * @param notes are told of what nobody has set, and of what docker would not find
   */
  static YamlPart.Block filled(
      YamlPart.Block file, Variables variables, StackComplaints complaints, List<StackNote> notes) {
    Substitution substitution = new Substitution(variables, complaints);
    YamlPart.Block filled = substitution.in(file, "");
    note(
        substitution.missing,
        "nobody has set these variables, and docker takes the empty text for them: %s",
        notes);
    note(
        substitution.unread,
        "these variables are in .env alone, which docker stack deploy does not read: export %s",
        notes);
    return filled;
  }

  private static void note(Map<String, Place> names, String what, List<StackNote> notes) {
    names.values().stream()
        .min(Comparator.naturalOrder())
        .ifPresent(
            first ->
                notes.add(new StackNote(first, what.formatted(String.join(", ", names.keySet())))));
  }

  private YamlPart.Block in(YamlPart.Block block, String path) {
    Map<String, YamlPart.Entry> entries = new LinkedHashMap<>();
    block
        .entries()
        .forEach(
            (key, entry) ->
                entries.put(
                    key,
                    new YamlPart.Entry(
                        entry.place(),
                        part(entry.value(), path.isEmpty() ? key : path + "." + key))));
    return new YamlPart.Block(block.place(), entries);
  }

  private YamlPart part(YamlPart part, String path) {
    if (part instanceof YamlPart.Block block) {
      return in(block, path);
    } else if (part instanceof YamlPart.Items list) {
      List<YamlPart> items = new ArrayList<>();
      for (YamlPart item : list.items()) {
        items.add(part(item, "%s[%s]".formatted(path, items.size())));
      }
      return new YamlPart.Items(list.place(), items);
    }
    return word((YamlPart.Word) part, path);
  }

  private YamlPart.Word word(YamlPart.Word word, String path) {
    if (word.text().indexOf('$') < 0) {
      return word;
    }
    TreeSet<String> unset = new TreeSet<>();
    Matcher matcher = VARIABLE.matcher(word.text());
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(
          text, Matcher.quoteReplacement(replacement(matcher, word, path, unset)));
    }
    matcher.appendTail(text);
    return new YamlPart.Word(word.place(), text.toString(), false, true, String.join(", ", unset));
  }

  private String replacement(
      Matcher matcher, YamlPart.Word word, String path, TreeSet<String> unset) {
    if (matcher.group("escaped") != null) {
      return "$";
    }
    String named =
        matcher.group("named") == null ? matcher.group("braced") : matcher.group("named");
    if (named == null) {
      complaints.add(
          word.place(),
          path,
          "\"%s\" has a $ that begins no variable: write $$ for a dollar, or ${NAME}"
              .formatted(Complaints.quoted(word.text())));
      return "";
    }
    Matcher parts = PARTS.matcher(named);
    if (!parts.matches()) {
      throw new IllegalStateException("a variable without a name: " + named);
    }
    return value(parts, word, path, unset);
  }

  private String value(Matcher parts, YamlPart.Word word, String path, TreeSet<String> unset) {
    Variables.Name name = new Variables.Name(parts.group("name"));
    String sign = parts.group("sign") == null ? "" : parts.group("sign");
    Optional<String> value =
        variables.value(name).filter(text -> !sign.startsWith(":") || !text.isEmpty());
    if (value.isPresent()) {
      if (variables.isFromFile(name)) {
        unread.putIfAbsent(name.text(), word.place());
      }
      return value.get();
    } else if (sign.endsWith("-")) {
      return parts.group("rest");
    } else if (sign.endsWith("?")) {
      complaints.add(
          word.place(),
          path,
          "the variable %s must be set%s: set it in the environment, or in .env beside the file"
              .formatted(
                  name.text(),
                  parts.group("rest").isBlank()
                      ? ""
                      : " (%s)".formatted(Complaints.quoted(parts.group("rest")))));
    } else {
      unset.add(name.text());
      missing.putIfAbsent(name.text(), word.place());
    }
    return "";
  }
}
