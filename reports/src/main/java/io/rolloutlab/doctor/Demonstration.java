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
 * @param crowded whether there are no more nodes than hold the tasks, where each takes only so many
 * @param gain by what the change is to be better
 */
public record Demonstration(Optional<AppFault> fault, boolean back, boolean crowded, Gain gain) {
  /** What gets better by a change. */
  public enum Gain {
    /** Fewer users are hurt, fewer requests fail, or nobody is served for a shorter time. */
    HARM("users fare better"),
    /** Swarm calls the update completed sooner. */
    SOONER("the update is completed sooner"),
    /** The update comes to its end. */
    COMPLETES("the update comes to its end"),
    /** An update to a v2 that fails is not called completed. */
    NOTICED("an update to a v2 that fails is not called completed");

    private final String words;

    Gain(String words) {
      this.words = words;
    }

    /** A clause. */
    public String words() {
      return words;
    }
  }

  /** A good v2 takes the place of v1. */
  public static Demonstration ofUpdate() {
    return new Demonstration(Optional.empty(), false, false, Gain.HARM);
  }

  /** A good v2 takes the place of v1, and is taken back. */
  public static Demonstration ofRollback() {
    return new Demonstration(Optional.empty(), true, false, Gain.HARM);
  }

  /** A bad v2 is to take the place of v1. */
  public static Demonstration of(AppFault fault) {
    return new Demonstration(Optional.of(fault), false, false, Gain.HARM);
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

  /** The same, with no more nodes than hold the tasks. */
  public Demonstration onFewNodes() {
    return new Demonstration(fault, back, true, gain);
  }

  /** The same, whose gain is another. */
  public Demonstration gaining(Gain other) {
    return new Demonstration(fault, back, crowded, other);
  }
}
