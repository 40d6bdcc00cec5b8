package io.rolloutlab.twin.model;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import java.util.function.Consumer;

/**
 * The address of a container that has been removed. nginx's node still knows its hardware address,
 * so what is sent there is dropped without a word, until that is forgotten; only then a connect
 * fails after a while. So nearly all who are sent to a task that is gone wait until they give up,
 * after a crash as after an orderly stop (live, 26.1.5, with a user's limit of 10 s: 825 of 889
 * requests to stopped tasks, 172 of 173 to crashed ones; the others were refused while the
 * container still had its address).
 */
final class VacantAddress {
  /**
   * Linux holds a neighbour's hardware address for good for 15 to 45 s after it was last heard of
   * (base_reachable_time, halved or half as much again)...
   */
  private static final int LEAST_REACHABLE_MICROS = 15_000_000;

  private static final int REACHABLE_RANGE_MICROS = 30_000_000;

  /** ... then still uses it for 5 s, and while it asks three times, a second apart (man 7 arp). */
  private static final int DELAY_AND_PROBES_MICROS = 8_000_000;

  private final EventQueue queue;
  private final TwinSettings settings;
  private final Chance chance;
  private final long forgottenMicros;

  /** It is vacant from now on. */
  VacantAddress(EventQueue queue, TwinSettings settings, Chance chance) {
    this.queue = queue;
    this.settings = settings;
    this.chance = chance;
    forgottenMicros =
        queue.nowMicros()
            + LEAST_REACHABLE_MICROS
            + chance.below(REACHABLE_RANGE_MICROS)
            + DELAY_AND_PROBES_MICROS;
  }

  /**
   * Tries to connect to it.
   *
   * @param limitMicros how long who connects waits
   */
  void connect(long limitMicros, Consumer<App.Answer> then) {
    long known = Math.max(0, forgottenMicros - queue.nowMicros());
    long wait = known + chance.micros(settings.unreachable());
    if (wait < limitMicros) {
      queue.after(wait, () -> then.accept(App.Answer.UNREACHABLE));
    } else {
      queue.after(limitMicros, () -> then.accept(App.Answer.TIMED_OUT));
    }
  }
}
