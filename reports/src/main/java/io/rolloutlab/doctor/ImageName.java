package io.rolloutlab.doctor;

import java.util.Locale;

/**
 * An image as files name it.
 *
 * @param text for example {@code registry:5000/shop/web:1.2}
 */
public record ImageName(String text) {
  /** What follows the last slash, without tag and digest, in small letters: {@code web}. */
  public String base() {
    return lastPart().replaceFirst(":.*$", "").toLowerCase(Locale.ROOT);
  }

  /** The tag; empty where there is none. */
  public String tag() {
    String last = lastPart();
    return last.contains(":") ? last.substring(last.indexOf(':') + 1) : "";
  }

  /** Whether it names one content for ever. */
  public boolean hasDigest() {
    return text.contains("@");
  }

  /** Whether something is missing in it, since nobody has set a variable. */
  public boolean isIncomplete() {
    return text.isBlank() || text.endsWith(":") || text.endsWith("/") || text.startsWith("/");
  }

  private String lastPart() {
    String named = text.replaceFirst("@.*$", "");
    return named.substring(named.lastIndexOf('/') + 1);
  }
}
