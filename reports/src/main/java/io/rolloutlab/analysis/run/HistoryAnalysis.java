package io.rolloutlab.analysis.run;

/**
 * Finds out one part of a run's findings. One that is named in {@code
 * META-INF/services/io.rolloutlab.analysis.run.HistoryAnalysis} of its own is asked for every run:
 * its part stands in the findings by its type and in {@code results.json} by its key, and the run's
 * page shows it as a table of its components.
 *
 * @param <T> the part: an immutable record, or a {@code List} of such
 */
public interface HistoryAnalysis<T> {
  /**
   * Its name in {@code results.json}, in camel case, for example {@code canarySteps}; no two
   * analyses have the same. Empty for groundwork, which only other analyses read.
   */
  String key();

  /**
   * How sentences for people call the part, in lower case, for example {@code canary steps}: "The
   * canary steps could not be analysed".
   */
  String words();

  /**
   * By what the part is found: its class, or, where it is a list, the class of the elements; no two
   * analyses have the same.
   */
  Class<?> type();

  /**
   * The part: a pure function of the history and of other parts, which may be asked for in any
   * order. What it throws is the cause for which the part is unknown.
   */
  T of(Inquiry run);
}
