package io.rolloutlab.analysis.requests;

import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Numbers sorted into buckets in linear time, without boxes: percentiles of each can be asked. */
public final class Buckets {
  /** The bucket of what is left out. */
  public static final int NONE = -1;

  private final int[] values;
  private final int[] starts;

  private Buckets(int[] values, int[] starts) {
    this.values = values;
    this.starts = starts;
  }

  /**
   * Sorts the numbers 0 to count − 1.
   *
   * @param bucketOf a number's bucket, 0 to buckets − 1, or {@link #NONE}
   * @param valueOf what goes into the bucket for it
   */
  public static Buckets sort(
      int count, int buckets, IntUnaryOperator bucketOf, IntUnaryOperator valueOf) {
    int[] starts = new int[buckets + 1];
    for (int i = 0; i < count; i++) {
      int bucket = bucketOf.applyAsInt(i);
      if (bucket != NONE) {
        starts[bucket + 1]++;
      }
    }
    for (int bucket = 0; bucket < buckets; bucket++) {
      starts[bucket + 1] += starts[bucket];
    }
    int[] values = new int[starts[buckets]];
    int[] next = starts.clone();
    for (int i = 0; i < count; i++) {
      int bucket = bucketOf.applyAsInt(i);
      if (bucket != NONE) {
        values[next[bucket]++] = valueOf.applyAsInt(i);
      }
    }
    return new Buckets(values, starts);
  }

  /** Of the buckets from..to, the last one included; empty when they are. */
  Optional<Percentiles> percentiles(int from, int to) {
    return Percentiles.ofRange(values, starts[from], starts[to + 1]);
  }

  /** Of one bucket. */
  Optional<Percentiles> percentiles(int bucket) {
    return percentiles(bucket, bucket);
  }

  /** All values of all buckets, bucket by bucket. */
  public int[] values() {
    return values;
  }
}
