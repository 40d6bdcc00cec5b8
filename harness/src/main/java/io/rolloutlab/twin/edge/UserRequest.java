package io.rolloutlab.twin.edge;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.users.UserMark;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the edge can tell of a request when it looks for a route.
 *
 * @param client address after the real-ip rule
 * @param atMillis when it was read, milliseconds since 1970
 * @param headers by name, whose case does not matter
 * @param cookies by name, whose case does not matter either
 * @param repeatable whether the edge may send it to another task when a first one has had it
 * @param assetOf the version whose asset it asks for; empty where every version has what it asks
 *     for
 */
public record UserRequest(
    String client,
    long atMillis,
    Map<String, String> headers,
    Map<String, String> cookies,
    boolean repeatable,
    String assetOf) {
  public UserRequest {
    headers = anyCase(headers);
    cookies = anyCase(cookies);
  }

  /** One that may be sent again, as a GET. */
  public UserRequest(
      String client, long atMillis, Map<String, String> headers, Map<String, String> cookies) {
    this(client, atMillis, headers, cookies, true, "");
  }

  /** The same that the edge sends but once. */
  public UserRequest sentOnce() {
    return new UserRequest(client, atMillis, headers, cookies, false, assetOf);
  }

  /** The same for an asset that a page of a version names. */
  public UserRequest forAssetOf(String version) {
    return new UserRequest(client, atMillis, headers, cookies, repeatable, version);
  }

  /** Whether a task of a version has what it asks for. */
  boolean isFoundIn(String version) {
    return assetOf.isEmpty() || assetOf.equals(version);
  }

  /**
   * One that a user of the load sends.
   *
   * @param mark what some of the users carry beside what all do
   */
  public static UserRequest of(int user, Optional<UserMark> mark, long atMillis) {
    Map<String, String> headers = new HashMap<>();
    Map<String, String> cookies = new HashMap<>();
    headers.put(UserMark.USER_ID, Integer.toString(user));
    mark.ifPresent(
        its ->
            its.of(user)
                .ifPresent(
                    value ->
                        (its.kind() == UserMark.Kind.COOKIE ? cookies : headers)
                            .put(its.name(), value)));
    return new UserRequest(LoadPlan.addressOf(user), atMillis, headers, cookies);
  }

  private static Map<String, String> anyCase(Map<String, String> values) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, String> some = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    some.putAll(values);
    return some;
  }
}
