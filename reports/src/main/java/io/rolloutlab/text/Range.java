package io.rolloutlab.text;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * What several runs of one kind say of one measure.
 *
 * @param values of the runs that have one, in their order
 * @param runs how many there are, with or without a value
 */
public record Range(List<Double> values, int runs) {
  public Range {
    values = List.copyOf(values);
  }

  /** Of runs that all have a value. */
  public static Range of(double... values) {
    return new Range(Arrays.stream(values).boxed().toList(), values.length);
  }

  /** Of some runs, read off each. */
  public static <T> Range of(List<T> runs, Function<T, OptionalDouble> measure) {
    List<Double> values =
        runs.stream().map(measure).flatMapToDouble(OptionalDouble::stream).boxed().toList();
    return new Range(values, runs.size());
  }

  /** Whether there is nothing to say. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether every run has a value. */
  public boolean isWhole() {
    return !isEmpty() && values.size() == runs;
  }

  /** The mean of the values; not a number where there are none. */
  public double mean() {
    return stream().average().orElse(Double.NaN);
  }

  /** The one in the middle; between the two in the middle of an even number. */
  public double median() {
    double[] sorted = stream().sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The smallest value; not a number where there are none. */
  public double least() {
    return stream().min().orElse(Double.NaN);
  }

  /** The largest value; not a number where there are none. */
  public double most() {
    return stream().max().orElse(Double.NaN);
  }

  /** Whether a value is from least to most. */
  public boolean spans(double value) {
    return least() <= value && value <= most();
  }

  /** How many of the values are within another range. */
  public long within(Range other) {
    return values.stream().filter(other::spans).count();
  }

  private DoubleStream stream() {
    return values.stream().mapToDouble(Double::doubleValue);
  }
}
