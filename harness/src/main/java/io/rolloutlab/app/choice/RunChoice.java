package io.rolloutlab.app.choice;

import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** Which recorded runs a command takes. */
public final class RunChoice {
  /** More are not listed when a name is wrong. */
  private static final int LISTED = 12;

  @Parameters(
      paramLabel = "RUN",
      defaultValue = "${sys:lab.runs}",
      split = ",",
      description = {
        "Recorded runs: the folder of a run, of a batch or of all runs (or one that holds such"
            + " folders, down to "
            + Folders.DEPTH
            + " levels), the name of a batch, the name of a"
            + " scenario of the newest batch, or BATCH/SCENARIO."
      })
  private List<String> names = List.of();

  /**
   * What was chosen.
   *
   * @param runs folders, at least one
   * @param words what they are, to be told
   * @param batch whose runs they are, where they are all of one batch
   */
  public record Chosen(List<Path> runs, String words, Optional<Path> batch) {}

  /** What was named; Maven passes an empty text where nothing was. */
  public List<String> named() {
    return names == null ? List.of() : names.stream().filter(name -> !name.isBlank()).toList();
  }

  /**
   * Finds them.
   *
   * @param target whose batches are meant by names, and by none: all of the newest then
   * @throws IllegalArgumentException when there is no such run, with those that there are
   */
  public Chosen in(Path target) {
    return named().isEmpty() ? newest(Batches.in(normal(target))) : in(target, named());
  }

  /**
   * Finds runs by their names.
   *
   * @param target whose batches are meant by names
   * @param names at least one
   * @throws IllegalArgumentException when there is no such run, with those that there are
   */
  public static Chosen in(Path target, List<String> names) {
    Batches batches = Batches.in(normal(target));
    Set<Path> runs = new LinkedHashSet<>();
    for (String name : names) {
      runs.addAll(find(name.strip(), batches));
    }
    return chosen(List.copyOf(runs));
  }

  private static Path normal(Path target) {
    return target.toAbsolutePath().normalize();
  }

  private static Chosen newest(Batches batches) {
    return chosen(
        batches.newest().orElseThrow(() -> new IllegalArgumentException(listing(batches))).runs());
  }

  private static Chosen chosen(List<Path> runs) {
    List<Path> parents = runs.stream().map(Path::getParent).distinct().toList();
    String count = runs.size() == 1 ? "the run" : "the %s runs".formatted(runs.size());
    if (parents.size() > 1 || parents.get(0) == null) {
      return new Chosen(
          runs, "%s of %s batches".formatted(count, parents.size()), Optional.empty());
    }
    Path batch = parents.get(0);
    boolean whole = Folders.runs(batch).size() == runs.size();
    String which =
        runs.stream().map(run -> run.getFileName().toString()).collect(Collectors.joining(", "));
    return new Chosen(
        runs,
        "%s of batch %s: %s".formatted(count, batch.getFileName(), which),
        whole ? Optional.of(batch) : Optional.empty());
  }

  private static List<Path> find(String name, Batches batches) {
    List<Path> below = below(name);
    if (!below.isEmpty()) {
      return below;
    }
    List<Batches.Batch> all = batches.all();
    for (Batches.Batch batch : all) {
      if (batch.name().equals(name)) {
        return batch.runs();
      }
    }
    List<Path> found = ofOneScenario(name, all);
    if (found.isEmpty()) {
      throw unknown(name, batches);
    }
    return found;
  }

  /** By BATCH/SCENARIO, or else by the scenario's name in the newest batch. */
  private static List<Path> ofOneScenario(String name, List<Batches.Batch> newestFirst) {
    List<Path> found = new ArrayList<>();
    for (Batches.Batch batch : newestFirst) {
      String prefix = batch.name() + "/";
      if (name.startsWith(prefix)) {
        found.addAll(called(name.substring(prefix.length()), batch));
      }
    }
    if (found.isEmpty() && !newestFirst.isEmpty()) {
      found.addAll(called(name, newestFirst.get(0)));
    }
    return found;
  }

  private static List<Path> called(String name, Batches.Batch batch) {
    return batch.runs().stream().filter(run -> isCalled(run, name)).toList();
  }

  /** By its folder or its scenario, whose repeats are in folders with a number. */
  private static boolean isCalled(Path run, String name) {
    if (run.getFileName().toString().equals(name)) {
      return true;
    }
    try {
      return HistoryReader.manifest(run).scenario().name().equals(name);
    } catch (HistoryException unreadable) {
      return false;
    }
  }

  private static IllegalArgumentException unknown(String name, Batches batches) {
    return new IllegalArgumentException(
        "%s: %s%n%s"
            .formatted(
                name,
                isFolder(name)
                    ? "no run is in this folder, down to %s levels".formatted(Folders.DEPTH)
                    : "there is no such folder, no such batch, and no such scenario in the newest"
                        + " batch",
                listing(batches)));
  }

  private static List<Path> below(String name) {
    return isFolder(name)
        ? Folders.runsBelow(Path.of(name).toAbsolutePath().normalize())
        : List.of();
  }

  private static boolean isFolder(String name) {
    try {
      return Files.isDirectory(Path.of(name));
    } catch (InvalidPathException notEvenAPath) {
      return false;
    }
  }

  private static String listing(Batches batches) {
    List<Batches.Batch> all = batches.all();
    if (all.isEmpty()) {
      return "there are no recorded runs in %s: `lab run` (mvn verify -Pstrategies) makes some"
          .formatted(batches.folder());
    }
    String some =
        all.stream()
            .limit(LISTED)
            .map(one -> "  %s: %s".formatted(one.name(), String.join(", ", one.scenarios())))
            .collect(Collectors.joining("%n".formatted()));
    String rest = all.size() > LISTED ? "%n  and %s older ones".formatted(all.size() - LISTED) : "";
    return "the batches in %s, the newest first:%n%s%s".formatted(batches.folder(), some, rest);
  }
}
