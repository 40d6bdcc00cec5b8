package io.rolloutlab.stack.asked;

/** Something that was asked for, beside the stack file, makes no sense with it. */
public final class RefusedPartException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final AskedPart part;
  private final String value;
  private final String what;

  /**
   * @param words in which it was asked for
   * @param value that is refused
   * @param what is wrong with it, and what to do, as a sentence
   */
  public RefusedPartException(AskedWords words, AskedPart part, String value, String what) {
    super("%s: %s".formatted(words.said(part, value), what));
    this.part = part;
    this.value = value;
    this.what = what;
  }

  /** What was asked for. */
  public AskedPart part() {
    return part;
  }

  /** The value, and what is wrong with it: what stands behind the key of a file. */
  public String what() {
    return "\"%s\": %s".formatted(value, what);
  }
}
