package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.app.choice.LiveRuns;
import io.rolloutlab.app.choice.RunChoice;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.calibration.Calibration;
import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.swarm.cluster.Engine;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The twin's latencies from real runs. Never from those it is then held against. */
@Command(
    name = "calibrate",
    description = "Reads the twin's latencies off real runs, for simulate and gap --settings.")
final class CalibrateCommand implements Callable<Integer> {
  @Mixin private RunChoice choice;

  @Option(
      names = "--to",
      defaultValue = "${sys:lab.settings}",
      paramLabel = "FILE",
      description = "Where the settings are written.")
  private Path file;

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "Whose batches are meant by names. Default: target/rollout-lab")
  private Path into;

  @Override
  public Integer call() {
    try {
      Path to =
          Folders.named(file)
              .orElseThrow(
                  () -> new IllegalArgumentException("--to FILE: where do the settings go?"));
      if (choice.named().isEmpty()) {
        throw new IllegalArgumentException(
            "name the runs that the latencies are read off; not those of the last batch, which gap"
                + " is asked about by default");
      }
      RunChoice.Chosen chosen = choice.in(Folders.target(Engine.home(), into));
      System.out.println("reading latencies off " + chosen.words());
      List<History> runs = runs(chosen.runs());
      if (runs.isEmpty()) {
        throw new IllegalArgumentException(
            "none of them is a real run whose times can be taken for the twin's");
      }
      Calibration.Result result = Calibration.of(Calibrated.DELIVERED.settings(), runs);
      List<String> ids = runs.stream().map(run -> run.manifest().runId()).sorted().toList();
      write(to, Calibration.write(new Calibrated(ids, result.settings())));
      System.out.printf("%s%nwritten to %s%n", String.join("\n", result.notes()), to);
      return Lab.PASSED;
    } catch (HistoryException | IllegalArgumentException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
  }

  /**
   * Each once; those that cannot be believed, say nothing of the lab's own app, ask for other
   * things than its first page, or shared their machine with others are named.
   */
  private static List<History> runs(List<Path> folders) {
    Map<String, History> runs = new LinkedHashMap<>();
    for (Path run : folders) {
      History history = HistoryReader.read(run);
      Optional<String> why =
          LiveRuns.whyNot(Analysis.analyse(history))
              .or(() -> ownWays(history.manifest()))
              .or(() -> ownRequests(history.manifest()))
              .or(() -> besideOthers(history.manifest()));
      why.ifPresentOrElse(
          reason -> System.out.printf("left out, since %s: %s%n", reason, run),
          () -> runs.putIfAbsent(history.manifest().runId(), history));
    }
    return List.copyOf(runs.values());
  }

  /** The twin's app has the lab's own speed, and its knobs come on top of it. */
  private static Optional<String> ownWays(Manifest manifest) {
    AppPlan app = manifest.scenario().app();
    boolean plain = Stream.of(app.v1(), app.v2()).allMatch(VersionPlan.DEFAULT::equals);
    return plain ? Optional.empty() : Optional.of("its app has an image or a variable of its own");
  }

  /** The twin's app takes the same time for whatever it is asked. */
  private static Optional<String> ownRequests(Manifest manifest) {
    return manifest.scenario().load().requests().isEmpty()
        ? Optional.empty()
        : Optional.of("its load.requests take times of their own");
  }

  /** The twin has its machine to itself. */
  private static Optional<String> besideOthers(Manifest manifest) {
    int others = manifest.beside();
    return others == 0
        ? Optional.empty()
        : Optional.of(
            "%s other%s made beside it, so its times are those of a machine that it shared"
                .formatted(others, others == 1 ? " was" : "s were"));
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
