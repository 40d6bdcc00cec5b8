package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Share;
import java.util.List;
import java.util.Optional;

/**
 * Who was hurt, and by which version, by requests sent since x = 0.
 *
 * @param users users with a failed request, over all users with a request in the run: a complete
 *     count, of which the interval says nothing
 * @param byVersion {@code v1} and {@code v2}, then {@code other} (answers that named another
 *     version) and {@code none} (no version is known to have answered), these two only where there
 *     were any
 * @param settings what v2 has else than v1; empty when nothing
 * @param blend a sentence where the latencies of the versions are so far apart that those of both
 *     together are nobody's; see {@link #BLEND_RATIO}
 * @param blendsByPhase phases in order; only those in which both versions answered so far apart
 * @param sentence who was hurt
 */
public record Harm(
    Share users,
    List<ByVersion> byVersion,
    List<Setting> settings,
    Optional<String> blend,
    List<PhaseBlend> blendsByPhase,
    String sentence) {
  /** So many times as long as the other's must the median of one version be for a blend. */
  public static final double BLEND_RATIO = 2;

  /** A difference below this many milliseconds is no blend, whatever the ratio. */
  public static final int LEAST_BLEND_MILLIS = 20;

  public Harm {
    byVersion = List.copyOf(byVersion);
    settings = List.copyOf(settings);
    blendsByPhase = List.copyOf(blendsByPhase);
  }

  /** That the latencies of one phase are those of both versions together, in a sentence. */
  public record PhaseBlend(RunTimeline.Phase phase, String sentence) {}

  /**
   * The requests that one version answered.
   *
   * @param version {@code v1}, {@code v2}, {@code other} or {@code none}
   * @param failed over those whose end is known
   * @param latency of those that succeeded, from the actual sending; empty without any
   */
  public record ByVersion(String version, Share failed, Optional<Percentiles> latency) {}

  /**
   * A setting in which the versions differ; secrets are masked as in the manifest.
   *
   * @param name {@code image}, or that of an environment variable; not escaped
   * @param v1 the value that v1 has; empty where it has none
   * @param v2 the value that v2 has; empty where it has none
   */
  public record Setting(String name, String v1, String v2) {}
}
