package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a measure is called.
 *
 * @param key short and stable, in camel case with its unit, for files and {@code expect}, for
 *     example {@code rollbackSeconds}
 * @param label for people
 * @param unit for example {@code s}, {@code %}, {@code ms}, {@code tasks}; empty for a count
 * @param decimals to print
 * @param howMeasured a sentence, without its full stop
 */
public record Heading(String key, String label, String unit, int decimals, String howMeasured) {
  private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]*");

  public Heading {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "the key of a measure is letters and digits and begins with a small letter, but is \"%s\""
              .formatted(key));
    }
  }

  /** A measure that is read off one part of the findings; it ranks nothing. */
  public <T> Measure read(Class<T> part, Function<T, OptionalDouble> number) {
    return read(run -> run.part(part).map(number));
  }

  /** A measure that is read off a part that is a list. */
  public <E> Measure readList(Class<E> of, Function<List<E>, OptionalDouble> number) {
    return read(run -> run.list(of).map(number));
  }

  /**
   * A measure.
   *
   * @param number empty where it does not apply to a run, or too little was seen to say
   */
  public Measure read(Function<Evidence, Part<OptionalDouble>> number) {
    return Measure.of(this, number);
  }
}
