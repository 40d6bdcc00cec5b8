package io.rolloutlab.html.index;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.chart.BarChart;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One number of all runs side by side. */
final class ComparisonCharts {
  private ComparisonCharts() {}

  /** A figure for every measure that ranks and in which two runs have different numbers. */
  static List<Figure> of(Runs runs) {
    List<Figure> figures = new ArrayList<>();
    for (int m = 0; m < runs.comparison().measures().size(); m++) {
      boolean ranks = runs.comparison().measures().get(m).best() != Best.NONE;
      if (ranks && differs(runs.comparison(), m)) {
        figures.add(figure(runs, m));
      }
    }
    return figures;
  }

  /** As printed: bars whose numbers are the same show nothing. */
  private static boolean differs(Comparison table, int m) {
    return table.rows().stream()
            .map(row -> row.cells().get(m))
            .filter(cell -> cell.value().isPresent())
            .map(cell -> FIGURES.cell(cell, table.measures().get(m)))
            .distinct()
            .count()
        > 1;
  }

  private static Figure figure(Runs runs, int m) {
    Comparison.Measure measure = runs.comparison().measures().get(m);
    List<BarChart.Bar> bars = new ArrayList<>();
    for (int r = 0; r < runs.names().size(); r++) {
      Comparison.Row row = runs.comparison().rows().get(r);
      bars.add(
          new BarChart.Bar(
              runs.names().get(r),
              row.cells().get(m).value(),
              text(row.cells().get(m), measure),
              row.strategy().equals(Strategy.BASELINE) ? Ink.BASELINE : Ink.ACCENT));
    }
    String id = "bar-" + (m + 1);
    try {
      String svg = BarChart.of(bars).svg(id + "-", measure.label());
      return new Figure(id, title(measure), "", List.of(), svg, "", "");
    } catch (RuntimeException e) {
      return Figure.undrawn(id, title(measure), "This chart could not be drawn: " + e);
    }
  }

  private static String text(Comparison.Cell cell, Comparison.Measure measure) {
    String unit = cell.value().isPresent() && !measure.unit().isEmpty() ? " " + measure.unit() : "";
    String mark = cell.best() ? " ★" : "";
    return (FIGURES.cell(cell, measure) + unit).strip() + mark;
  }

  private static String title(Comparison.Measure measure) {
    String best = measure.best().name().toLowerCase(Locale.ROOT);
    return "%s (%s is best)".formatted(measure.label(), best);
  }
}
