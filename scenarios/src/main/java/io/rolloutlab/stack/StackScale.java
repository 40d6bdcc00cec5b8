package io.rolloutlab.stack;

/**
 * How many tasks a service has, and how they are found.
 *
 * @param replicas of a replicated service, at least 0, default 1; says nothing of a global one
 * @param endpoint default VIP
 */
public record StackScale(
    FileValue<StackMode> mode, FileValue<Integer> replicas, FileValue<StackEndpoint> endpoint) {
  /** Whether its number of tasks stands in the file. */
  public boolean isReplicated() {
    return mode.is(StackMode.REPLICATED);
  }

  /** Whether it has a task on each node. */
  public boolean isGlobal() {
    return mode.is(StackMode.GLOBAL);
  }
}
