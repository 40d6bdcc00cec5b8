package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What runs of this process, and of processes that are gone, have left in the engine. */
public final class LeftBehind {
  private LeftBehind() {}

  /** Names of containers and networks; other live processes may be at work on the same engine. */
  public static List<String> names() {
    Engine.locate(Engine.home(), line -> {});
    try (DockerClient docker = Engine.client()) {
      List<String> left = new ArrayList<>();
      docker.listContainersCmd().withShowAll(true).exec().stream()
          .filter(container -> isOurs(container.getLabels()))
          .forEach(container -> left.add(container.getNames()[0]));
      docker.listNetworksCmd().exec().stream()
          .filter(network -> isOurs(network.getLabels()))
          .forEach(network -> left.add(network.getName()));
      return left;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean isOurs(Map<String, String> labels) {
    String owner = labels == null ? null : labels.get(Labels.OWNER);
    return Labels.owner().equals(owner) || Labels.isDead(owner);
  }
}
