package io.rolloutlab.analysis.causes.slow;

import io.rolloutlab.history.Hit;
import java.util.List;

/**
 * Where the time of a request went, by what the edge logged of it; the parts add up to what its
 * user waited, in milliseconds.
 *
 * @param outside before the edge had it, or after
 * @param inEdge in the edge, when it waited for no task
 * @param earlier for tasks that were asked before the one that answered
 * @param connecting until the task that answered took the connection
 * @param answering until that task had answered
 * @param longest which of the earlier tries took longest, from 0; −1 where there was none
 * @param told whether the log tells the parts in the edge apart: it has to say how long each try
 *     took, unless there was only one, which is then taken for all of the time
 */
record Waits(
    int outside,
    int inEdge,
    int earlier,
    int connecting,
    int answering,
    int longest,
    boolean told) {
  /** Where most of the time went. */
  enum Place {
    OUTSIDE,
    IN_EDGE,
    EARLIER_TRIES,
    TASK,
    /** Somewhere in or behind the edge. */
    NOT_TOLD
  }

  /**
   * Of a request with its line.
   *
   * @param userMillis how long its user waited
   */
  static Waits of(int userMillis, Hit line) {
    // A copy may keep the edge busy with a request whose user has had the answer.
    int atEdge = Math.min(userMillis, line.latencyMillis());
    int outside = userMillis - atEdge;
    int tries = Hit.parts(line.upstream()).size();
    List<String> lengths = Hit.parts(line.upstreamMillis());
    List<String> connects = Hit.parts(line.connectMillis());
    int toConnect = connects.size() == tries && tries > 0 ? Hit.millis(connects.get(tries - 1)) : 0;
    if (lengths.size() != tries || tries == 0) {
      int connecting = tries == 1 ? Math.min(atEdge, toConnect) : 0;
      return new Waits(outside, 0, 0, connecting, atEdge - connecting, -1, tries == 1);
    }
    int earlier = 0;
    int longest = -1;
    for (int i = 0; i < tries - 1; i++) {
      int took = Hit.millis(lengths.get(i));
      earlier += took;
      longest = longest < 0 || took > Hit.millis(lengths.get(longest)) ? i : longest;
    }
    earlier = Math.min(atEdge, earlier);
    int last = Math.min(atEdge - earlier, Hit.millis(lengths.get(tries - 1)));
    int connecting = Math.min(last, toConnect);
    return new Waits(
        outside, atEdge - earlier - last, earlier, connecting, last - connecting, longest, true);
  }

  Place place() {
    int most = Math.max(Math.max(outside, inEdge), Math.max(earlier, inTask()));
    if (most == outside) {
      return Place.OUTSIDE;
    }
    if (!told) {
      return Place.NOT_TOLD;
    }
    if (most == earlier) {
      return Place.EARLIER_TRIES;
    }
    return most == inTask() ? Place.TASK : Place.IN_EDGE;
  }

  /** For the task that answered. */
  int inTask() {
    return connecting + answering;
  }

  /** How long the edge had it. */
  int atEdge() {
    return inEdge + earlier + inTask();
  }
}
