package io.rolloutlab.scenario.users;

import java.util.Optional;

/**
 * What the requests of some users carry, beside what those of all do, so that the edge can tell
 * them apart.
 *
 * @param kind where it stands
 * @param name of the header or of the cookie
 * @param value that all who carry it have; null where each has one of his own, the same in every
 *     run
 * @param users how many carry it: the users 0 to {@code users} − 1
 */
public record UserMark(Kind kind, String name, String value, int users) {
  /** The header with the user's number, which every request has. */
  public static final String USER_ID = "X-User-Id";

  /** The cookie by which an edge knows a user again. */
  public static final String VISITOR = "visitor";

  private static final String COOKIES = "Cookie";

  /** Odd, so that no two users get the same of 2³² values; and far apart they are, too. */
  private static final int FAR_APART = 0x9E3779B9;

  /** Where something can stand in a request. */
  public enum Kind {
    /** In a header of its own. */
    HEADER,
    /** In the header of cookies. */
    COOKIE
  }

  /** A cookie of his own for each of so many users. */
  public static UserMark visitors(int users) {
    return new UserMark(Kind.COOKIE, VISITOR, null, users);
  }

  /** The value that a user carries; absent for one who carries none. */
  public Optional<String> of(int user) {
    if (user >= users) {
      return Optional.empty();
    }
    return Optional.of(value == null ? "%08x".formatted(user * FAR_APART) : value);
  }

  /** The name of the header that it stands in. */
  public String header() {
    return kind == Kind.HEADER ? name : COOKIES;
  }

  /** What stands in that header for a user; absent for one who carries none. */
  public Optional<String> headerOf(int user) {
    return of(user).map(its -> kind == Kind.HEADER ? its : name + "=" + its);
  }

  /**
   * What all who carry it have, for people and as histories name the condition of a route: {@code
   * header X-Group: b}, {@code cookie group=b}.
   */
  public String inWords() {
    return (kind == Kind.HEADER ? "header %s: %s" : "cookie %s=%s").formatted(name, value);
  }
}
