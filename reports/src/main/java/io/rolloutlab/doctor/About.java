package io.rolloutlab.doctor;

import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackService;
import java.util.List;

/**
 * What a rule says of itself.
 *
 * @param name small letters and hyphens, unlike every other rule's
 * @param looksFor what makes it speak, a sentence
 * @param sources where what it says was read or seen, at least one
 */
public record About(String name, String looksFor, List<String> sources) {
  public About {
    if (!name.matches("[a-z]+(-[a-z]+)*") || looksFor.isBlank() || sources.isEmpty()) {
      throw new IllegalArgumentException(
          "a rule has a name of small letters and hyphens, a sentence and a source: \"%s\""
              .formatted(name));
    }
    sources = List.copyOf(sources);
  }

  /**
   * Something that the rule has found.
   *
   * @param what will happen, a sentence with its numbers
   * @param change the one that helps, a sentence
   */
  public Finding finding(
      StackService service, Place place, Sureness sureness, String what, String change) {
    return new Finding(name, service.name(), place, sureness, what, change);
  }
}
