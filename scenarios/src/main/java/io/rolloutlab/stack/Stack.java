package io.rolloutlab.stack;

import java.util.List;

/**
 * All that one {@code docker stack deploy} takes: a stack file, or several laid over each other.
 *
 * @param services by the order of the files
 * @param resources networks, volumes, configs and secrets of the top level
 * @param notes what docker ignores, and what had to be assumed
 */
public record Stack(
    List<StackService> services, List<StackResource> resources, List<StackNote> notes) {
  public Stack {
    services = List.copyOf(services);
    resources = List.copyOf(resources);
    notes = List.copyOf(notes);
  }
}
