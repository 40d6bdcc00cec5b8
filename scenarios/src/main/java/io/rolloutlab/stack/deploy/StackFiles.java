package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.read.FileText;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.SaidStack;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files that a stack file names and that docker reads when it deploys: contents of configs and
 * secrets, and variables. They go to docker beside the text, and nowhere else.
 */
final class StackFiles {
  /** What the names of files with secrets begin with, for docker. */
  static final String SECRET = "secret-";

  /** What the names of files with variables begin with, for docker. */
  static final String VARIABLES = "variables-";

  private final Path folder;
  private final Map<String, byte[]> contents = new TreeMap<>();

  /**
   * @param text whose first file's folder paths start at, as for docker
   */
  StackFiles(SaidStack text) {
    folder = Path.of(text.place().file()).toAbsolutePath().getParent();
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

  /** Name → content. */
  Map<String, byte[]> contents() {
    return contents;
  }
}
