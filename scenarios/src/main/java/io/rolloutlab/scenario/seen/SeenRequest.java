package io.rolloutlab.scenario.seen;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that somebody made.
 *
 * @param method as it was sent, for example {@code GET}
 * @param target path and query; begins with a slash
 * @param status of the answer; 0 where that is not said
 * @param atMillis milliseconds since 1970; empty where that is not said
 */
public record SeenRequest(String method, String target, int status, OptionalLong atMillis) {
  /**
   * What was asked for, of a path or a whole URL; without the fragment, which is never sent.
   *
   * @return begins with a slash; empty for what is neither
   */
  static Optional<String> target(String asked) {
    String local = asked.split("#", 2)[0];
    if (local.startsWith("http://") || local.startsWith("https://")) {
      String behind = local.substring(local.indexOf("://") + 3);
      int path = behind.indexOf('/');
      local = path < 0 ? "/" : behind.substring(path);
    }
    return local.startsWith("/") ? Optional.of(local) : Optional.empty();
  }

  /** The path alone. */
  String path() {
    return target.split("\\?", 2)[0];
  }
}
