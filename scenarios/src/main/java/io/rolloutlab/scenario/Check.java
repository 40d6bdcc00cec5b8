package io.rolloutlab.scenario;

import java.time.Duration;
import java.util.List;

/**
 * The checks that records of this package make on their own values; each quotes what it refuses.
 */
final class Check {
  private Check() {}

  static <T> T orElse(T value, T whenAbsent) {
    return value == null ? whenAbsent : value;
  }

  static <T> List<T> listOrElse(List<T> value, List<T> whenAbsent) {
    return value == null ? whenAbsent : List.copyOf(value);
  }

  static void between(String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s, but is %s"
              .formatted(key, plain(least), plain(most), plain(value)));
    }
  }

  static void between(String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s, but is %s"
              .formatted(
                  key, Durations.print(least), Durations.print(most), Durations.print(value)));
    }
  }

  static void present(String key, Object value) {
    if (value == null || value instanceof String text && text.isBlank()) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }

  static void that(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException(complaint);
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
