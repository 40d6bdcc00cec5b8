package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Share;
import java.util.Optional;

/**
 * A run's numbers since x = 0 minus those of a baseline run: what the rollout adds to the noise.
 *
 * @param latency of the run minus that of the baseline; empty when either has none
 * @param errorShare of the run minus that of the baseline, −1 to 1
 * @param errorsAboveNoise whether the run's error interval lies above the baseline's, so that the
 *     difference is more than chance
 */
public record AgainstBaseline(
    Optional<Latency.Change> latency, double errorShare, boolean errorsAboveNoise) {
  /**
   * Compares a run with a baseline; unknown when a part of either is, and when the two were not
   * made under the same conditions ({@link Differences#conditions}).
   *
   * @throws IllegalArgumentException when one is real and the other simulated
   */
  public static Part<AgainstBaseline> of(Findings run, Findings baseline) {
    Comparison.oneOrigin(java.util.List.of(run, baseline));
    String others = Differences.ofConditions(baseline, run);
    return others.isEmpty()
        ? Part.of(() -> between(run, baseline))
        : Part.unknown("its conditions were others (baseline / this run): " + others);
  }

  private static AgainstBaseline between(Findings run, Findings baseline) {
    Optional<Latency.Change> latency =
        baseline
            .latency()
            .orThrow()
            .sinceRollout()
            .flatMap(
                from ->
                    run.latency()
                        .orThrow()
                        .sinceRollout()
                        .map(to -> Latency.Change.between(from, to)));
    Share noise = baseline.errors().orThrow().sinceRollout();
    Share errors = run.errors().orThrow().sinceRollout();
    return new AgainstBaseline(
        latency, errors.share() - noise.share(), errors.low() > noise.high());
  }
}
