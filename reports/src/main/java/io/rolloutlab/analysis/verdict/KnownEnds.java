package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.history.PhaseKind;
import java.util.List;
import java.util.Optional;

/**
 * Whether enough requests have a known end for a number of them to prove something good: of what
 * nobody sent nothing has failed, and what has no end may have.
 */
final class KnownEnds {
  private KnownEnds() {}

  /**
   * What is missing, as the end of a sentence; empty where nothing is.
   *
   * @param in the phases that are judged; empty for the whole run
   */
  static String missing(Measure measure, Evidence run, Optional<PhaseKind> in) {
    return run.part(Errors.class)
        .known()
        .map(
            errors ->
                in.map(kind -> ofPhases(errors, kind)).orElseGet(() -> ofRun(measure, run, errors)))
        .orElse("");
  }

  private static String ofRun(Measure measure, Evidence run, Errors errors) {
    boolean ofRequests = measure.ranks().harm() || measure.reads().inPhase().isPresent();
    if (ofRequests && errors.sinceRollout().total() == 0) {
      return "no request that was sent since x = 0 has a known end";
    }
    boolean bounded = !measure.reads().could().apply(run).isEmpty();
    return measure.ranks().harm() && !bounded && errors.unknownSinceRollout() > 0
        ? "the end of %s requests is not known".formatted(errors.unknownSinceRollout())
        : "";
  }

  private static String ofPhases(Errors errors, PhaseKind kind) {
    List<Errors.PhaseErrors> phases =
        errors.byPhase().stream().filter(row -> row.phase().kind() == kind).toList();
    int unknown = phases.stream().mapToInt(Errors.PhaseErrors::unknown).sum();
    if (unknown > 0) {
      return "the end of %s requests that were sent in it is not known".formatted(unknown);
    }
    return phases.stream().anyMatch(row -> row.sent() == 0) ? "no request was sent in it" : "";
  }
}
