package io.rolloutlab.analysis.measure;

/** Which value of a measure is the best. */
public enum Best {
  LOWEST,
  HIGHEST,
  /** None: the number describes, it does not rank. */
  NONE
}
