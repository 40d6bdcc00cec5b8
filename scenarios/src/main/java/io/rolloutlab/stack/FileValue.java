package io.rolloutlab.stack;

/**
 * A value with its place.
 *
 * @param place where it is said; where it is not, the key of the nearest block around it
 * @param given whether the file says it; else it is what docker or Swarm puts in its place
 */
public record FileValue<T>(T value, Place place, boolean given) {
  /** One that the file says. */
  public static <T> FileValue<T> given(T value, Place place) {
    return new FileValue<>(value, place, true);
  }

  /** One that the file does not say. */
  public static <T> FileValue<T> byDefault(T value, Place place) {
    return new FileValue<>(value, place, false);
  }

  /** Whether it is this value, said or not. */
  public boolean is(T other) {
    return value.equals(other);
  }
}
