package io.rolloutlab.html.sweep;

import io.rolloutlab.html.part.Conditions;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.sweep.CaseResult;
import io.rolloutlab.sweep.Point;
import io.rolloutlab.sweep.SweepMeasure;
import io.rolloutlab.sweep.SweepResult;
import io.rolloutlab.sweep.SweepWords;
import java.util.ArrayList;
import java.util.List;

/**
 * A sweep as its page shows it.
 *
 * @param measures all of them, as they are numbered in the notes
 * @param file the sweep with every default filled in, as YAML
 */
public record SweepView(
    SweepResult result,
    SweepWords words,
    List<Part> parts,
    List<SweepMeasure> measures,
    String file) {
  public SweepView {
    parts = List.copyOf(parts);
    measures = List.copyOf(measures);
  }

  /**
   * One condition.
   *
   * @param tradeOff errors and cost against time
   * @param curves what each knob does
   * @param all the points by order, parallelism and delay
   */
  public record Part(
      CaseResult result, List<Figure> tradeOff, List<Figure> curves, List<Point> all) {}

  /** What settings are compared by, and what goes with it; the rest is in the long table. */
  public boolean inShort(SweepMeasure measure) {
    return !measure.equals(SweepMeasure.FAILED_PERCENT)
        && !measure.equals(SweepMeasure.P99_BEFORE_MILLIS)
        && !measure.equals(SweepMeasure.REQUESTS);
  }

  /** The view of a sweep that is done. */
  public static SweepView of(SweepResult result) {
    Sweep sweep = result.sweep();
    SweepWords words = SweepWords.of(sweep);
    List<Part> parts = new ArrayList<>();
    for (CaseResult one : result.cases()) {
      String id = "case-" + (parts.size() + 1);
      parts.add(
          new Part(
              one,
              new SweepTradeOff(id, one).figures(),
              SweepCurves.of(id, words, one.points()),
              words.sorted(one.points())));
    }
    return new SweepView(result, words, parts, SweepMeasure.all(), Conditions.yaml(sweep));
  }
}
