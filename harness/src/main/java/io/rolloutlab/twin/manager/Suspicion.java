package io.rolloutlab.twin.manager;

import io.rolloutlab.twin.clock.Chance;
import java.util.Arrays;

/**
 * How the engines notice, without any manager, that one of them is gone: each probes one other a
 * second, in turn; who gets no answer suspects, and a suspicion that others confirm ends sooner
 * (hashicorp/memberlist v0.4.0 {@code state.go}, {@code suspicion.go} with the values of {@code
 * DefaultLANConfig}, as moby's {@code libnetwork/networkdb/cluster.go} uses it; engine 26.1.5).
 */
public final class Suspicion {
  /** A member probes so often, and waits so long for the answer (ProbeInterval). */
  private static final int PROBE_MICROS = 1_000_000;

  /** Half of it is fewer than these; with fewer members nobody's word is waited for. */
  private static final int CONFIRMATIONS = 2;

  private static final double SUSPICION_MULT = 4;
  private static final double MAX_TIMEOUT_MULT = 6;

  private Suspicion() {}

  /**
   * How long from a member's end until the others hold it for dead.
   *
   * @param members with the one that is gone; at least 2
   */
  public static long micros(int members, Chance chance) {
    long[] suspects = new long[members - 1];
    for (int i = 0; i < suspects.length; i++) {
      // Its turn comes once in a round, and the rounds of different members know nothing of each
      // other.
      suspects[i] = (long) PROBE_MICROS * chance.below(members - 1) + chance.below(PROBE_MICROS);
      suspects[i] += PROBE_MICROS;
    }
    Arrays.sort(suspects);
    int wanted = members - 2 < CONFIRMATIONS ? 0 : CONFIRMATIONS;
    long first = suspects[0];
    long end = first + timeoutMicros(0, wanted, members);
    for (int heard = 1; heard <= wanted && suspects[heard] < end; heard++) {
      end = Math.max(suspects[heard], first + timeoutMicros(heard, wanted, members));
    }
    return end;
  }

  private static long timeoutMicros(int heard, int wanted, int members) {
    double least = SUSPICION_MULT * Math.max(1, Math.log10(members)) * PROBE_MICROS;
    if (wanted == 0) {
      return Math.round(least);
    }
    double most = MAX_TIMEOUT_MULT * least;
    double part = Math.log(heard + 1) / Math.log(wanted + 1);
    return Math.round(Math.max(least, most - part * (most - least)));
  }
}
