package io.rolloutlab.scenario.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPv4 addresses and networks, read once however often they are asked. */
public final class Networks {
  private static final Pattern CIDR =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");

  private final List<Network> networks;

  /** As 32-bit numbers. */
  private record Network(long address, long mask) {
    boolean contains(long other) {
      return (other & mask) == (address & mask);
    }
  }

  /**
   * Reads addresses such as {@code 10.77.0.8} and networks such as {@code 10.77.0.0/28}.
   *
   * @throws IllegalArgumentException when one is neither, quoting it
   */
  public Networks(List<String> texts) {
    networks = texts.stream().map(Networks::parse).toList();
  }

  /**
   * Whether an address is in one of them.
   *
   * @throws IllegalArgumentException when it is no IPv4 address
   */
  public boolean contain(String address) {
    long value = parse(address).address();
    return networks.stream().anyMatch(network -> network.contains(value));
  }

  public static void check(String text) {
    parse(text);
  }

  private static Network parse(String text) {
    Matcher matcher = CIDR.matcher(text);
    boolean shaped = matcher.matches();
    long value = 0;
    for (int i = 1; shaped && i <= 4; i++) {
      int octet = Integer.parseInt(matcher.group(i));
      shaped = octet <= 255;
      value = value << 8 | octet;
    }
    int bits = shaped && matcher.group(5) != null ? Integer.parseInt(matcher.group(5)) : 32;
    if (!shaped || bits > 32) {
      throw new IllegalArgumentException(
          "\"%s\" is no IPv4 address or network such as 10.77.0.8 or 10.77.0.0/28"
              .formatted(Complaints.quoted(text)));
    }
    return new Network(value, 0xFFFFFFFFL << (32 - bits) & 0xFFFFFFFFL);
  }
}
