package io.rolloutlab.analysis.run;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * A part of the findings, or why there is none: a part whose analysis failed does not take the
 * others with it.
 *
 * @param known the part; empty when its analysis failed
 * @param cause why it is missing, for people; empty when it is known
 */
public record Part<T>(Optional<T> known, String cause) {
  /** A part that could be found out. */
  public static <T> Part<T> known(T value) {
    return new Part<>(Optional.of(value), "");
  }

  /** A part that could not be found out. */
  public static <T> Part<T> unknown(String cause) {
    return new Part<>(Optional.empty(), cause);
  }

  /** What the analysis returns; when it throws, what it threw is the cause. */
  public static <T> Part<T> of(Callable<T> analysis) {
    try {
      return known(analysis.call());
    } catch (IllegalArgumentException | IllegalStateException refused) {
      return unknown(String.valueOf(refused.getMessage()));
    } catch (Exception failed) {
      return unknown(failed.toString());
    }
  }

  /** The part seen through a function; stays unknown, with its cause, when it is. */
  public <U> Part<U> map(Function<T, U> view) {
    return known.map(value -> known(view.apply(value))).orElseGet(() -> unknown(cause));
  }

  /**
   * The part.
   *
   * @throws IllegalStateException when it is unknown, with the cause
   */
  public T orThrow() {
    return known.orElseThrow(() -> new IllegalStateException(cause));
  }
}
