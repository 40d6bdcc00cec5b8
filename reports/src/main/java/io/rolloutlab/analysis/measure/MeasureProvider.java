package io.rolloutlab.analysis.measure;

import java.util.List;

/**
 * Brings measures. A class that is named in {@code
 * META-INF/services/io.rolloutlab.analysis.measure.MeasureProvider} of its own adds them to {@link
 * Measures}, and so to the comparison and its files, to sweeps and to {@code expect}.
 */
public interface MeasureProvider {
  /** In the order in which tables show them. */
  List<Measure> measures();
}
