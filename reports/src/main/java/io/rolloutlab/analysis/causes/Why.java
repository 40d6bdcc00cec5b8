package io.rolloutlab.analysis.causes;

/** Why a request failed, or was slow: a constant of an enum. */
public interface Why {
  /** What people call it, in lower case. */
  String words();

  /** What it is, in one sentence. */
  String sentence();

  /** Whether it stands for all that the record does not tell. */
  boolean isUnknown();

  /** Its place among those of its kind, from 0. */
  int ordinal();
}
