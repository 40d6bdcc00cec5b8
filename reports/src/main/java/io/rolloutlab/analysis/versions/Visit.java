package io.rolloutlab.analysis.versions;

/**
 * A page that was answered well, and what became of the assets that it named.
 *
 * @param page its name in the scenario
 * @param sentMillis when the page was asked for, after x = 0
 * @param phase in which that was, as an index in the timeline; −1 before the first
 * @param end what became of it
 */
record Visit(String page, int sentMillis, int phase, End end) {
  /** What becomes of a visit. */
  enum End {
    /** Every asset was answered well. */
    WHOLE,
    /** The other version was asked for an asset, and did not have it. */
    BETWEEN_VERSIONS,
    /** An asset failed, and none for that reason. */
    BROKEN,
    /** The load ended before the visit did, and up to then nothing had failed. */
    CUT_SHORT
  }

  /** Whether an asset failed. */
  boolean isBroken() {
    return end == End.BETWEEN_VERSIONS || end == End.BROKEN;
  }

  /** Whether it is known whether it was whole or broken. */
  boolean isKnown() {
    return end != End.CUT_SHORT;
  }
}
