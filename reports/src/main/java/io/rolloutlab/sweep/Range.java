package io.rolloutlab.sweep;

import java.util.List;

/** A number over the seeds of a setting. */
public record Range(double mean, double least, double most) {
  /** Of at least one value. */
  static Range of(List<Double> values) {
    var all = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    return new Range(all.getAverage(), all.getMin(), all.getMax());
  }
}
