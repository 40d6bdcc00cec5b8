package io.rolloutlab.stack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service of a stack file.
 *
 * @param place of its name
 * @param update its {@code deploy.update_config}
 * @param rollback its {@code deploy.rollback_config}
 * @param labels of the service ({@code deploy.labels}), not of its containers
 * @param command words of it, empty where the image's holds
 */
public record StackService(
    String name,
    Place place,
    FileValue<String> image,
    StackScale scale,
    StackUpdate update,
    StackUpdate rollback,
    StackHealth health,
    StackStop stop,
    StackRestart restart,
    StackPlacement placement,
    StackResources resources,
    List<StackPort> ports,
    Map<String, FileValue<String>> labels,
    List<String> command,
    StackUses uses) {
  public StackService {
    ports = List.copyOf(ports);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    command = List.copyOf(command);
  }

  /** The same service with other settings of its update. */
  public StackService withUpdate(StackUpdate other) {
    return new StackService(
        name, place, image, scale, other, rollback, health, stop, restart, placement, resources,
        ports, labels, command, uses);
  }

  /** The first port that each task takes of its own node; empty where it takes none. */
  public Optional<StackPort> hostPort() {
    return ports.stream().filter(port -> port.host() && port.published() > 0).findFirst();
  }
}
