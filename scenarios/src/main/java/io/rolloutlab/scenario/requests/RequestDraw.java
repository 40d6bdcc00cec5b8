package io.rolloutlab.scenario.requests;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which of the listed requests each one is, by weight, in the order of their sending: the same list
 * and seed give the same sequence, on a real Swarm and on the simulated one. Not for several
 * threads at once.
 */
public final class RequestDraw {
  /** Of a sequence of its own: a list changes no user. */
  private static final long APART = 0x6A09E667F3BCC909L;

  private final List<RequestPlan> requests;
  private final long[] upTo;
  private final SplittableRandom random;

  /**
   * @param requests may be none
   * @param seed that of the scenario
   */
  public RequestDraw(List<RequestPlan> requests, long seed) {
    this.requests = List.copyOf(requests);
    upTo = new long[requests.size()];
    long sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += requests.get(i).weight();
      upTo[i] = sum;
    }
    random = new SplittableRandom(seed ^ APART);
  }

  /** The next one; empty where none is listed. */
  public Optional<RequestPlan> next() {
    if (requests.isEmpty()) {
      return Optional.empty();
    }
    long drawn = random.nextLong(upTo[upTo.length - 1]);
    int which = 0;
    while (drawn >= upTo[which]) {
      which++;
    }
    return Optional.of(requests.get(which));
  }
}
