package io.rolloutlab.twin.edge;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the edge can tell of a request when it looks for a route.
 *
 * @param client address after the real-ip rule
 * @param headers by name, whose case does not matter
 * @param cookies by name, whose case does not matter either
 */
public record UserRequest(String client, Map<String, String> headers, Map<String, String> cookies) {
  public UserRequest {
    headers = anyCase(headers);
    cookies = anyCase(cookies);
  }

  /** One with nothing of its own. */
  public static UserRequest from(String client) {
    return new UserRequest(client, Map.of(), Map.of());
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
