package io.rolloutlab.scenario;

/** How v2 takes the place of v1. In files the name is in lower case with hyphens. */
public enum Strategy {
  /** The same load and no rollout: the noise that every other number is read against. */
  BASELINE,
  /** Swarm replaces the tasks of the one service, a few at a time; later rolled back. */
  ROLLING,
  /** A second service of the same size; the edge switches between the two. */
  BLUE_GREEN,
  /** A small second service gets a growing share of the requests. */
  CANARY,
  /** A second service gets the requests of listed client addresses, and of nobody else. */
  CANARY_IP;

  /** The name as it stands in files, for example {@code blue-green}. */
  public String fileName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The key of its settings, for example {@code blueGreen}. */
  public String key() {
    return switch (this) {
      case BASELINE -> "baseline";
      case ROLLING -> "rolling";
      case BLUE_GREEN -> "blueGreen";
      case CANARY -> "canary";
      case CANARY_IP -> "canaryIp";
    };
  }
}
