package io.rolloutlab.twin.edge;

import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.MurmurHash2;

/**
 * nginx's {@code split_clients} where the text is not each request's own: the hash of the text, as
 * a number from 0 to 2³² − 1, belongs to the first target up to whose share, and the shares before
 * it, the numbers reach (ngx_http_split_clients_module.c, 1.26). The hash is MurmurHash2, begun
 * with 0 (ngx_murmurhash.c). So who gets the last target at one share gets it at every larger one.
 */
final class SplitClients {
  private static final long ALL = 0xFFFFFFFFL;

  /** Shares are counted in hundredths of a percent there. */
  private static final long HUNDREDTHS = 100;

  /** nginx's {@code $time_local}, in a container without a time zone of its own. */
  private static final DateTimeFormatter TIME_LOCAL =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final List<Target> targets;
  private final SplitBy splitBy;

  /**
   * @param routes whose requests are split by anything but each by itself
   */
  SplitClients(Routes routes) {
    targets = routes.sharing();
    splitBy = routes.splitBy();
  }

  /** Who gets a request. */
  Target of(UserRequest request) {
    long number = hash(key(request));
    long reached = 0;
    for (Target target : targets) {
      reached += target.share() * HUNDREDTHS * ALL / (100 * HUNDREDTHS);
      if (number < reached) {
        return target;
      }
    }
    // The last one has the rest, however the parts before it are rounded.
    return targets.get(targets.size() - 1);
  }

  private String key(UserRequest request) {
    return switch (splitBy) {
      case REQUEST -> throw new IllegalStateException("chance decides on each request by itself");
      case USER -> request.headers().getOrDefault(UserMark.USER_ID, "");
      case ADDRESS -> request.client();
      case COOKIE -> request.cookies().getOrDefault(UserMark.VISITOR, "");
      case SECOND -> TIME_LOCAL.format(Instant.ofEpochMilli(request.atMillis()));
    };
  }

  private static long hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Integer.toUnsignedLong(MurmurHash2.hash32(bytes, bytes.length, 0));
  }
}
