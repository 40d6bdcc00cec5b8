package io.rolloutlab.analysis;

/** What a judgement came to. What could not be judged is never a pass. */
public enum Verdict {
  PASS,
  FAIL,
  /** The evidence is missing, contradicts itself, or is too thin to say. */
  UNKNOWN
}
