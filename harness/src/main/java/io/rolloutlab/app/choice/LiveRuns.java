package io.rolloutlab.app.choice;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.gap.GapResults.LeftOut;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The real runs that the twin can be held against, and those that it cannot.
 *
 * @param runs at least one
 * @param leftOut the others, with the reason
 */
public record LiveRuns(List<Findings> runs, List<LeftOut> leftOut) {
  public LiveRuns {
    runs = List.copyOf(runs);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Reads runs.
   *
   * @param calibratedOn ids of runs the twin has seen before
   * @throws IllegalArgumentException when none is left, with the reasons
   */
  public static LiveRuns of(List<Path> folders, List<String> calibratedOn) {
    List<Findings> runs = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Path folder : folders) {
      Findings run = Analysis.analyse(HistoryReader.read(folder));
      String id = run.manifest().runId();
      Optional<String> why =
          calibratedOn.contains(id)
              ? Optional.of("the twin was calibrated on this very run")
              : seen.add(id) ? whyNot(run) : Optional.of("it is named twice");
      why.ifPresentOrElse(
          reason -> leftOut.add(new LeftOut("%s (%s)".formatted(id, folder), reason)),
          () -> runs.add(run));
    }
    if (runs.isEmpty()) {
      throw noneOf(leftOut);
    }
    return new LiveRuns(runs, leftOut);
  }

  private static IllegalArgumentException noneOf(List<LeftOut> leftOut) {
    return new IllegalArgumentException(
        "there is no real run to hold the twin against; name some that came to their end%s"
            .formatted(
                leftOut.stream()
                    .map(run -> "%n%s: %s".formatted(run.run(), run.why()))
                    .collect(Collectors.joining())));
  }

  /** Why a run cannot be believed as a real one; absent where it can. */
  public static Optional<String> whyNot(Findings run) {
    if (run.manifest().origin() != Manifest.Origin.LIVE) {
      return Optional.of("it is simulated itself");
    }
    if (run.end().filter(end -> end.end() == Event.End.COMPLETED).isEmpty()) {
      return Optional.of("it did not come to its end");
    }
    return run.reconciled()
        ? Optional.empty()
        : Optional.of("its two witnesses do not agree, so its numbers cannot be trusted");
  }
}
