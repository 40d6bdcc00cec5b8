package io.rolloutlab.scenario.check;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How much longer than usual is waited before something counts as missing: one factor for every
 * limit of the lab's own waits, for machines that take longer for everything, an emulated one above
 * all.
 *
 * @param factor 1 to {@value #MOST}; 1 is usual
 */
public record Patience(double factor) {
  /** The largest factor. */
  public static final int MOST = 100;

  /** What is usual. */
  public static final Patience USUAL = new Patience(1);

  public Patience {
    Check.between("patience", factor, 1, MOST);
  }

  /** A limit that is usual, stretched; to the millisecond. */
  public Duration stretched(Duration usual) {
    return Duration.ofMillis(Math.round(usual.toMillis() * factor));
  }

  /** The same of a limit in whole seconds. */
  public int stretchedSeconds(int usual) {
    return Math.toIntExact(Math.round(usual * factor));
  }

  /** The factor as people write it: {@code 10}, {@code 2.5}. */
  public String print() {
    return BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString();
  }
}
