package io.rolloutlab.scenario.read;

/** A scenario file that cannot be used. The message names file, line and key, and what to do. */
public final class InvalidScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidScenarioException(String message) {
    super(message);
  }
}
