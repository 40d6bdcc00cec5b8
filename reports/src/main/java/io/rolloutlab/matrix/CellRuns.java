package io.rolloutlab.matrix;

import java.util.List;

/**
 * The runs of a cell, as far as they are there.
 *
 * @param runs in the order of their seeds; none where none was made yet
 * @param unread of each run that is there and cannot be read: where it lies, and why
 */
public record CellRuns(List<MatrixRun> runs, List<String> unread) {
  public CellRuns {
    runs = List.copyOf(runs);
    unread = List.copyOf(unread);
  }

  /** Runs that could all be read. */
  public static CellRuns of(List<MatrixRun> runs) {
    return new CellRuns(runs, List.of());
  }
}
