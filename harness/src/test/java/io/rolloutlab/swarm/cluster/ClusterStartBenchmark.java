package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.benchmark.Benchmarks;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long one manager and three workers take until all are ready and hold the images of a
 * scenario, side by side on one engine: by the docker commands that people type, by {@link
 * SwarmCluster} when it sees the images for the first time, and when it knows them. Each round uses
 * a set of images that nobody has seen before, so golden roots of others are neither used nor
 * touched. Ends with 1 when a goal is missed; where lab.quick is true there is one round, and no
 * goal.
 */
public final class ClusterStartBenchmark {
  private static final int ROUNDS = 5;

  private final DockerClient docker;
  private final Images.Ids images;
  private final int rounds = Benchmarks.quick() ? 1 : ROUNDS;
  private final String id = "bench-" + ProcessHandle.current().pid();
  private int clusters;

  private ClusterStartBenchmark(DockerClient docker, Images.Ids images) {
    this.docker = docker;
    this.images = images;
  }

  public static void main(String[] args) throws IOException {
    Path home = Engine.home();
    Files.createDirectories(Benchmarks.folder());
    Engine.locate(home, System.out::println);
    try (DockerClient docker = Engine.client()) {
      Images.Ids images =
          new Images(docker, home, System.out::println, () -> false)
              .provide(new ScenarioReader().read(home.resolve("scenarios/rolling.yaml")));
      StartTimes times = new ClusterStartBenchmark(docker, images).measure();
      Files.writeString(Benchmarks.folder().resolve("cluster-start.txt"), times.print());
      if (Benchmarks.quick()) {
        System.out.println("In short, so nothing is judged by the clock.");
        System.exit(0);
      }
      System.out.println(times.print());
      System.exit(times.goalsAreMet() ? 0 : 1);
    }
  }

  private StartTimes measure() {
    System.out.println("Starts of the cluster, three ways, %s times each".formatted(rounds));
    List<StartTimes.Round> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      // In turns, so that what warms up or slows down meets all of them.
      StartTimes.Round one = round % 2 == 0 ? naiveThenLab() : labThenNaive();
      all.add(one);
      System.out.println(one.print());
    }
    return new StartTimes(all);
  }

  private long naive() {
    long start = System.nanoTime();
    try (NaiveCluster cluster =
        new NaiveCluster(docker, nextRun(), images, Benchmarks.folder().toAbsolutePath())) {
      cluster.start();
      return millisSince(start);
    }
  }

  private StartTimes.Round naiveThenLab() {
    long naive = naive();
    return lab().withNaive(naive);
  }

  private StartTimes.Round labThenNaive() {
    StartTimes.Round lab = lab();
    return lab.withNaive(naive());
  }

  private StartTimes.Round lab() {
    String marker = unseenImage();
    Map<String, String> apps = new TreeMap<>(images.apps());
    apps.put("marker", marker);
    Images.Ids unseen = new Images.Ids(images.node(), images.edge(), apps);
    long first;
    long known;
    try {
      first = start(unseen, false);
      known = start(unseen, true);
    } finally {
      docker.removeImageCmd(marker).withForce(true).exec();
    }
    return new StartTimes.Round(0, first, known);
  }

  private long start(Images.Ids unseen, boolean last) {
    long start = System.nanoTime();
    try (SwarmCluster cluster =
        new SwarmCluster(docker, nextRun(), ClusterPlan.DEFAULT, unseen, line -> {})) {
      cluster.start();
      long took = millisSince(start);
      if (last) {
        removeGolden(cluster);
      }
      return took;
    }
  }

  /** Nobody else has this set of images, and the nodes that hold links to its files go next. */
  private void removeGolden(SwarmCluster cluster) {
    String node = cluster.nodes().get(0).containerId();
    String golden =
        Arrays.stream(docker.inspectContainerCmd(node).exec().getConfig().getEnv())
            .filter(variable -> variable.startsWith("GOLDEN="))
            .map(variable -> variable.substring("GOLDEN=".length()))
            .findFirst()
            .orElseThrow();
    NodeApi.Output output = NodeApi.exec(docker, node, 60, "lab-clean", golden);
    if (output.exitCode() != 0) {
      throw new StepFailedException(golden + " cannot be removed: " + output.text());
    }
  }

  /** Nothing new is in it, but its id is: that of a container's image names the moment. */
  private String unseenImage() {
    String container =
        docker
            .createContainerCmd(images.edge())
            .withLabels(Labels.of("benchmark", nextRun()))
            .exec()
            .getId();
    try {
      return docker.commitCmd(container).exec();
    } finally {
      docker.removeContainerCmd(container).withForce(true).exec();
    }
  }

  private String nextRun() {
    clusters++;
    return id + "-" + clusters;
  }

  private static long millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }
}
