package io.rolloutlab.history;

/**
 * Which task something is said of.
 *
 * @param id that Swarm gave it
 * @param service name
 * @param slot of the service, from 1; 0 where it is global
 * @param node host name; empty while the task has none
 * @param version {@code v1} or {@code v2}; empty for services other than the app
 */
public record TaskRef(String id, String service, int slot, String node, String version) {
  /** Which task of its service it is; see {@link TaskName}. */
  public String name() {
    return TaskName.of(service, slot, node);
  }
}
