package io.rolloutlab.scenario.requests;

import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import java.util.regex.Pattern;

/** Names and values that can stand in headers (RFC 9110, 5.5 and 5.6.2). */
final class HeaderText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[ -~]*");

  private HeaderText() {}

  /**
   * Refuses what cannot stand there.
   *
   * @param key the block that they stand in
   */
  static void check(String key, String name, String value) {
    Check.that(
        NAME.matcher(name).matches(), key + "." + name, "is no name that a header could have");
    Check.that(
        VALUE.matcher(value).matches(),
        key + "." + name,
        "is \"%s\", and a header holds printable ASCII alone".formatted(Complaints.quoted(value)));
  }
}
