package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.testbed.StepFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The one volume that every node mounts: {@code golden/HASH} are data roots that hold images,
 * {@code runs/RUN/NODE} the nodes' own, which are hard-link clones of a golden one and so must lie
 * in the same volume. The golden ones are kept between runs; the folders of a run go with it.
 */
public final class Store {
  static final String VOLUME = "rollout-lab";
  static final String MOUNT = "/lab";

  private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(60);
  private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(10);

  private final DockerClient docker;
  private final String image;
  private final String run;
  private final Patience patience;

  /**
   * @param image of the node
   * @param run that looks
   * @param patience with which it waits for the engine
   */
  public Store(DockerClient docker, String image, String run, Patience patience) {
    this.docker = docker;
    this.image = image;
    this.run = run;
    this.patience = patience;
  }

  static String golden(String hash) {
    return MOUNT + "/golden/" + hash;
  }

  static String run(String run) {
    return MOUNT + "/runs/" + run;
  }

  /**
   * What the volume holds.
   *
   * @param golden hashes
   * @param runs ids
   */
  record Content(List<String> golden, List<String> runs) {}

  /** Makes the volume where needed, and lists it. */
  public Content content() {
    try {
      docker.inspectVolumeCmd(VOLUME).exec();
    } catch (NotFoundException missing) {
      docker.createVolumeCmd().withName(VOLUME).withLabels(Map.of(Labels.PROJECT, "cache")).exec();
    }
    String listing =
        inVolume("cd " + MOUNT + " && ls -d golden/* runs/* 2>/dev/null || true", List.of());
    return new Content(names(listing, "golden/"), names(listing, "runs/"));
  }

  /** Removes the folders of runs. */
  void cleanRuns(Collection<String> runs) {
    if (!runs.isEmpty()) {
      inVolume("lab-clean \"$@\"", runs.stream().map(Store::run).toList());
    }
  }

  /**
   * Makes room for a new golden data root: those that no node has been cloned from for a day go.
   * Their clones are not touched.
   */
  void cleanGolden() {
    inVolume(
        "mkdir -p %1$s && find %1$s -mindepth 1 -maxdepth 1 -mmin +1440 -exec lab-clean {} +"
            .formatted(MOUNT + "/golden"),
        List.of());
  }

  private static List<String> names(String listing, String prefix) {
    return listing
        .lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .toList();
  }

  /**
   * @param arguments of the script, as they are: whoever can write to the volume can give its
   *     folders any name
   */
  private String inVolume(String script, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(arguments);
    // Trouble with its removal never takes the place of the cause.
    try (Removal container = new Removal(docker, container(command))) {
      docker.startContainerCmd(container.id()).exec();
      int code =
          docker
              .waitContainerCmd(container.id())
              .start()
              .awaitStatusCode(patience.stretched(SCRIPT_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
      String output = output(container.id());
      if (code != 0) {
        throw new StepFailedException(
            "volume %s: \"%s\" ended with %s: %s"
                .formatted(VOLUME, String.join(" ", command), code, output));
      }
      return output;
    }
  }

  /** Creates a container that has the volume, and returns its id. */
  private String container(List<String> command) {
    return docker
        .createContainerCmd(image)
        .withEntrypoint(command)
        .withLabels(Labels.of("store", run))
        .withNetworkDisabled(true)
        .withHostConfig(new HostConfig().withBinds(List.of(new Bind(VOLUME, new Volume(MOUNT)))))
        .exec()
        .getId();
  }

  /** A container that goes when it has served its purpose. */
  private record Removal(DockerClient docker, String id) implements AutoCloseable {
    @Override
    public void close() {
      docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    }
  }

  private String output(String container) {
    FrameText text = new FrameText();
    try {
      docker
          .logContainerCmd(container)
          .withStdOut(true)
          .withStdErr(true)
          .exec(text)
          .awaitCompletion(patience.stretched(OUTPUT_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted while reading " + VOLUME, interrupted);
    }
    return text.toString();
  }
}
