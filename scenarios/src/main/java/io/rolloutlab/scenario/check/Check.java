package io.rolloutlab.scenario.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The checks that records of this package make on their own values; each names the key and quotes
 * what it refuses.
 */
public final class Check {
  private Check() {}

  public static <T> T orElse(T value, T whenAbsent) {
    return value == null ? whenAbsent : value;
  }

  public static <T> List<T> listOrElse(List<T> value, List<T> whenAbsent) {
    return value == null ? whenAbsent : List.copyOf(value);
  }

  public static void between(String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw refused(
          key,
          "must be from %s to %s, but is %s".formatted(plain(least), plain(most), plain(value)));
    }
  }

  public static void between(String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(
          key,
          "must be from %s to %s, but is %s"
              .formatted(Durations.print(least), Durations.print(most), Durations.print(value)));
    }
  }

  public static void between(String key, Memory value, Memory least, Memory most) {
    if (value.bytes() < least.bytes() || value.bytes() > most.bytes()) {
      throw refused(
          key,
          "must be from %s to %s, but is %s".formatted(least.print(), most.print(), value.print()));
    }
  }

  public static void between(String key, Percent value, Percent least, Percent most) {
    if (value.share() < least.share() || value.share() > most.share()) {
      throw refused(
          key,
          "must be from %s to %s, but is %s".formatted(least.print(), most.print(), value.print()));
    }
  }

  public static void present(String key, Object value) {
    if (value == null || value instanceof String text && text.isBlank()) {
      throw refused(key, "is missing");
    }
  }

  /**
   * Refuses a value.
   *
   * @param others keys without whose true values nothing can be said
   */
  public static void that(boolean holds, String key, String what, String... others) {
    if (!holds) {
      throw new InvalidValueException(List.of(new Fault(key, what, List.of(others))));
    }
  }

  /** Refuses all elements of a list that a check refuses. */
  public static <T> void each(String key, List<T> values, Consumer<T> check) {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      try {
        check.accept(values.get(i));
      } catch (IllegalArgumentException bad) {
        faults.add(new Fault("%s[%s]".formatted(key, i), bad.getMessage()));
      }
    }
    all(faults);
  }

  /** Refuses all of these, if there are any. */
  public static void all(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new InvalidValueException(faults);
    }
  }

  private static InvalidValueException refused(String key, String what) {
    return new InvalidValueException(List.of(new Fault(key, what)));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
