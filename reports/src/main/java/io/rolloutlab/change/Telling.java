package io.rolloutlab.change;

/** What can be said of a number of one scenario on the two sides. */
public enum Telling {
  /** It is lower in B, beyond noise. */
  LOWER,
  /** It is higher in B, beyond noise. */
  HIGHER,
  /** All runs of one side have it and none of the other. */
  ONE_SIDE,
  /** There are repeats of both, and their difference may be chance. */
  NOT_TOLD_APART,
  /** There are too few runs to know how far chance reaches. */
  TOO_FEW_RUNS;

  /** Whether it is a change. */
  public boolean isChange() {
    return this == LOWER || this == HIGHER || this == ONE_SIDE;
  }
}
