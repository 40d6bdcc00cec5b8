package io.rolloutlab.chart;

import java.util.List;

/**
 * What all time charts of a page share: the stretch of time, and what was going on in it. All times
 * are seconds since the rollout started.
 *
 * @param fromSeconds left end, at most 0 unless the run ended before its rollout
 * @param toSeconds right end
 * @param bands phases, one after the other
 * @param marks steps, by time
 */
public record Frame(double fromSeconds, double toSeconds, List<Band> bands, List<Mark> marks) {
  public Frame {
    if (!(toSeconds > fromSeconds)) {
      throw new IllegalArgumentException(
          "a chart must cover some time, but goes from " + fromSeconds + " to " + toSeconds);
    }
    bands = List.copyOf(bands);
    marks = List.copyOf(marks);
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
}
