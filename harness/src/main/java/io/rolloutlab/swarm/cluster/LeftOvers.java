package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Removes what earlier runs left that were killed: everything that carries the lab's labels and
 * whose owner is no longer alive. What another live run owns is left alone.
 */
final class LeftOvers {
  private LeftOvers() {}

  /** Removes containers and networks. */
  static void remove(DockerClient docker, Consumer<String> say) {
    List<Container> containers = containers(docker).stream().filter(LeftOvers::isLeftOver).toList();
    for (Container container : containers) {
      say.accept("sweeping %s, left by a run that died".formatted(container.getNames()[0]));
      gone(
          () ->
              docker
                  .removeContainerCmd(container.getId())
                  .withForce(true)
                  .withRemoveVolumes(true)
                  .exec());
    }
    for (Network network : docker.listNetworksCmd().exec()) {
      if (network.getLabels() != null && Labels.isDead(network.getLabels().get(Labels.OWNER))) {
        gone(() -> docker.removeNetworkCmd(network.getId()).exec());
      }
    }
  }

  /** The runs in the volume that have no container any more: nobody uses their folders. */
  static List<String> deadRuns(DockerClient docker, List<String> runs) {
    Set<String> alive =
        containers(docker).stream()
            .map(container -> container.getLabels().get(Labels.RUN))
            .collect(Collectors.toSet());
    return runs.stream().filter(run -> !alive.contains(run)).toList();
  }

  private static List<Container> containers(DockerClient docker) {
    return docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(Labels.RUN)).exec();
  }

  private static boolean isLeftOver(Container container) {
    return Labels.isDead(container.getLabels().get(Labels.OWNER));
  }

  /** Two runs may sweep at once: what is gone already is as good as removed. */
  private static void gone(Runnable removal) {
    try {
      removal.run();
    } catch (NotFoundException | ConflictException already) {
      // The other one was quicker, or is at it.
    }
  }
}
