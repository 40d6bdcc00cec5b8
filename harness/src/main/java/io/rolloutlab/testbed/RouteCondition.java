package io.rolloutlab.testbed;

import io.rolloutlab.scenario.users.SplitBy;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which requests a target of {@link Routes} gets. Who meets a condition on the request itself gets
 * its target: addresses are asked first, then headers and cookies in the order of the targets. All
 * others are shared.
 */
public sealed interface RouteCondition {
  /**
   * A part of the requests that meet no other condition.
   *
   * @param percent 0 to 100; those of all targets add up to 100
   * @param splitBy by what the edge decides which target gets a request, the same for all targets
   */
  record Share(int percent, SplitBy splitBy) implements RouteCondition {
    public Share {
      valid(percent >= 0 && percent <= 100, "a share is from 0 to 100 %, but is " + percent);
    }

    /** Every request is decided on by itself. */
    public Share(int percent) {
      this(percent, SplitBy.REQUEST);
    }
  }

  /**
   * Requests from some addresses.
   *
   * @param networks IPv4 addresses, and networks such as {@code 10.77.0.0/28}
   */
  record Address(List<String> networks) implements RouteCondition {
    public Address {
      networks = List.copyOf(networks);
    }
  }

  /**
   * Requests with a header.
   *
   * @param name letters, digits and hyphens, 40 at most; its case does not matter
   * @param value the whole one, letters, digits, dots, hyphens and underscores, 40 at most; its
   *     case does not matter either
   */
  record Header(String name, String value) implements RouteCondition {
    public Header {
      valid(HEADER.matcher(name).matches(), "\"%s\" is no name of a header".formatted(name));
      comparable(value);
    }
  }

  /**
   * Requests with a cookie.
   *
   * @param name lower-case letters, digits and underscores, 40 at most
   * @param value as that of a header
   */
  record Cookie(String name, String value) implements RouteCondition {
    public Cookie {
      valid(COOKIE.matcher(name).matches(), "\"%s\" is no name of a cookie".formatted(name));
      comparable(value);
    }
  }

  /**
   * A copy of every request, whose answer nobody sees. It can fail no request; but a request is
   * over, and the next one of its connection read, when its copy is answered as well
   * (ngx_http_request.c, ngx_http_finalize_connection).
   */
  record Copied() implements RouteCondition {}

  /** What can be the name of a header. */
  Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,39}");

  /** What can be the name of a cookie. */
  Pattern COOKIE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  /** What can be a value; longer ones would not fit into nginx's hash of 64 bytes a bucket. */
  Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]{1,40}");

  /** Words that mean something else where nginx compares values (ngx_http_map_module). */
  Set<String> RESERVED = Set.of("default", "hostnames", "include", "volatile");

  private static void comparable(String value) {
    valid(
        VALUE.matcher(value).matches() && !RESERVED.contains(value),
        "\"%s\" cannot be compared with".formatted(value));
  }

  private static void valid(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }
}
