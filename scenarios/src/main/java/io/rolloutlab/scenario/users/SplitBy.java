package io.rolloutlab.scenario.users;

/**
 * By what the edge decides which of the services that share requests gets one: equal texts go the
 * same way, so each different one is one draw of chance.
 */
public enum SplitBy {
  /** Every request by itself. */
  REQUEST("answers"),
  /** The user, by the header {@link UserMark#USER_ID} that names him. */
  USER("users"),
  /** The client's address; each of the load's users has one of his own. */
  ADDRESS("addresses"),
  /** The cookie {@link UserMark#VISITOR}, which each user keeps. */
  COOKIE("cookies"),
  /** The second of the edge's clock: all requests of one second go the same way. */
  SECOND("seconds");

  private final String draws;

  SplitBy(String draws) {
    this.draws = draws;
  }

  /** What is drawn once each, for people, for example {@code users}. */
  public String draws() {
    return draws;
  }

  /** Whether a user goes the same way again as long as the shares are the same. */
  public boolean keepsUsers() {
    return this == USER || this == ADDRESS || this == COOKIE;
  }

  /** Leaves what goes without saying out of files, so that they are as they were before it. */
  public static final class Unsaid {
    /** Made by Jackson, which leaves out what is equal to it. */
    public Unsaid() {}

    @Override
    public boolean equals(Object value) {
      return value == null || value == REQUEST;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
