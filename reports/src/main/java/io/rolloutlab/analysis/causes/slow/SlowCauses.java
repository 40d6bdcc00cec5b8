package io.rolloutlab.analysis.causes.slow;

import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.requests.Slowness;
import java.util.List;

/**
 * Why requests were slow that were sent since x = 0 and answered well.
 *
 * @param slowness what is slow in this run
 * @param answered how many requests were sent since x = 0 and answered well
 * @param slow of them; 0 where it is not known what is slow
 * @param unknown of those, whose cause the record does not tell
 * @param byCause the most frequent first; unknown last
 * @param requests the first {@value SlowCauseAnalysis#MOST_LISTED} of each cause and setting
 */
public record SlowCauses(
    Slowness slowness,
    int answered,
    int slow,
    int unknown,
    List<Causes.ByCause> byCause,
    List<Slow> requests) {
  public SlowCauses {
    byCause = List.copyOf(byCause);
    requests = List.copyOf(requests);
  }

  /** Why it is not known which requests were slow, a sentence; empty where it is. */
  public String missing() {
    return slowness.thresholdMillis().isPresent()
        ? ""
        : ("Which requests were slow is unknown: %s has %s good answers, and fewer than %s do not"
                + " tell what is usual.")
            .formatted(slowness.when(), slowness.answers(), Slowness.LEAST);
  }

  /**
   * What is slow in this run and how many requests were, in sentences.
   *
   * @throws java.util.NoSuchElementException where that is not known
   */
  public String sentence() {
    Percentiles usual = slowness.usual().orElseThrow();
    return ("%s of the %s requests that were sent since x = 0 and answered well took more than %s"
            + " ms. That is slow here: in %s %s answers had a p99 of %s ms, and slow is what takes more"
            + " than three times as long, and over %s ms longer.")
        .formatted(
            slow,
            answered,
            slowness.thresholdMillis().orElseThrow(),
            slowness.when(),
            usual.count(),
            usual.p99Millis(),
            Slowness.NOTICED_MILLIS);
  }
}
