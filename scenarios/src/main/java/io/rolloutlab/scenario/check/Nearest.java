package io.rolloutlab.scenario.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who wrote a word that is not known. */
public final class Nearest {
  private Nearest() {}

  public static Optional<String> to(String word, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparing(candidate -> distance.apply(word, candidate)))
        .filter(candidate -> distance.apply(word, candidate) <= Math.max(2, word.length() / 2));
  }

  /** As a bracket behind a sentence; empty when nothing is near. */
  public static String asked(String word, Collection<String> known) {
    return to(word, known).map(near -> " (did you mean \"" + near + "\"?)").orElse("");
  }
}
