package io.rolloutlab.html;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.chart.BarChart;
import io.rolloutlab.chart.Frame;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.chart.TimeChart;
import io.rolloutlab.chart.TimeChart.Dash;
import io.rolloutlab.gap.Gap;
import io.rolloutlab.gap.GapRow;
import io.rolloutlab.gap.MixCurve;
import io.rolloutlab.gap.MixGap;
import io.rolloutlab.html.part.Conditions;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.html.part.RunFrame;
import io.rolloutlab.html.run.PhaseRow;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What the page of the gaps shows of one scenario beside its numbers.
 *
 * @param id unique in the page
 * @param mix the curves
 * @param distance between their means
 * @param failures a figure for each phase in which requests failed
 * @param phases with their letters; those of the first real run
 * @param scenario as YAML
 */
public record GapView(
    Gap gap,
    String id,
    Figure mix,
    Figure distance,
    List<Figure> failures,
    List<Phase> phases,
    String scenario) {
  private static final double WHOLE = 100;

  /** A phase and the letter it has in the charts. */
  public record Phase(String letter, String shade, String label) {}

  static GapView of(Gap gap, String id) {
    Findings first = gap.live().runs().get(0);
    return new GapView(
        gap,
        id,
        mix(gap, id + "-mix"),
        distance(gap, id + "-distance"),
        IntStream.range(0, gap.failedByPhase().size())
            .mapToObj(i -> failures(gap, gap.failedByPhase().get(i), id + "-failed-" + (i + 1)))
            .toList(),
        first.timeline().phases().stream()
            .filter(phase -> phase.endMillis() > 0)
            .filter(phase -> phase.startMillis() < 1000L * seconds(gap.mix()))
            .map(
                phase ->
                    new Phase(
                        RunFrame.letter(phase.index()), PhaseRow.colour(phase), phase.label()))
            .toList(),
        Conditions.yaml(first.manifest().scenario()));
  }

  private static Figure mix(Gap gap, String id) {
    String title = "Version mix: v2's share of the answers";
    MixGap mix = gap.mix();
    if (seconds(mix) == 0) {
      return Figure.undrawn(id, title, "No request was answered since the rollout began.");
    }
    TimeChart chart = TimeChart.of(frame(gap), "% of answers").upTo(WHOLE);
    List<Figure.Key> keys = new ArrayList<>();
    if (mix.live().size() > 1) {
      mix.live().forEach(run -> line(chart, Ink.LIVE_EACH, Dash.THIN, run));
      keys.add(Figure.Key.line(Ink.LIVE_EACH, Dash.THIN, "each real run"));
    }
    keys.add(Figure.Key.line(Ink.ACCENT, Dash.SOLID, mean(mix.live().size(), "real")));
    keys.add(Figure.Key.line(Ink.TWIN, Dash.DASHED, mean(gap.twins().size(), "simulated")));
    line(chart, Ink.ACCENT, Dash.SOLID, mix.liveMean());
    line(chart, Ink.TWIN, Dash.DASHED, mix.twinMean());
    return Figure.drawn(
        id,
        title,
        "By the second in which requests were sent. The thin lines are about as far from their "
            + "mean as chance takes single runs; where the two thick ones part, one of the two is "
            + "misunderstood.",
        keys,
        (size, svgId) -> chart.svg(size, svgId, "v2's share over time, real and simulated"));
  }

  private static String mean(int runs, String origin) {
    return runs == 1
        ? "the %s run".formatted(origin)
        : "mean of %s %s runs".formatted(runs, origin);
  }

  private static Figure distance(Gap gap, String id) {
    String title = "Where the two means part";
    MixGap mix = gap.mix();
    if (seconds(mix) == 0) {
      return Figure.undrawn(id, title, "There are no curves.");
    }
    if (mix.ofMeans() == 0) {
      return Figure.undrawn(
          id, title, "Nowhere: they are the same in every second in which both have answers.");
    }
    double[] x = IntStream.range(0, seconds(mix)).asDoubleStream().toArray();
    double end = seconds(mix);
    TimeChart chart =
        TimeChart.of(frame(gap), "% points apart")
            .stack(Ink.TWIN, x, above(mix.twinMean(), mix.liveMean(), x), end)
            .stack(Ink.ACCENT, x, above(mix.liveMean(), mix.twinMean(), x), end);
    return Figure.drawn(
        id,
        title,
        "The area between the two thick lines above, second by second: its mean height, %s, is the "
                .formatted(FIGURES.number(mix.ofMeans(), 1) + " %")
            + "number that is judged. Single low seconds are chance, many of one colour in a row "
            + "are not.",
        List.of(
            Figure.Key.area(Ink.TWIN, "more v2 in the simulated runs"),
            Figure.Key.area(Ink.ACCENT, "more v2 in the real runs")),
        (size, svgId) -> chart.svg(size, svgId, "Distance of the mean curves over time"));
  }

  /** Both kinds of runs in one phase, with what lies between the least and the most. */
  private static Figure failures(Gap gap, Gap.PhaseFailures failures, String id) {
    GapRow row = failures.row();
    RunTimeline.Phase phase = failures.phase();
    String title = RunFrame.letter(phase.index()) + " " + phase.label();
    List<BarChart.Bar> bars =
        List.of(bar("real", row.live(), Ink.ACCENT), bar("simulated", row.twin(), Ink.TWIN));
    try {
      String svg = BarChart.of(bars).svg(id + "-", "Failed requests, real and simulated");
      return new Figure(id, title, "", List.of(), svg, "", "");
    } catch (RuntimeException e) {
      return Figure.undrawn(id, title, "This chart could not be drawn: " + e);
    }
  }

  private static BarChart.Bar bar(String name, Range range, Ink ink) {
    return range.isEmpty()
        ? new BarChart.Bar(name, OptionalDouble.empty(), "not known", ink)
        : new BarChart.Bar(
            name,
            OptionalDouble.of(range.mean()),
            FIGURES.range(range, 1),
            ink,
            range.runs() > 1 ? range.least() : Double.NaN,
            range.runs() > 1 ? range.most() : Double.NaN);
  }

  private static int seconds(MixGap mix) {
    return Math.max(mix.liveMean().seconds(), mix.twinMean().seconds());
  }

  /** Steps are left out: each run has its own. */
  private static Frame frame(Gap gap) {
    Frame first = RunFrame.of(gap.live().runs().get(0));
    return new Frame(0, seconds(gap.mix()), first.bands(), List.of());
  }

  private static void line(TimeChart chart, Ink ink, Dash dash, MixCurve curve) {
    chart.line(
        ink,
        dash,
        IntStream.range(0, curve.seconds()).mapToDouble(second -> second + 0.5).toArray(),
        IntStream.range(0, curve.seconds())
            .mapToDouble(second -> WHOLE * curve.share(second))
            .toArray());
  }

  private static double[] above(MixCurve upper, MixCurve lower, double[] seconds) {
    return java.util.Arrays.stream(seconds)
        .map(second -> WHOLE * upper.above(lower, (int) second))
        .map(points -> points > 0 ? points : 0)
        .toArray();
  }
}
