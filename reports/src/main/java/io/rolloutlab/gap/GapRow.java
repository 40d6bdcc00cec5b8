package io.rolloutlab.gap;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.text.Range;

/**
 * One measure of real and of simulated runs.
 *
 * @param measure with its unit; not escaped
 * @param live the real runs' values
 * @param twin the simulated runs' values
 */
public record GapRow(String measure, Range live, Range twin) {
  /**
   * How far the mean of the simulated runs is from that of the real ones, in percent of the latter;
   * not a number where that has no meaning.
   */
  public double percent() {
    if (live.mean() == twin.mean()) {
      return 0;
    }
    return live.mean() == 0 ? Double.NaN : (twin.mean() - live.mean()) / live.mean() * 100;
  }

  /**
   * As a time: whether it is as near as {@link Goal.Kind#TIME} asks for. What always comes to its
   * end on one side has to do so on the other.
   */
  public Verdict verdict() {
    if (live.isWhole() && !twin.isWhole() || live.isEmpty() && !twin.isEmpty()) {
      return Verdict.FAIL;
    }
    if (!live.isWhole() || Double.isNaN(percent())) {
      return Verdict.UNKNOWN;
    }
    return Math.abs(percent()) <= Goal.TIME_PERCENT + Goal.SLACK ? Verdict.PASS : Verdict.FAIL;
  }

  /**
   * As a count: whether the mean of the simulated runs is within the spread of the real ones.
   * Requests are whole: a mean of 0.4 is as near to 0 as a count can be. Fewer than {@value
   * Goal#REPEATS} real runs do not say how far they are spread.
   */
  public Verdict countVerdict() {
    if (!live.isWhole() || !twin.isWhole() || live.runs() < Goal.REPEATS) {
      return Verdict.UNKNOWN;
    }
    return live.spans(Math.round(twin.mean())) ? Verdict.PASS : Verdict.FAIL;
  }
}
