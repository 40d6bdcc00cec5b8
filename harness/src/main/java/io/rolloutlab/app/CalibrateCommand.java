package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.AppPlan;
import io.rolloutlab.scenario.VersionPlan;
import io.rolloutlab.twin.Calibrated;
import io.rolloutlab.twin.Calibration;
import io.rolloutlab.twin.TwinSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The twin's latencies from real runs. Never from those it is then held against. */
@Command(
    name = "calibrate",
    description = "Reads the twin's latencies off real runs, for simulate and gap --settings.")
final class CalibrateCommand implements Callable<Integer> {
  @Parameters(
      defaultValue = "${sys:lab.runs}",
      split = ",",
      paramLabel = "RUN",
      description = "Real runs, or folders of them; not those that gap is then asked about.")
  private List<Path> folders = List.of();

  @Option(
      names = "--to",
      defaultValue = "${sys:lab.settings}",
      paramLabel = "FILE",
      description = "Where the settings are written.")
  private Path file;

  @Override
  public Integer call() {
    try {
      Path to =
          Folders.named(file)
              .orElseThrow(
                  () -> new IllegalArgumentException("--to FILE: where do the settings go?"));
      List<History> runs = runs();
      if (runs.isEmpty()) {
        System.err.printf("no real run to read latencies off in %s%n", folders);
        return Lab.BAD_INPUT;
      }
      Calibration.Result result = Calibration.of(TwinSettings.TWO_CORES, runs);
      List<String> ids = runs.stream().map(run -> run.manifest().runId()).sorted().toList();
      write(to, Calibration.write(new Calibrated(ids, result.settings())));
      System.out.printf("%s%nwritten to %s%n", String.join("\n", result.notes()), to);
      return Lab.PASSED;
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }

  /** Each once; those that cannot be believed, or say nothing of the lab's own app, are named. */
  private List<History> runs() {
    Map<String, History> runs = new LinkedHashMap<>();
    for (Path folder : Folders.named(folders).orElse(List.of())) {
      for (Path run : Folders.runsBelow(folder)) {
        History history = HistoryReader.read(run);
        Optional<String> why =
            LiveRuns.whyNot(Analysis.analyse(history)).or(() -> ownWays(history.manifest()));
        why.ifPresentOrElse(
            reason -> System.out.printf("left out, since %s: %s%n", reason, run),
            () -> runs.putIfAbsent(history.manifest().runId(), history));
      }
    }
    return List.copyOf(runs.values());
  }

  /** The twin's app has the lab's own speed, and its knobs come on top of it. */
  private static Optional<String> ownWays(Manifest manifest) {
    AppPlan app = manifest.scenario().app();
    boolean plain = Stream.of(app.v1(), app.v2()).allMatch(VersionPlan.DEFAULT::equals);
    return plain ? Optional.empty() : Optional.of("its app has an image or a variable of its own");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new IllegalArgumentException(
          "%s: cannot be written; is there such a folder?".formatted(file), unwritable);
    }
  }

  /**
   * The settings of a file; the delivered ones where none is named.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  static Calibrated settings(Path file) {
    if (Folders.named(file).isEmpty()) {
      return Calibrated.DELIVERED;
    }
    try {
      return Calibration.read(Files.readString(file));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "%s: there is no settings file that can be read; lab calibrate writes one"
              .formatted(file),
          unreadable);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(file + ": " + bad.getMessage(), bad);
    }
  }
}
