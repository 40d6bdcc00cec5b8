package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.cluster.SystemTimeline;
import io.rolloutlab.testbed.Bench;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not seen any more, and who is told: on a cluster of its own, which breaks. */
class BrokenStreamsIT {
  private static final String RUN = "it-broken";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final SystemTimeline timeline = new SystemTimeline(() -> false, () -> {}, fault -> {});
  private LiveTestbed testbed;

  @Test
  void aNodeThatDiesUnaskedSpoilsTheRecordAndOneThatIsLostOnPurposeDoesNot() throws IOException {
    Engine.locate(Engine.home(), System.out::println);
    try (DockerClient docker = Engine.client()) {
      Images.Ids images =
          new Images(docker, Engine.home(), System.out::println, () -> false)
              .provide(Bench.SCENARIO);
      ClusterPlan plan = new ClusterPlan(1, 2);
      try (SwarmCluster cluster =
          new SwarmCluster(docker, RUN, plan, images, System.out::println)) {
        cluster.start();
        try (Bench bench =
            new Bench(
                folder.resolve("run"),
                Manifest.Origin.LIVE,
                Balancing.DNSRR,
                (history, stopped) ->
                    testbed =
                        new LiveTestbed(
                            Bench.SCENARIO,
                            cluster,
                            docker,
                            Balancing.DNSRR,
                            images,
                            RUN,
                            history,
                            events::add,
                            stopped::get))) {
          bench.startOnEveryNode("watched", 3);

          testbed.nodes().lose("workerN1");
          await(() -> cluster.node("workerN1").lost());
          docker.killContainerCmd(cluster.node("workerN2").containerId()).exec();
          await(() -> faults().stream().anyMatch(fault -> fault.contains("watched.")));
          await(() -> faults().stream().anyMatch(fault -> fault.contains("node workerN2")));
        }
      }
    }
    assertThat(faults()).hasSize(2).allMatch(fault -> fault.contains("workerN2"));
  }

  private List<String> faults() {
    return events.stream()
        .filter(Event.Fault.class::isInstance)
        .map(Event.Fault.class::cast)
        .filter(Event.Fault::spoils)
        .map(fault -> fault.what() + ": " + fault.detail())
        .toList();
  }

  private void await(java.util.function.BooleanSupplier condition) {
    timeline.await(
        "the next thing to be seen",
        () -> condition.getAsBoolean() ? Optional.empty() : Optional.of("so far " + events),
        PATIENCE);
  }
}
