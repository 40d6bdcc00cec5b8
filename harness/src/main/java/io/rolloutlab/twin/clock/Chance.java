package io.rolloutlab.twin.clock;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What is random in one part of the twin. Each part has its own, so that a part that draws more
 * often does not change what the others see.
 */
public final class Chance {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final SplittableRandom random;

  /**
   * @param part its name
   */
  public Chance(long seed, String part) {
    // SplittableRandom goes on by adding one constant: seeds that are that far apart would be one
    // stream, a draw apart. What it draws first from each seed is not.
    random = new SplittableRandom(new SplittableRandom(seed).nextLong() + part.hashCode());
  }

  public long micros(Spread spread) {
    return Math.round(spread.quantileMillis(random.nextDouble()) * 1000);
  }

  /**
   * A wait in a queue: exponential.
   *
   * @param meanMillis at least 0
   */
  public long waitMicros(double meanMillis) {
    return Math.round(-meanMillis * Math.log(1 - random.nextDouble()) * 1000);
  }

  public boolean happens(double share) {
    return random.nextDouble() < share;
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public void shuffle(List<?> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      java.util.Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  /** An id as Swarm gives them. */
  public String id() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /** A container's short id. */
  public String containerId() {
    return "%012x".formatted(random.nextLong() >>> 16);
  }
}
