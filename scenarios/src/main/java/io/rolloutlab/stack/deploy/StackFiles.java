package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.read.FileText;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.SaidStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that a stack file names and that docker reads when it deploys: contents of configs and
 * secrets, and variables. They go to docker beside the text, and nowhere else.
 */
final class StackFiles {
  /** What the names of files with secrets begin with, for docker. */
  static final String SECRET = "secret-";

  /** What the names of files with variables begin with, for docker. */
  static final String VARIABLES = "variables-";

  /** A line of such a file that gives its variable no value; docker lets it be indented. */
  private static final Pattern WITHOUT_VALUE =
      Pattern.compile("\\uFEFF?\\s*(?<name>[^\\s#=][^\\s=]*)(?<sign>=?)");

  private final Path folder;
  private final Map<String, String> environment;
  private final Map<String, byte[]> contents = new TreeMap<>();

  /**
   * @param text whose first file's folder paths start at, as for docker
   */
  StackFiles(SaidStack text) {
    folder = Path.of(text.place().file()).toAbsolutePath().getParent();
    environment = text.environment();
  }

  /** A path as docker would find it; dollars are doubled in what files say. */
  Path path(String said) {
    return folder.resolve(said.replace("$$", "$")).normalize();
  }

  /**
   * Takes one along.
   *
   * @param place where it is named
   * @param kind what people call such a file
   * @param called by which name docker finds it, among all that it is given
   * @param said its path
   * @return that name
   * @throws IllegalArgumentException when it cannot be read
   */
  String take(Place place, String kind, String called, String said) {
    try {
      contents.put(called, FileText.read(path(said), kind));
    } catch (InvalidScenarioException unreadable) {
      throw new IllegalArgumentException(
          "%s: %s".formatted(place.print(), unreadable.getMessage()), unreadable);
    }
    return called;
  }

  /**
   * Takes a file of variables along. Those that it only names, or gives the empty text, have the
   * values of who deploys, as docker gives them (docker/cli {@code pkg/kvfile} and {@code
   * cli/compose/loader}: resolveEnvironment): on the lab's node docker would not find them.
   *
   * @param unset is told each name that stands alone and that nobody has set: docker leaves it out
   * @return as of {@link #take}
   * @throws IllegalArgumentException when the file cannot be read, or has no room for a value
   */
  String takeVariables(Place place, String called, String said, Consumer<String> unset) {
    take(place, "variables", called, said);
    List<String> lines = new String(contents.get(called), StandardCharsets.UTF_8).lines().toList();
    List<String> filled = lines.stream().map(line -> filled(place, line, unset)).toList();
    if (!filled.equals(lines)) {
      contents.put(called, (String.join("\n", filled) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return called;
  }

  private String filled(Place place, String line, Consumer<String> unset) {
    Matcher its = WITHOUT_VALUE.matcher(line);
    if (!its.matches()) {
      return line;
    }
    String name = its.group("name");
    String value = environment.get(name);
    if (value == null) {
      boolean alone = its.group("sign").isEmpty();
      if (alone) {
        unset.accept(name);
      }
      return alone ? "" : line;
    } else if (value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "%s: the value of %s has more than one line, for which a file of variables has no room: name it under environment"
              .formatted(place.print(), name));
    }
    return name + "=" + value;
  }

  /** Name → content. */
  Map<String, byte[]> contents() {
    return contents;
  }
}
