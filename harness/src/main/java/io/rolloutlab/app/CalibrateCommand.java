package io.rolloutlab.app;

import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.twin.Calibration;
import io.rolloutlab.twin.TwinSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      arity = "1..*",
      paramLabel = "RUN",
      description = "Real runs, or folders of them; not those that gap is then asked about.")
  private List<Path> folders = List.of();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "Where the settings are written.")
  private Path file;

  @Override
  public Integer call() {
    try {
      List<History> runs =
          folders.stream()
              .flatMap(folder -> Folders.runs(folder).stream())
              .map(HistoryReader::read)
              .filter(run -> run.manifest().origin() == Manifest.Origin.LIVE)
              .toList();
      if (runs.isEmpty()) {
        System.err.printf("no real run in %s%n", folders);
        return Lab.BAD_INPUT;
      }
      Calibration.Result result = Calibration.of(TwinSettings.TWO_CORES, runs);
      Files.writeString(file, Calibration.write(result.settings()));
      System.out.printf("%s%nwritten to %s%n", String.join("\n", result.notes()), file);
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
  static TwinSettings settings(Path file) {
    if (file == null) {
      return TwinSettings.TWO_CORES;
    }
    try {
      return Calibration.read(Files.readString(file));
    } catch (IOException | IllegalArgumentException bad) {
      throw new IllegalArgumentException(file + ": " + bad.getMessage(), bad);
    }
  }
}
