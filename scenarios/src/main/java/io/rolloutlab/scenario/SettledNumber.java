package io.rolloutlab.scenario;

/** A number of a run that the settings of a strategy may make by themselves. */
public enum SettledNumber {
  /** How long v1 takes to give way to v2. */
  CHANGE,
  /** How long both versions serve meanwhile. */
  MIX,
  /** How long the way back takes. */
  WAY_BACK,
  /** Who gets v2 in the first seconds. */
  EXPOSURE,
  /** What is paid for two services at once. */
  COST
}
