package io.rolloutlab.analysis;

/**
 * One claim of the exercise against what was measured.
 *
 * @param key short, stable, for files, for example {@code blue-green-twice}
 * @param claim a sentence
 * @param holds what came out
 * @param evidence a sentence with the numbers; when UNKNOWN, what is missing
 * @param criterion when the claim is taken to hold, a sentence
 */
public record Claim(String key, String claim, Holds holds, String evidence, String criterion) {
  /** What became of a claim. */
  public enum Holds {
    HOLDS,
    DOES_NOT,
    /** A run it needs is missing, or did not reconcile, or says too little. */
    UNKNOWN
  }
}
