package io.rolloutlab.stack.asked;

/** How somebody asks for the rollout of a stack, so that what is wrong is told in his own words. */
public enum AskedWords {
  /** By options of {@code lab stack}. */
  OPTIONS,

  /** By keys of a scenario file. */
  KEYS;

  /** What a part is called. */
  public String name(AskedPart part) {
    return this == KEYS ? part.key() : part.option();
  }

  /** How a part is said: {@code --to IMAGE}, or {@code candidate.image: IMAGE}. */
  public String said(AskedPart part, String value) {
    boolean names = part == AskedPart.STAND_IN;
    if (this == KEYS) {
      return "%s: %s".formatted(part.key(), names ? "[%s]".formatted(value) : value);
    }
    return part.option() + (names ? "=" : " ") + value;
  }

  /** How it is said that the lab's app plays all images. */
  public String allPlayed() {
    return this == KEYS
        ? AskedPart.STAND_IN.key() + ": all"
        : AskedPart.STAND_IN.option() + " alone";
  }
}
