package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.testcontainers.lifecycle.Startable;

/** The baseline: one manager and three workers by the docker commands of naive-cluster.sh. */
final class NaiveCluster implements Startable {
  private final DockerClient docker;
  private final String run;
  private final Images.Ids images;
  private final Path folder;

  /**
   * @param folder for the archive of the images and what the commands say
   */
  NaiveCluster(DockerClient docker, String run, Images.Ids images, Path folder) {
    this.docker = docker;
    this.run = run;
    this.images = images;
    this.folder = folder;
  }

  @Override
  public void start() {
    Path log = folder.resolve(run + ".log");
    try {
      Process commands = commands().redirectErrorStream(true).redirectOutput(log.toFile()).start();
      try {
        if (!commands.waitFor(5, TimeUnit.MINUTES) || commands.exitValue() != 0) {
          throw new StepFailedException(
              "the naive sequence failed; it needs the client \"docker\":\n"
                  + Files.readString(log));
        }
      } finally {
        commands.destroy();
      }
    } catch (IOException failed) {
      throw new StepFailedException(failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted", interrupted);
    }
  }

  private ProcessBuilder commands() throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script(), "naive-cluster"));
    command.addAll(images.inner());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "DOCKER_HOST", Engine.located().toString(),
                "RUN", run,
                "NODE", images.node(),
                "LABELS", labels(),
                "ARCHIVE", archive().toString()));
    return builder;
  }

  private String labels() {
    return Labels.of("benchmark", run).entrySet().stream()
        .map(label -> "--label %s=%s".formatted(label.getKey(), label.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String script() throws IOException {
    try (InputStream script = NaiveCluster.class.getResourceAsStream("naive-cluster.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Path archive() {
    return folder.resolve(run + ".tar");
  }

  @Override
  public void stop() {
    Map<String, String> label = Map.of(Labels.RUN, run);
    docker.listContainersCmd().withShowAll(true).withLabelFilter(label).exec().parallelStream()
        .forEach(
            node ->
                docker
                    .removeContainerCmd(node.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
    docker.listNetworksCmd().withFilter("label", List.of(Labels.RUN + "=" + run)).exec().stream()
        .forEach(network -> docker.removeNetworkCmd(network.getId()).exec());
    try {
      Files.deleteIfExists(archive());
    } catch (IOException failed) {
      throw new StepFailedException(failed.getMessage(), failed);
    }
  }
}
