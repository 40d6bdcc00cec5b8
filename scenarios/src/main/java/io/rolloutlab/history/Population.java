package io.rolloutlab.history;

/** The two kinds of traffic, measured apart. */
public enum Population {
  /** Every request opens a connection of its own. */
  NEW,
  /** Requests go over connections kept from earlier ones. */
  REUSED
}
