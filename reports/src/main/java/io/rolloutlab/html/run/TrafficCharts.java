package io.rolloutlab.html.run;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.chart.Frame;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.chart.TimeChart;
import io.rolloutlab.chart.TimeChart.Dash;
import io.rolloutlab.html.part.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;

/** The charts of what users saw. */
public final class TrafficCharts {
  /** Said where a chart of requests would be. */
  public static final String NO_REQUESTS = "No request was made in this run.";

  private static final int MOST_CLASSES = 5;

  private final Frame frame;

  TrafficCharts(Frame frame) {
    this.frame = frame;
  }

  Figure versionMix(Findings run) {
    String title = "Who answered: version mix";
    if (run.versions().known().isEmpty()) {
      return Figure.undrawn("mix", title, run.versions().cause());
    }
    List<VersionMix.Second> seconds = run.versions().known().get().perSecond();
    if (seconds.isEmpty()) {
      return Figure.undrawn("mix", title, NO_REQUESTS);
    }
    TimeChart chart = mix(frame, seconds);
    List<Figure.Key> keys =
        new ArrayList<>(
            List.of(
                Figure.Key.area(Ink.V1, "v1 answered"), Figure.Key.area(Ink.V2, "v2 answered")));
    if (hasOthers(seconds)) {
      keys.add(Figure.Key.area(Ink.UNKNOWN, "version not known"));
    }
    keys.add(Figure.Key.area(Ink.FAILED, "failed"));
    return Figure.drawn(
        "mix",
        title,
        "Every request by the version that answered it, in the second in which it was sent. A "
            + "staircase means that both versions serve side by side for a while; a wall means a "
            + "switch.",
        keys,
        (size, id) -> chart.svg(size, id, "Requests per second by version, stacked"));
  }

  /** Who answered, one layer on the other; at least one second. */
  public static TimeChart mix(Frame frame, List<VersionMix.Second> seconds) {
    double[] x = each(seconds, VersionMix.Second::second);
    double end = end(seconds, VersionMix.Second::second);
    TimeChart chart =
        TimeChart.of(frame, "requests per second")
            .stack(Ink.V1, x, each(seconds, VersionMix.Second::v1), end)
            .stack(Ink.V2, x, each(seconds, VersionMix.Second::v2), end);
    if (hasOthers(seconds)) {
      chart.stack(Ink.UNKNOWN, x, each(seconds, VersionMix.Second::other), end);
    }
    return chart.stack(Ink.FAILED, x, each(seconds, VersionMix.Second::failed), end);
  }

  private static boolean hasOthers(List<VersionMix.Second> seconds) {
    return seconds.stream().anyMatch(s -> s.other() > 0);
  }

  Figure errors(Findings run) {
    String title = "What failed: errors by class";
    if (run.errors().known().isEmpty()) {
      return Figure.undrawn("errors", title, run.errors().cause());
    }
    List<Errors.Second> seconds = run.errors().known().get().perSecond();
    if (seconds.isEmpty()) {
      return Figure.undrawn("errors", title, NO_REQUESTS);
    }
    List<String> classes = byFrequency(seconds);
    if (classes.isEmpty()) {
      int sent = seconds.stream().mapToInt(Errors.Second::sent).sum();
      return Figure.undrawn("errors", title, "None of the %s requests failed.".formatted(sent));
    }
    return errors(title, seconds, classes, FailureHint.of(run));
  }

  private Figure errors(
      String title, List<Errors.Second> seconds, List<String> classes, String hint) {
    double[] x = each(seconds, Errors.Second::second);
    TimeChart chart = TimeChart.of(frame, "failed requests per second").counting();
    List<Figure.Key> keys = new ArrayList<>();
    int shown = Math.min(classes.size(), MOST_CLASSES);
    for (int i = 0; i < shown; i++) {
      boolean rest = i == shown - 1 && classes.size() > shown;
      List<String> layer = rest ? classes.subList(i, classes.size()) : List.of(classes.get(i));
      chart.stack(
          Ink.error(i),
          x,
          each(seconds, s -> layer.stream().mapToInt(c -> count(s, c)).sum()),
          end(seconds, Errors.Second::second));
      int total =
          seconds.stream().mapToInt(s -> layer.stream().mapToInt(c -> count(s, c)).sum()).sum();
      String name = rest ? "other classes" : classes.get(i);
      keys.add(Figure.Key.area(Ink.error(i), "%s: %s".formatted(name, total)));
    }
    return Figure.drawn(
        "errors",
        title,
        "Failed requests in the second in which they were sent. " + hint,
        keys,
        (size, id) -> chart.svg(size, id, "Failed requests per second by class, stacked"));
  }

  private static List<String> byFrequency(List<Errors.Second> seconds) {
    Map<String, Integer> totals = new TreeMap<>();
    seconds.forEach(
        s -> s.failedByClass().forEach((name, count) -> totals.merge(name, count, Integer::sum)));
    return totals.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int count(Errors.Second second, String errorClass) {
    return second.failedByClass().getOrDefault(errorClass, 0);
  }

  Figure latency(Findings run) {
    String title = "How long it took: latency percentiles";
    if (run.latency().known().isEmpty()) {
      return Figure.undrawn("latency", title, run.latency().cause());
    }
    List<Latency.Second> seconds = run.latency().known().get().perSecond();
    if (seconds.stream().allMatch(s -> s.latency().isEmpty())) {
      return Figure.undrawn("latency", title, "No request succeeded in this run.");
    }
    double[] x = each(seconds, s -> s.second() + 0.5);
    TimeChart chart =
        TimeChart.of(frame, "milliseconds (logarithmic)")
            .logarithmic()
            .line(Ink.P99, Dash.DOTTED, x, percentile(seconds, Percentiles::p99Millis))
            .line(Ink.P95, Dash.DASHED, x, percentile(seconds, Percentiles::p95Millis))
            .line(Ink.P50, Dash.SOLID, x, percentile(seconds, Percentiles::p50Millis));
    return Figure.drawn(
        "latency",
        title,
        "Of requests that succeeded, by the second in which they were sent. Each step of the axis "
            + "is a multiple, not a sum: compare with the warm-up at the left."
            + run.harm().known().flatMap(Harm::blend).map(why -> " " + why).orElse(""),
        List.of(
            Figure.Key.line(Ink.P50, Dash.SOLID, "p50: half were faster"),
            Figure.Key.line(Ink.P95, Dash.DASHED, "p95"),
            Figure.Key.line(Ink.P99, Dash.DOTTED, "p99: one in a hundred was slower")),
        (size, id) -> chart.svg(size, id, "Latency percentiles over time"));
  }

  /** Below a millisecond nothing is measured, and a logarithm needs more than 0. */
  private static double[] percentile(List<Latency.Second> seconds, ToIntFunction<Percentiles> p) {
    return each(
        seconds,
        s -> s.latency().map(known -> Math.max(1.0, p.applyAsInt(known))).orElse(Double.NaN));
  }

  Figure exposure(Findings run) {
    String title = "Who was exposed: users that had met v2";
    if (run.versions().known().isEmpty()) {
      return Figure.undrawn("exposure", title, run.versions().cause());
    }
    List<VersionMix.Pass> passes = run.versions().known().get().passes();
    List<VersionMix.Exposure> seconds =
        passes.stream().flatMap(pass -> pass.perSecond().stream()).toList();
    if (seconds.isEmpty()) {
      return Figure.undrawn("exposure", title, "There was no rollout in this run.");
    }
    if (seconds.stream().allMatch(s -> s.answers() == 0)) {
      return Figure.undrawn("exposure", title, "No request was answered during the rollout.");
    }
    TimeChart chart = TimeChart.of(frame, "% of all users").upTo(100);
    for (VersionMix.Pass pass : passes) {
      List<VersionMix.Exposure> own = pass.perSecond();
      if (!own.isEmpty()) {
        chart.line(
            Ink.V2,
            Dash.SOLID,
            fromZero(own.get(0).second(), each(own, e -> e.second() + 1)),
            fromZero(0, each(own, e -> 100 * e.exposedShare())));
      }
    }
    return Figure.drawn(
        "exposure",
        title,
        "The share of all users that got at least one answer from v2 since the start of the pass. "
            + "A flat line below 100 % means that a bad v2 would have hurt only those.",
        List.of(Figure.Key.line(Ink.V2, Dash.SOLID, "users exposed to v2, each pass from 0")),
        (size, id) -> chart.svg(size, id, "Share of users exposed to v2 over time"));
  }

  private static double[] fromZero(double first, double[] others) {
    return DoubleStream.concat(DoubleStream.of(first), Arrays.stream(others)).toArray();
  }

  static <T> double[] each(List<T> seconds, ToDoubleFunction<T> value) {
    return seconds.stream().mapToDouble(value).toArray();
  }

  static <T> double end(List<T> seconds, ToIntFunction<T> second) {
    return second.applyAsInt(seconds.get(seconds.size() - 1)) + 1.0;
  }
}
