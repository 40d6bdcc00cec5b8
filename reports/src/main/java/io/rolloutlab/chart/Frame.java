package io.rolloutlab.chart;

import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * What all time charts of a page share: the stretch of time, and what was going on in it. All times
 * are seconds since the rollout started.
 *
 * @param fromSeconds left end, at most 0 unless the run ended before its rollout
 * @param toSeconds right end
 * @param bands phases, one after the other
 * @param marks steps, by time
 * @param moments within that time that matter to all of the charts
 */
public record Frame(
    double fromSeconds,
    double toSeconds,
    List<Band> bands,
    List<Mark> marks,
    List<Moment> moments) {
  public Frame {
    if (!(toSeconds > fromSeconds)) {
      throw new IllegalArgumentException(
          "a chart must cover some time, but goes from " + fromSeconds + " to " + toSeconds);
    }
    bands = List.copyOf(bands);
    marks = List.copyOf(marks);
    moments = List.copyOf(moments);
  }

  /** Without moments. */
  public Frame(double fromSeconds, double toSeconds, List<Band> bands, List<Mark> marks) {
    this(fromSeconds, toSeconds, bands, marks, List.of());
  }

  /** Where a time is in the area of the data, in pixels. */
  double x(double seconds, Rectangle2D data) {
    double share = (seconds - fromSeconds) / (toSeconds - fromSeconds);
    return data.getMinX() + share * data.getWidth();
  }

  /**
   * A phase.
   *
   * @param key letter under which the page explains it
   * @param label for people; shown where it fits, else the key
   */
  public record Band(String key, String label, Ink ink, double fromSeconds, double toSeconds) {}

  /**
   * A step.
   *
   * @param key number under which the page explains it
   */
  public record Mark(int key, double atSeconds) {}

  /**
   * A moment that is drawn as a line from top to bottom. No two of a chart differ by colour: each
   * has its own form, and its words beside it.
   *
   * @param label for people, in two or three words
   * @param form stands on its line, and in the legend
   */
  public record Moment(String label, io.rolloutlab.chart.Mark form, double atSeconds) {}
}
