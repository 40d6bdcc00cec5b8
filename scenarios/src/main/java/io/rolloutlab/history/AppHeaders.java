package io.rolloutlab.history;

/**
 * What an answer says of itself, in headers of the app.
 *
 * @param version {@code v1} or {@code v2} or what else it says; empty without one
 * @param replica container that answered; empty without one
 */
public record AppHeaders(String version, String replica) {
  /** Of an answer that says nothing, and of none. */
  public static final AppHeaders NONE = new AppHeaders("", "");
}
