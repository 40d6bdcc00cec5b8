package io.rolloutlab.testbed;

import io.rolloutlab.history.Event;

/** Where strategies write down what happens. */
@FunctionalInterface
public interface Recorder {
  /** Records an event; its time is the timeline's. */
  void event(Event event);
}
