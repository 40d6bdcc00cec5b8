package io.rolloutlab.analysis.causes.slow;

import io.rolloutlab.analysis.causes.TaskTimes;
import io.rolloutlab.history.Hit;
import java.util.List;

/**
 * What was seen of a slow request.
 *
 * @param edge what kind of proxy it is, for example {@code nginx}
 * @param waits where its time went; null where the edge logged nothing of it
 * @param line of it in the edge's log; null where there is none
 * @param version that answered; empty where it is not known
 * @param task that answered; null where it is not known
 * @param earlier the task for which the edge waited longest before; null where it is not known
 * @param note what else there is to say, a clause; empty for nothing
 */
record Seen(
    String edge,
    Waits waits,
    Hit line,
    String version,
    TaskTimes task,
    TaskTimes earlier,
    String note) {
  /** The addresses that were asked, in order, without their ports. */
  List<String> addresses() {
    return Hit.parts(line.upstream()).stream().map(Hit::withoutPort).toList();
  }

  Seen noting(String what) {
    return new Seen(edge, waits, line, version, task, earlier, what);
  }
}
