package io.rolloutlab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * @param addresses IPv4 addresses or networks whose users get the canary; default 10.77.0.0/28
 * @param replicas of the canary service; 1 to 10,000, default 1
 * @param hold how long the rule is held; default 30 s
 */
public record CanaryIpPlan(List<String> addresses, Integer replicas, Duration hold) {
  private static final Pattern CIDR =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");

  public static final CanaryIpPlan DEFAULT = new CanaryIpPlan(null, null, null);

  public CanaryIpPlan {
    addresses = Check.listOrElse(addresses, List.of("10.77.0.0/28"));
    Check.that(!addresses.isEmpty(), "addresses must not be empty");
    addresses.forEach(CanaryIpPlan::parse);
    replicas = Check.orElse(replicas, 1);
    Check.between("replicas", replicas, 1, 10_000);
    hold = Check.orElse(hold, Duration.ofSeconds(30));
    Check.between("hold", hold, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  /** Whether a client address (IPv4, dotted) is one of {@link #addresses}. */
  public boolean lists(String address) {
    long value = parse(address)[0];
    return addresses.stream()
        .map(CanaryIpPlan::parse)
        .anyMatch(network -> (value & network[1]) == (network[0] & network[1]));
  }

  /** The address and its mask as 32-bit numbers. */
  private static long[] parse(String text) {
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
          "\"%s\" is no IPv4 address or network such as 10.77.0.8 or 10.77.0.0/28".formatted(text));
    }
    return new long[] {value, 0xFFFFFFFFL << (32 - bits) & 0xFFFFFFFFL};
  }
}
