package io.rolloutlab.app.folder;

import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The batches of a target folder: each call that runs scenarios makes one, {@code runs/BATCH}, with
 * a folder for each run and one for their report.
 *
 * @param folder that holds them; need not be there
 */
public record Batches(Path folder) {
  /** In UTC, so that names sort by time wherever and whenever they were made. */
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final int NAME_LENGTH = "20261126T184512Z".length();

  /**
   * A batch.
   *
   * @param folder of it
   * @param runs their folders by name, at least one
   */
  public record Batch(Path folder, List<Path> runs) {
    /** The name of its folder, by which people ask for it. */
    public String name() {
      return folder.getFileName().toString();
    }

    /** The names of the runs' folders, which are those of their scenarios. */
    public List<String> scenarios() {
      return runs.stream().map(run -> run.getFileName().toString()).toList();
    }

    /** By the name where it tells in UTC; by the runs where it is of an older lab, or renamed. */
    private long startedAtMillis() {
      try {
        String time = name().substring(0, Math.min(name().length(), NAME_LENGTH));
        return Instant.from(NAME.parse(time)).toEpochMilli();
      } catch (DateTimeParseException other) {
        return runs.stream().mapToLong(Batch::ofRun).max().orElseThrow();
      }
    }

    /** A run that cannot be read is none to prefer; who names it is told why. */
    private static long ofRun(Path run) {
      try {
        return HistoryReader.manifest(run).startedAtMillis();
      } catch (HistoryException unreadable) {
        return 0;
      }
    }
  }

  /** Those of a target folder. */
  public static Batches in(Path target) {
    return new Batches(target.resolve("runs"));
  }

  /** A folder for a new one: the time in UTC, and four digits that no other call has by chance. */
  public Path next() {
    return folder.resolve(
        "%s-%04x"
            .formatted(
                NAME.format(Instant.ofEpochMilli(System.currentTimeMillis())),
                ThreadLocalRandom.current().nextInt(0x10000)));
  }

  /** All that hold runs, the newest first. */
  public List<Batch> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return Folders.entries(folder).stream()
        .filter(Files::isDirectory)
        .filter(entry -> !HistoryReader.isRun(entry))
        .map(entry -> new Batch(entry, Folders.runs(entry)))
        .filter(batch -> !batch.runs().isEmpty())
        .sorted(
            Comparator.comparingLong(Batch::startedAtMillis).thenComparing(Batch::name).reversed())
        .toList();
  }

  /** The newest. */
  public Optional<Batch> newest() {
    return all().stream().findFirst();
  }
}
