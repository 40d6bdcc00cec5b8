package io.rolloutlab.twin.edge;

import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.Routes;
import java.util.Optional;

/**
 * What the twin makes of routes that are split by users or seconds: a real edge must do the same.
 */
public final class AsSplit {
  private AsSplit() {}

  /** The version that a user gets at a time, milliseconds since 1970. */
  public static String version(Routes routes, int user, Optional<UserMark> mark, long atMillis) {
    return new RequestRules(routes)
        .of(UserRequest.of(user, mark, atMillis))
        .orElseThrow()
        .version();
  }
}
