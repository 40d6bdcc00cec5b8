package io.rolloutlab.stack;

import java.util.List;
import java.util.Optional;

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

  /** A service by its key in the files; empty where there is none. */
  public Optional<StackService> service(String name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }
}
