package io.rolloutlab.analysis.causes;

import io.rolloutlab.history.TaskRef;

/**
 * What was seen of a failed request.
 *
 * @param edge what kind of proxy it is, for example {@code nginx}
 * @param upstream whom the edge asked, as it logged it; empty where it asked nobody
 * @param edgeMillis how long the edge had the request; −1 where it logged nothing of it
 * @param onlyThese whether the edge knew of no others, since it would have tried them
 * @param service whose tasks were asked for; empty where that is not known
 * @param version that answered; empty where none did, or it is not known
 * @param task the one that decided; null where none did
 * @param next the task that follows it, or that was ready next where nobody was; null for none
 * @param note what else there is to say, a clause; empty for nothing
 */
record Scene(
    String edge,
    String upstream,
    int edgeMillis,
    boolean onlyThese,
    String service,
    String version,
    TaskTimes task,
    TaskTimes next,
    String note) {
  /** The same, and what else there is to say. */
  Scene noting(String what) {
    return new Scene(edge, upstream, edgeMillis, onlyThese, service, version, task, next, what);
  }

  /** Nothing but the task that decided. */
  static Scene of(TaskTimes task) {
    TaskRef its = task.task();
    return new Scene("", "", -1, false, its.service(), its.version(), task, null, "");
  }

  /** The edge logged nothing. */
  static Scene unlogged(String edge, String note) {
    return new Scene(edge, "", -1, false, "", "", null, null, note);
  }
}
