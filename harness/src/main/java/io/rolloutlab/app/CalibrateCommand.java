package io.rolloutlab.app;

import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.twin.Calibrated;
import io.rolloutlab.twin.Calibration;
import io.rolloutlab.twin.TwinSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
          named(file)
              .orElseThrow(
                  () -> new IllegalArgumentException("--to FILE: where do the settings go?"));
      List<History> runs =
          Folders.named(folders).orElse(List.of()).stream()
              .flatMap(folder -> Folders.runsBelow(folder).stream())
              .map(HistoryReader::read)
              .filter(run -> run.manifest().origin() == Manifest.Origin.LIVE)
              .toList();
      if (runs.isEmpty()) {
        System.err.printf("no real run in %s%n", folders);
        return Lab.BAD_INPUT;
      }
      Calibration.Result result = Calibration.of(TwinSettings.TWO_CORES, runs);
      List<String> ids = runs.stream().map(run -> run.manifest().runId()).sorted().toList();
      Files.writeString(to, Calibration.write(new Calibrated(ids, result.settings())));
      System.out.printf("%s%nwritten to %s%n", String.join("\n", result.notes()), to);
      return Lab.PASSED;
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /**
   * The settings of a file; the delivered ones where none is named.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  static Calibrated settings(Path file) {
    if (named(file).isEmpty()) {
      return new Calibrated(List.of(), TwinSettings.TWO_CORES);
    }
    try {
      return Calibration.read(Files.readString(file));
    } catch (IOException | IllegalArgumentException bad) {
      throw new IllegalArgumentException(file + ": " + bad.getMessage(), bad);
    }
  }

  /** The file, if one was named. Maven passes an empty text for what was not said. */
  static Optional<Path> named(Path file) {
    return Optional.ofNullable(file).filter(named -> !named.toString().isBlank());
  }
}
