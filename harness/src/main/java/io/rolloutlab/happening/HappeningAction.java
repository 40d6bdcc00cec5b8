package io.rolloutlab.happening;

import io.rolloutlab.scenario.HappeningKind;
import io.rolloutlab.testbed.Testbed;

/**
 * A kind of thing that can happen, with what it does: to be implemented by one class, whose
 * settings are a record inside it.
 *
 * @param <S> its settings
 */
public interface HappeningAction<S extends Record> extends HappeningKind<S> {
  /**
   * What is to be done, and what is said of it. Nothing is done yet.
   *
   * @param testbed the ports; the same on a real Swarm and on the twin
   */
  Deed deed(S settings, Testbed testbed);
}
