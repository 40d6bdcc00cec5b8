package io.rolloutlab.swarm.cluster;

import io.rolloutlab.testbed.StepFailedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports of the engine's machine that the lab may publish on. The engine itself takes a free one
 * of them for each that a node publishes, so that runs at once, of several labs as well, never
 * meet.
 *
 * @param address of the engine's machine, IPv4, that the ports are bound to; empty where the lab
 *     chooses it
 * @param from the first port, 1 to 65535
 * @param to the last one, at least the first
 */
public record PortRange(Optional<String> address, int from, int to) {
  private static final int LAST = 65_535;
  private static final int OCTET = 255;

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<address>\\d{1,3}(?:\\.\\d{1,3}){3}):)?(?<from>\\d{1,5})-(?<to>\\d{1,5})");

  /**
   * Reads {@code 24000-24063}, or the same behind an address and a colon.
   *
   * @throws StepFailedException when the text is no range, quoting it and saying what one is
   */
  public static PortRange parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw refused(
          text,
          "this must be the first and the last port with a hyphen between them, as in 24000-24063;"
              + " an IPv4 address of the engine's machine may stand before them, as in"
              + " 0.0.0.0:24000-24063");
    }
    Optional<String> address = Optional.ofNullable(parts.group("address"));
    if (address.isPresent() && !isAddress(address.get())) {
      throw refused(text, address.get() + " is no IPv4 address");
    }
    int from = Integer.parseInt(parts.group("from"));
    int to = Integer.parseInt(parts.group("to"));
    if (from < 1 || to > LAST) {
      throw refused(text, "ports are from 1 to " + LAST);
    }
    if (from > to) {
      throw refused(text, "the first port must not be above the last one");
    }
    return new PortRange(address, from, to);
  }

  private static boolean isAddress(String text) {
    return Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).allMatch(o -> o <= OCTET);
  }

  /** How many ports there are, at least 1. */
  public int size() {
    return to - from + 1;
  }

  /**
   * Lets it pass where it has enough ports.
   *
   * @param needed at once
   * @throws StepFailedException when there are fewer, saying how many it takes
   */
  public void refuseFewerThan(int needed) {
    if (size() < needed) {
      throw refused(
          print(),
          "these are %s ports, and what is asked for needs %s at once, %s for each node of a cluster"
              .formatted(size(), needed, SwarmNode.PUBLISHED.size()));
    }
  }

  /** As {@link #parse} reads it. */
  public String print() {
    return "%s%s-%s".formatted(address.map(bound -> bound + ":").orElse(""), from, to);
  }

  private static StepFailedException refused(String text, String why) {
    return new StepFailedException("--ports %s: %s".formatted(text, why));
  }
}
