package io.rolloutlab.swarm.stack;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.stack.deploy.DeployedText;
import io.rolloutlab.stack.deploy.SecretWords;
import io.rolloutlab.swarm.TextArchive;
import io.rolloutlab.swarm.cluster.NodeApi;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.testbed.StepFailedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Has docker's client on the first manager deploy a stack. */
final class StackDeploy {
  private static final String FOLDER = "/tmp";
  private static final int LIMIT_SECONDS = 120;

  /** Every node has the images already, by their ids: no registry is asked. */
  private static final List<String> WORDS =
      List.of("docker", "stack", "deploy", "--resolve-image", "never", "--compose-file");

  private final SwarmCluster cluster;
  private final DockerClient outer;
  private final String stack;
  private final DeployedText text;
  private final Map<String, String> imageIds;

  /**
   * @param outer client of the engine that the nodes run on
   * @param stack name
   * @param imageIds image name as in a {@code ServiceSpec} → id
   */
  StackDeploy(
      SwarmCluster cluster,
      DockerClient outer,
      String stack,
      DeployedText text,
      Map<String, String> imageIds) {
    this.cluster = cluster;
    this.outer = outer;
    this.stack = stack;
    this.text = text;
    this.imageIds = imageIds;
  }

  /** The file of a version. */
  static String file(String version) {
    return "stack-%s.yaml".formatted(version);
  }

  /** What a person types who has the files. */
  static String command(String stack, String version) {
    return String.join(" ", words(file(version), stack));
  }

  private static List<String> words(String file, String stack) {
    return Stream.concat(WORDS.stream(), Stream.of(file, stack)).toList();
  }

  /** What nobody else may see of what is deployed. */
  SecretWords secrets() {
    return text.secrets();
  }

  private Map<String, byte[]> files(String version) {
    Map<String, byte[]> files = new LinkedHashMap<>(text.files(version));
    files.put(DeployedText.MADE_UP, DeployedText.CONTENT.getBytes(StandardCharsets.UTF_8));
    files.put(file(version), text.of(version, imageIds::get).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /**
   * Deploys it with a version of the service that is rolled out; returns when Swarm has all orders.
   *
   * @throws StepFailedException when docker refuses, with all that it says
   */
  void deploy(String version) {
    String manager = cluster.nodes().get(0).containerId();
    outer
        .copyArchiveToContainerCmd(manager)
        .withRemotePath(FOLDER)
        .withTarInputStream(TextArchive.ofContents(files(version)))
        .exec();
    List<String> words = words(FOLDER + "/" + file(version), stack);
    NodeApi.Output output =
        NodeApi.exec(
            outer,
            manager,
            cluster.patience().stretchedSeconds(LIMIT_SECONDS),
            words.toArray(String[]::new));
    if (output.exitCode() < 0) {
      throw new StepFailedException(
          "the engine does not know how docker stack deploy has ended; it says: %s"
              .formatted(output.text().strip()));
    } else if (output.exitCode() != 0) {
      throw new StepFailedException(
          "docker stack deploy refuses this, and says: %s"
              .formatted(secrets().maskedIn(output.text().strip())));
    }
  }
}
