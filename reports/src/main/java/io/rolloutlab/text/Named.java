package io.rolloutlab.text;

import java.util.List;

/** How several things are named in a sentence. */
public final class Named {
  private Named() {}

  /** {@code a, b and c}; a single one as it is, and none as an empty text. */
  public static String and(List<String> all) {
    int last = all.size() - 1;
    return last < 1
        ? String.join("", all)
        : "%s and %s".formatted(String.join(", ", all.subList(0, last)), all.get(last));
  }
}
