package io.rolloutlab.rollout.ab;

import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Percent;
import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.RouteCondition;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** The users whose requests carry a header get v2 for a while; nobody else does. */
public final class AbHeader extends GroupRollout {
  /** What HTTP, or the load itself, has another use for; in lower case. */
  private static final Set<String> TAKEN =
      Set.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "x-forwarded-for",
          "x-forwarded-proto",
          "x-real-ip",
          "x-request-id",
          UserMark.USER_ID.toLowerCase(Locale.ROOT));

  /**
   * Its settings.
   *
   * @param name of the header: letters, digits and hyphens, 40 at most; its case does not matter;
   *     default X-Group
   * @param value that the group's requests have in it: letters, digits, dots, hyphens and
   *     underscores, 40 at most; its case does not matter either; default b
   * @param users the share of load.users whose requests carry it: those with the smallest numbers;
   *     default 10 %
   * @param replicas how many tasks the second service has; 1 to 10,000, default 1
   * @param hold how long the group keeps v2; default 30 s
   */
  public record Settings(String name, String value, Percent users, Integer replicas, Duration hold)
      implements GroupSettings {
    public Settings {
      name = Check.orElse(name, "X-Group");
      value = Check.orElse(value, "b");
      users = Check.orElse(users, new Percent(0.1));
      replicas = Check.orElse(replicas, 1);
      hold = Check.orElse(hold, Duration.ofSeconds(30));
      Check.that(
          RouteCondition.HEADER.matcher(name).matches(),
          "name",
          "must be letters, digits and hyphens, 40 at most, with a letter first, but is \"%s\""
              .formatted(Complaints.quoted(name)));
      Check.that(
          !TAKEN.contains(name.toLowerCase(Locale.ROOT)),
          "name",
          "is %s, which every request has for another use: choose a name such as X-Group"
              .formatted(name));
      GroupSettings.check(value, users, replicas, hold);
    }

    @Override
    public UserMark.Kind kind() {
      return UserMark.Kind.HEADER;
    }
  }

  @Override
  public Strategy strategy() {
    return new Strategy("ab-header", Settings.class);
  }
}
