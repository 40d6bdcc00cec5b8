package io.rolloutlab.stack;

import java.util.List;

/**
 * What of the top level a service names.
 *
 * @param networks their names
 * @param mounts as sources: a name of {@code volumes}, or a path of the node
 */
public record StackUses(
    List<FileValue<String>> networks,
    List<FileValue<String>> mounts,
    List<FileValue<String>> configs,
    List<FileValue<String>> secrets) {
  public StackUses {
    networks = List.copyOf(networks);
    mounts = List.copyOf(mounts);
    configs = List.copyOf(configs);
    secrets = List.copyOf(secrets);
  }
}
