package io.rolloutlab.doctor;

import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.stack.StackService;
import java.time.Duration;
import java.util.Optional;

/**
 * A run in which a trap shows.
 *
 * @param fault what is wrong with v2; empty for nothing
 * @param back whether the update is taken back once it is over
 * @param gain by what the change is to be better
 */
public record Demonstration(Optional<AppFault> fault, boolean back, Gain gain) {
  /** What gets better by a change. */
  public enum Gain {
    /** Fewer users are hurt, fewer requests fail, or nobody is served for a shorter time. */
    HARM,
    /** Swarm calls the update completed sooner. */
    SOONER,
    /** The update comes to its end. */
    COMPLETES,
    /** An update to a v2 that fails is not called completed. */
    NOTICED
  }

  /** A good v2 takes the place of v1. */
  public static Demonstration ofUpdate() {
    return new Demonstration(Optional.empty(), false, Gain.HARM);
  }

  /** A good v2 takes the place of v1, and is taken back. */
  public static Demonstration ofRollback() {
    return new Demonstration(Optional.empty(), true, Gain.HARM);
  }

  /** A bad v2 is to take the place of v1. */
  public static Demonstration of(AppFault fault) {
    return new Demonstration(Optional.of(fault), false, Gain.HARM);
  }

  /**
   * A v2 is to take the place of v1 that ends by itself.
   *
   * @param after how long after Swarm counts a task as running, at least 0
   */
  public static Demonstration ofCrash(StackService service, Duration after) {
    Duration running = service.health().isCommand() ? service.health().firstProbe() : Duration.ZERO;
    return of(new AppFault.Crashes(running.plus(after)));
  }

  /** The same, whose gain is another. */
  public Demonstration gaining(Gain other) {
    return new Demonstration(fault, back, other);
  }
}
