package io.rolloutlab.rollout.ab;

import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Percent;
import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.RouteCondition;
import java.time.Duration;

/** The users whose requests carry a cookie get v2 for a while; nobody else does. */
public final class AbCookie extends GroupRollout {
  /**
   * Its settings.
   *
   * @param name of the cookie: lower-case letters, digits and underscores, 40 at most; default
   *     group
   * @param value that the group has in it: letters, digits, dots, hyphens and underscores, 40 at
   *     most; its case does not matter; default b
   * @param users the share of load.users who keep it: those with the smallest numbers; default 10 %
   * @param replicas how many tasks the second service has; 1 to 10,000, default 1
   * @param hold how long the group keeps v2; default 30 s
   */
  public record Settings(String name, String value, Percent users, Integer replicas, Duration hold)
      implements GroupSettings {
    public Settings {
      name = Check.orElse(name, "group");
      value = Check.orElse(value, "b");
      users = Check.orElse(users, new Percent(0.1));
      replicas = Check.orElse(replicas, 1);
      hold = Check.orElse(hold, Duration.ofSeconds(30));
      Check.that(
          RouteCondition.COOKIE.matcher(name).matches(),
          "name",
          ("must be lower-case letters, digits and underscores, 40 at most, with a letter first, but"
                  + " is \"%s\"")
              .formatted(Complaints.quoted(name)));
      GroupSettings.check(value, users, replicas, hold);
    }

    @Override
    public UserMark.Kind kind() {
      return UserMark.Kind.COOKIE;
    }
  }

  @Override
  public Strategy strategy() {
    return new Strategy("ab-cookie", Settings.class);
  }
}
