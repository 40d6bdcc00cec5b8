package io.rolloutlab.rollout;

import io.rolloutlab.testbed.ForwardingTestbed;
import io.rolloutlab.testbed.Testbed;
import io.rolloutlab.testbed.Timeline;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a rollout is called back on its way, by somebody who watches it. The call ends the wait
 * that goes on, or else the next one, so that who waits need not know of it: its waits throw {@link
 * CalledException}, which the {@link Itinerary} catches, and nobody else.
 */
public final class Recall {
  /** Waits look so often whether there is a call, as timelines look at conditions. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private static final String GIVEN_UP = "given up";

  private State state = State.DEAF;
  private String turned = "";

  /** How far it is. */
  private enum State {
    /** Nothing can be called back now. */
    DEAF,
    /** A call would be heard. */
    HEARS,
    /** There will be a call. */
    EXPECTS,
    /** There was one, and nobody has followed it yet. */
    CALLED
  }

  /** The rollout is called back. */
  static final class CalledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CalledException() {
      super("the rollout was called back");
    }
  }

  /**
   * Says that there will be a call; nothing that could not be called back is begun until then.
   *
   * @return whether it would be heard, and none was announced before; else there is none to make
   */
  public synchronized boolean announce() {
    boolean heard = state == State.HEARS;
    state = heard ? State.EXPECTS : state;
    return heard;
  }

  /**
   * Makes the call that was announced, unless the rollout was given up meanwhile, so that it goes
   * back already.
   *
   * @param record writes down that it is made, before anybody follows it
   * @return whether it was made
   */
  public synchronized boolean call(Runnable record) {
    if (turned.equals(GIVEN_UP)) {
      return false;
    }
    if (state != State.EXPECTS) {
      throw new IllegalStateException("a call that was not announced, in the state " + state);
    }
    record.run();
    state = State.CALLED;
    return true;
  }

  /** From now on a call is heard. */
  synchronized void hear() {
    state = state == State.DEAF ? State.HEARS : state;
  }

  /** From now on no call is heard, unless one is announced already. */
  private synchronized boolean isDeaf() {
    state = state == State.HEARS ? State.DEAF : state;
    return state == State.DEAF;
  }

  /** The call is followed; there is no other one. */
  synchronized void follow() {
    state = State.DEAF;
    turned = "called back";
  }

  /**
   * The rollout is given up by itself: nobody has to call it back any more, also where the alarm
   * has rung and the order is still to come.
   *
   * @return whether it is; a call that was made before is to be followed instead
   */
  synchronized boolean giveUp() {
    if (state == State.CALLED) {
      return false;
    }
    state = State.DEAF;
    turned = GIVEN_UP;
    return true;
  }

  /**
   * How the rollout was turned round on its way, so that not all came that was planned: {@code
   * called back} or {@code given up}; empty where it was not.
   */
  public synchronized Optional<String> turned() {
    return Optional.of(turned).filter(how -> !how.isEmpty());
  }

  private synchronized void check() {
    if (state == State.CALLED) {
      throw new CalledException();
    }
  }

  /**
   * Begins what cannot be called back: waits for a call that is announced; from then on none is
   * heard.
   *
   * @param limit until when it must have come
   */
  void settle(Testbed testbed, Duration limit) {
    testbed
        .timeline()
        .await(
            "the order to go back, after the alarm",
            () -> isDeaf() ? Optional.empty() : Optional.of("the alarm has rung"),
            limit);
  }

  /** The same ports, with a timeline whose waits end when there is a call. */
  Testbed over(Testbed ports) {
    return new Ports(ports, new Waits(ports));
  }

  /** The waits end early. */
  private final class Waits implements Timeline {
    private final Testbed ports;

    Waits(Testbed ports) {
      this.ports = ports;
    }

    @Override
    public long nowMillis() {
      return ports.timeline().nowMillis();
    }

    @Override
    public void await(String what, Condition condition, Duration limit) {
      ports
          .timeline()
          .await(
              what,
              () -> {
                check();
                return condition.missing();
              },
              limit);
    }

    @Override
    public void pause(Duration length) {
      long end = nowMillis() + length.toMillis();
      check();
      for (long left = length.toMillis(); left > 0; left = end - nowMillis()) {
        ports.timeline().pause(Duration.ofMillis(Math.min(left, LOOK_EVERY.toMillis())));
        check();
      }
    }

    @Override
    public void later(Duration after, Runnable action) {
      ports.timeline().later(after, action);
    }
  }

  private record Ports(Testbed real, Timeline timeline) implements ForwardingTestbed {}
}
