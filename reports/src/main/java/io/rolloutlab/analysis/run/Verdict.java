package io.rolloutlab.analysis.run;

/** What a judgement came to. What could not be judged is never a pass. */
public enum Verdict {
  PASS,
  FAIL,
  /** The evidence is missing, contradicts itself, or is too thin to say. */
  UNKNOWN,
  /** All went as a run should, and nobody had said what the numbers should be. */
  NOTHING_EXPECTED;

  /** Whether nothing speaks against it: a run that came out like this is no failure. */
  public boolean isFine() {
    return this == PASS || this == NOTHING_EXPECTED;
  }

  /** For people, in capitals. */
  public String inWords() {
    return name().replace('_', ' ');
  }
}
