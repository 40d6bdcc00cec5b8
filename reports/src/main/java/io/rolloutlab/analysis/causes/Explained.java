package io.rolloutlab.analysis.causes;

/** A request that failed, or was slow, and why. */
public interface Explained {
  /** Its id. */
  long request();

  /** When it was sent, after x = 0. */
  long atMillis();

  /** Why; unknown where the record does not tell. */
  Why cause();

  /** The setting of the scenario that decides it, with its value; empty where none does. */
  String setting();

  /** What happened, with the evidence, in one sentence; told anew each time it is asked for. */
  String story();
}
