package io.rolloutlab.html.run;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.compare.AgainstBaseline;
import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A run minus a baseline, as text.
 *
 * @param name of the baseline
 * @param missing why it could not be compared; empty when it could
 */
public record BaselineRow(
    String name, String errors, String p50, String p95, String p99, String missing) {
  static List<BaselineRow> of(Runs runs, int place) {
    Findings run = runs.findings().get(place);
    List<BaselineRow> rows = new ArrayList<>();
    for (int i = 0; i < runs.findings().size() && !isBaseline(run); i++) {
      Findings other = runs.findings().get(i);
      if (isBaseline(other)) {
        rows.add(of(runs.names().get(i), against(run, other)));
      }
    }
    return rows;
  }

  private static Part<AgainstBaseline> against(Findings run, Findings baseline) {
    boolean silent = run.errors().known().filter(e -> e.sinceRollout().total() == 0).isPresent();
    return silent
        ? Part.unknown("no request since the rollout started has a known end")
        : AgainstBaseline.of(run, baseline);
  }

  private static boolean isBaseline(Findings run) {
    return run.manifest().scenario().isBaseline();
  }

  private static BaselineRow of(String name, Part<AgainstBaseline> part) {
    if (part.known().isEmpty()) {
      return new BaselineRow(name, "", "", "", "", part.cause());
    }
    AgainstBaseline change = part.known().get();
    double points = 100 * change.errorShare();
    String chance =
        change.errorsAboveNoise() ? "more than single requests failing by chance" : "may be chance";
    String errors =
        "%s%s points (%s)".formatted(points > 0 ? "+" : "", FIGURES.number(points, 3), chance);
    return new BaselineRow(
        name,
        errors,
        millis(change, Latency.Change::p50Millis),
        millis(change, Latency.Change::p95Millis),
        millis(change, Latency.Change::p99Millis),
        "");
  }

  private static String millis(AgainstBaseline change, ToIntFunction<Latency.Change> p) {
    return change.latency().map(l -> FIGURES.change(p.applyAsInt(l))).orElse(Figures.NONE);
  }
}
