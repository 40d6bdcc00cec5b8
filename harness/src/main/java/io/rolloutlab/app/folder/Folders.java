package io.rolloutlab.app.folder;

import io.rolloutlab.history.HistoryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/** Where things are when nobody says so. Maven passes an empty text for what was not said. */
public final class Folders {
  /** A main job's target holds {@code runs/TIME/SCENARIO}; two more for folders of targets. */
  public static final int DEPTH = 5;

  private Folders() {}

  /** The named paths; absent when there are none. */
  public static Optional<List<Path>> named(List<Path> paths) {
    List<Path> named =
        paths == null
            ? List.of()
            : paths.stream().map(Folders::named).flatMap(Optional::stream).toList();
    return named.isEmpty() ? Optional.empty() : Optional.of(named);
  }

  /** A path, if one was named. */
  public static Optional<Path> named(Path path) {
    return Optional.ofNullable(path).filter(named -> !named.toString().isBlank());
  }

  /** Where runs, report and log go. */
  public static Path target(Path home, Path into) {
    return named(into).orElseGet(() -> home.resolve("target").resolve("rollout-lab"));
  }

  /** The runs in a folder: itself, or those it holds, by name. */
  public static List<Path> runs(Path folder) {
    return HistoryReader.isRun(folder)
        ? List.of(folder)
        : entries(folder).stream().filter(HistoryReader::isRun).toList();
  }

  /**
   * The runs in a folder: itself, or those it holds, down to {@value #DEPTH} levels below it and by
   * name. Nothing is looked for within a run.
   */
  public static List<Path> runsBelow(Path folder) {
    return runsBelow(folder, DEPTH);
  }

  private static List<Path> runsBelow(Path folder, int levels) {
    if (HistoryReader.isRun(folder)) {
      return List.of(folder);
    }
    return levels == 0
        ? List.of()
        : entries(folder).stream()
            .filter(Files::isDirectory)
            .flatMap(entry -> runsBelow(entry, levels - 1).stream())
            .toList();
  }

  /** From now on the log is in a folder; what was logged already stays where it is. */
  public static void logInto(Path folder) {
    System.setProperty("lab.log", folder.resolve("lab.log").toAbsolutePath().toString());
  }

  /** Removes a folder with all that is in it, or a file; a link goes, what it points at stays. */
  public static void remove(Path path) {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        PathUtils.delete(path, PathUtils.noFollowLinkOptionArray());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(path + ": cannot be removed: " + failed.getMessage(), failed);
    }
  }

  /**
   * What is in a folder, by name.
   *
   * @throws IllegalArgumentException when there is no such folder
   */
  static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException missing) {
      throw new IllegalArgumentException(
          folder + ": there is no such folder of runs; run the main job first", missing);
    }
  }
}
