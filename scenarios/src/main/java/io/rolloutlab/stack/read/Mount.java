package io.rolloutlab.stack.read;

/**
 * A mount in one word, {@code [source:]target[:options]}.
 *
 * @param source a volume's name or a path of the node; empty where docker makes a volume
 */
public record Mount(String source, String target) {
  /** Reads it. */
  public static Mount of(String text) {
    // A drive of Windows has a colon of its own, behind one letter.
    String[] parts = text.split("(?<!^[A-Za-z]|:[A-Za-z]):");
    return parts.length == 1 ? new Mount("", parts[0]) : new Mount(parts[0], parts[1]);
  }

  /** Whether the source is a volume of the stack, and not a path. */
  public boolean isNamed() {
    return !source.isEmpty() && !source.matches("[./~\\\\].*|[A-Za-z]:.*");
  }
}
