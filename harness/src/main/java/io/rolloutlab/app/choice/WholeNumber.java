package io.rolloutlab.app.choice;

import io.rolloutlab.testbed.StepFailedException;
import java.util.OptionalInt;

/** A whole number that a command may be told: 1 or more, up to a limit. */
final class WholeNumber {
  private WholeNumber() {}

  /**
   * The number that was said.
   *
   * @param option that says it, for people: {@code --repeats}
   * @param text what was said; null or blank where nothing was, since Maven passes an empty text
   *     then
   * @param most the largest that is taken
   * @return from 1 to {@code most}; empty where nothing was said
   * @throws StepFailedException when it is no such number
   */
  static OptionalInt said(String option, String text, int most) {
    if (text == null || text.isBlank()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1 && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw new StepFailedException(
        "%s %s: this must be a whole number from 1 to %s".formatted(option, text, most));
  }
}
