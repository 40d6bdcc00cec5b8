package io.rolloutlab.twin;

import java.util.List;

/**
 * The twin's latencies with where they come from, so that nobody holds the twin against the runs it
 * was made from.
 *
 * @param runs ids of the real runs they were read off; empty when nobody noted them
 * @param settings the latencies
 */
public record Calibrated(List<String> runs, TwinSettings settings) {
  public Calibrated {
    runs = List.copyOf(runs);
  }
}
