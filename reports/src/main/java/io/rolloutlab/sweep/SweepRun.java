package io.rolloutlab.sweep;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.history.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a sweep keeps of one run: some numbers, so that its history can go.
 *
 * @param values those that are known, by {@link SweepMeasure#key}
 * @param trouble why its numbers cannot be used; empty when they can
 */
public record SweepRun(Map<String, Double> values, String trouble) {
  public SweepRun {
    values = Map.copyOf(values);
  }

  /**
   * Of a simulated run.
   *
   * @throws IllegalArgumentException when it is a real one
   */
  public static SweepRun of(Findings run) {
    if (run.manifest().origin() != Manifest.Origin.TWIN) {
      throw new IllegalArgumentException(
          "a sweep is of simulated runs, but %s is %s"
              .formatted(run.manifest().runId(), run.manifest().origin()));
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (SweepMeasure measure : SweepMeasure.all()) {
      measure.of(run).ifPresent(value -> values.put(measure.key(), value));
    }
    return new SweepRun(values, trouble(run, values));
  }

  /** One of its numbers; empty when it is not known. */
  OptionalDouble value(SweepMeasure measure) {
    Double value = values.get(measure.key());
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static String trouble(Findings run, Map<String, Double> values) {
    if (!run.verdict().isFine()) {
      return run.reasons().isEmpty() ? run.verdict().inWords() : run.reasons().get(0);
    }
    return values.containsKey(SweepMeasure.SECONDS.key())
        ? ""
        : "v2 never served everybody: " + whyNot(run);
  }

  private static String whyNot(Findings run) {
    String outcome =
        run.outcomes().known().stream()
            .flatMap(List::stream)
            .findFirst()
            .map(found -> "the update: %s; ".formatted(found.inWords()))
            .orElse("");
    String why =
        run.transitions().known().stream()
            .flatMap(List::stream)
            .findFirst()
            .map(Transition::notServed)
            .orElse("no rollout was recorded");
    return outcome + why;
  }
}
