package io.rolloutlab.stack.read;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackPort;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports in one word, {@code [[address:][published]:]target[/protocol]}, each of both a number or a
 * range such as {@code 8000-8010}. Such a port is published by the routing mesh; the address has no
 * effect.
 */
final class PortSyntax {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:(?:(?:\\[[^\\]]*\\]|[^:\\[\\]]*):)?(?<published>[0-9]*(?:-[0-9]+)?):)?"
              + "(?<target>[0-9]+(?:-[0-9]+)?)(?:/(?<protocol>tcp|udp|sctp))?",
          Pattern.CASE_INSENSITIVE);
  private static final int HIGHEST = 65_535;

  private PortSyntax() {}

  private record Range(int first, int last) {
    int size() {
      return last - first + 1;
    }
  }

  /**
   * Looks whether a word is such a port.
   *
   * @throws IllegalArgumentException when it is none, quoting it
   */
  static void check(String text) {
    ports(text, new Place("", 1));
  }

  /**
   * Reads one.
   *
   * @return a port for each of a range
   * @throws IllegalArgumentException when it is none, quoting it
   */
  static List<StackPort> ports(String text, Place place) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no port: write it as in \"8080:80\"".formatted(Complaints.quoted(text)));
    }
    Range target = range(matcher.group("target"), text);
    String given = matcher.group("published");
    boolean any = given == null || given.isEmpty();
    Range published = any ? target : range(given, text);
    // A range for one port: Swarm takes its first, as docker's command line hands it on.
    if (published.size() != target.size() && target.size() != 1) {
      throw new IllegalArgumentException(
          "\"%s\" publishes %s ports of %s: both ranges must have one length"
              .formatted(text, published.size(), target.size()));
    }
    String protocol = matcher.group("protocol") == null ? "tcp" : matcher.group("protocol");
    List<StackPort> ports = new ArrayList<>();
    for (int i = 0; i < target.size(); i++) {
      ports.add(
          new StackPort(
              place, target.first() + i, any ? 0 : published.first() + i, protocol, false));
    }
    return ports;
  }

  private static Range range(String text, String whole) {
    String[] ends = text.split("-");
    Range range = new Range(port(ends[0], whole), port(ends[ends.length - 1], whole));
    if (range.first() > range.last()) {
      throw new IllegalArgumentException(
          "\"%s\" has a range that ends before it begins".formatted(Complaints.quoted(whole)));
    }
    return range;
  }

  private static int port(String text, String whole) {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= HIGHEST) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "\"%s\" has a port that is none of 0 to %s".formatted(Complaints.quoted(whole), HIGHEST));
  }
}
