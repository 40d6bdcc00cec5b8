package io.rolloutlab.history;

/** What tasks are called, for people and as keys. */
public final class TaskName {
  private TaskName() {}

  /**
   * Which task of a service it is: by its slot, {@code pyapp.3}; by its node, {@code
   * pyapp.workerN1}, where the service is global, all of whose tasks have slot 0 (swarmkit {@code
   * orchestrator/global/global.go}: SlotTuple). Tasks that follow each other there have one name.
   *
   * @param node host name; of a task in a slot of its own it makes no difference
   */
  public static String of(String service, int slot, String node) {
    return service + "." + (slot == 0 ? node : slot);
  }
}
