package io.rolloutlab.analysis.causes;

/** Why a request failed. */
public enum Cause implements Why {
  NOBODY_READY(
      "nobody was ready",
      "The edge knew no address of the service, since none of its tasks was ready."),
  NOT_LISTENING_YET(
      "not listening yet", "The task was running for Swarm, but the app in it did not listen yet."),
  TOLD_TO_STOP(
      "told to stop",
      "The task had been told to stop and took no more requests, and the edge still sent it some."),
  CUT_OFF(
      "cut off",
      "The task was told to stop, and ended before it had answered what it had in hand."),
  GONE(
      "gone",
      "The task had been stopped and its address was nobody's, and the edge still sent requests"
          + " there."),
  CRASHED("crashed", "The task's app ended without having been told to."),
  UNHEALTHY(
      "given up as unhealthy",
      "Swarm ended the task, since its health check had failed too often."),
  NODE_LOST("node lost", "The task was on a node that was lost."),
  OWN_ERROR("the app's own error", "The app answered with an error of its own."),
  OTHER_VERSION(
      "the page came from another version",
      "A page had named what only its own version has, and a task of the other version was asked for"
          + " it."),
  TOO_SLOW("too slow", "The task had taken the request, and did not answer in time."),
  OVERLOADED(
      "overloaded",
      "The task was up, nobody had told it anything, and it had taken the request; but it did not"
          + " answer in time, and meanwhile it had used up its limit of CPU, or no processor of the"
          + " machine was idle."),
  BEHIND_COPIES(
      "behind a copy",
      "The request waited behind the copy of an earlier one, which the mirror had not answered."),
  EDGE_CHANGED(
      "the edge changed", "The edge took up new routes, and closed the connection meanwhile."),
  EDGE_GONE("the edge was gone", "A task of the edge itself was not there."),
  LOAD(
      "the load's own limits",
      "The load process gave up, or had no answer, though the edge did nothing wrong with the"
          + " request."),
  UNKNOWN("unknown", "The record does not tell why.");

  private final String words;
  private final String sentence;

  Cause(String words, String sentence) {
    this.words = words;
    this.sentence = sentence;
  }

  @Override
  public String words() {
    return words;
  }

  @Override
  public String sentence() {
    return sentence;
  }

  @Override
  public boolean isUnknown() {
    return this == UNKNOWN;
  }
}
