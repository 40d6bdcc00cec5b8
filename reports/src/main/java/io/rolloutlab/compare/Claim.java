package io.rolloutlab.compare;

import io.rolloutlab.analysis.run.Share;
import java.util.List;

/**
 * One claim of the exercise against what was measured.
 *
 * @param key short, stable, for files, for example {@code blue-green-twice}
 * @param claim a sentence
 * @param holds what came out
 * @param fromSettings what follows from the settings of the runs, so that it would come out of any
 *     run of these files; a sentence; empty when nothing of it does, and when UNKNOWN
 * @param measured what only the runs could show; a sentence with the numbers; when UNKNOWN, what is
 *     missing
 * @param criterion when the claim is taken to hold, a sentence
 * @param balancing with which its runs were made, {@code vip} or {@code dnsrr}, each once and in
 *     the order of the words; empty where a run it needs is missing, or none reached a cluster
 */
public record Claim(
    String key,
    String claim,
    Holds holds,
    String fromSettings,
    String measured,
    String criterion,
    List<String> balancing) {
  public Claim {
    balancing = List.copyOf(balancing);
  }

  /** What became of a claim. */
  public enum Holds {
    HOLDS,
    DOES_NOT,
    /**
     * A run it needs is missing, did not reconcile or says too little, or the runs that it needs
     * were not made under the same conditions.
     */
    UNKNOWN;

    /** Whether a share is smaller than another one, by intervals that do not overlap. */
    static Holds below(Share some, Share other) {
      if (some.high() < other.low()) {
        return HOLDS;
      }
      return some.low() > other.high() ? DOES_NOT : UNKNOWN;
    }

    /** Of a claim that is about both: one that does not hold decides, then one that is unknown. */
    Holds and(Holds other) {
      if (this == DOES_NOT || other == DOES_NOT) {
        return DOES_NOT;
      }
      return this == other ? this : UNKNOWN;
    }
  }
}
