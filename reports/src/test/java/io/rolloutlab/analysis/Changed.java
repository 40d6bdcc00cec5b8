package io.rolloutlab.analysis;

import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Findings as they would be, had one thing come out otherwise. */
final class Changed {
  private Changed() {}

  /** A copy of a record with another value of one of its components. */
  static <R extends Record> R with(R record, String component, Object value) {
    if (record instanceof Findings run && !component.equals("evidence")) {
      @SuppressWarnings("unchecked")
      R changed = (R) part(run, component, value);
      return changed;
    }
    RecordComponent[] parts = record.getClass().getRecordComponents();
    if (Arrays.stream(parts).noneMatch(part -> part.getName().equals(component))) {
      throw new IllegalArgumentException("no component " + component);
    }
    try {
      Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        var accessor = parts[i].getAccessor();
        accessor.setAccessible(true);
        values[i] = parts[i].getName().equals(component) ? value : accessor.invoke(record);
      }
      Class<?>[] types =
          Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      @SuppressWarnings("unchecked")
      R copy = (R) constructor.newInstance(values);
      return copy;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Findings have their parts, the manifest and so on in the evidence. */
  private static Findings part(Findings run, String key, Object value) {
    Evidence changed =
        value instanceof Part<?> part
            ? run.evidence().with(key, part)
            : with(run.evidence(), key, value);
    return new Findings(
        changed, run.end(), run.latencyDoubts(), run.expectations(), run.judgement());
  }

  /** The same findings of another scenario. */
  static Findings of(Findings run, Scenario scenario) {
    return with(run, "manifest", with(run.manifest(), "scenario", scenario));
  }

  static Findings replicas(Findings run, int replicas) {
    Scenario scenario = run.manifest().scenario();
    AppPlan app = with(scenario.app(), "replicas", replicas);
    return of(run, with(scenario, "app", app));
  }

  static Findings stopGrace(Findings run, Duration grace) {
    Scenario scenario = run.manifest().scenario();
    return of(run, with(scenario, "app", with(scenario.app(), "stopGrace", grace)));
  }

  static Findings outage(Findings run, long millis) {
    Errors errors = run.errors().orThrow();
    Optional<Span> outage = Optional.of(new Span(1000, 1000 + millis));
    return with(run, "errors", Part.known(with(errors, "longestOutage", outage)));
  }

  static Findings failed(Findings run, int failed, int total) {
    Errors errors = run.errors().orThrow();
    Share share = Share.of(failed, total);
    return with(run, "errors", Part.known(with(errors, "sinceRollout", share)));
  }

  static Findings p99(Findings run, int warmUp, int since) {
    Latency latency = run.latency().orThrow();
    Optional<Percentiles> before = latency.warmUp().map(p -> with(p, "p99Millis", warmUp));
    Optional<Percentiles> after = latency.sinceRollout().map(p -> with(p, "p99Millis", since));
    return with(
        run, "latency", Part.known(with(with(latency, "warmUp", before), "sinceRollout", after)));
  }

  static Findings extraCpu(Findings run, double seconds) {
    Resources resources = run.resources().orThrow();
    Resources.Use app =
        with(resources.app(), "cpuSecondsAboveWarmUp", java.util.OptionalDouble.of(seconds));
    return with(run, "resources", Part.known(with(resources, "app", app)));
  }

  /** Every way back took so long. */
  static Findings back(Findings run, long millis) {
    return with(
        run,
        "transitions",
        Part.known(
            run.transitions().orThrow().stream()
                .map(
                    one ->
                        one.kind() == Transition.Kind.ROLLOUT
                            ? one
                            : with(
                                one,
                                "over",
                                with(
                                    one.over(),
                                    "servedAfterMillis",
                                    java.util.OptionalLong.of(millis))))
                .toList()));
  }
}
