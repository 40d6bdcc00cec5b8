package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.cluster.SystemTimeline;
import io.rolloutlab.testbed.Bench;
import io.rolloutlab.testbed.EdgeContract;
import io.rolloutlab.testbed.FaultContract;
import io.rolloutlab.testbed.GlobalContract;
import io.rolloutlab.testbed.NodesContract;
import io.rolloutlab.testbed.RecorderContract;
import io.rolloutlab.testbed.SwarmContract;
import io.rolloutlab.testbed.TimelineContract;
import io.rolloutlab.testbed.TrafficContract;
import io.rolloutlab.testbed.TroubleContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real Swarm keeps what the ports promise, as {@code TwinContractsTest} says of the twin. All
 * contracts share one cluster and one load.
 */
class LiveContractsIT {
  private static final String RUN = "it-contracts";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static DockerClient docker;
  private static SwarmCluster cluster;
  private static Images.Ids images;
  private static Bench bench;

  @BeforeAll
  static void startTheCluster() {
    Engine.locate(Engine.home(), System.out::println);
    docker = Engine.client();
    images =
        new Images(docker, Engine.home(), System.out::println, () -> false).provide(Bench.SCENARIO);
    cluster = new SwarmCluster(docker, RUN, Bench.SCENARIO.cluster(), images, System.out::println);
    cluster.start();
    Balancing balancing = ClusterConditions.of(cluster, docker, Balancing.AUTO).balancing();
    bench =
        new Bench(
            folder.resolve("run"),
            Manifest.Origin.LIVE,
            balancing,
            (history, stopped) ->
                new LiveTestbed(
                    Bench.SCENARIO,
                    cluster,
                    docker,
                    balancing,
                    images,
                    RUN,
                    history,
                    event -> {},
                    stopped::get));
  }

  /** Each part goes, also when one before it failed. */
  @AfterAll
  static void takeDown() throws IOException {
    try {
      if (bench != null) {
        bench.close();
      }
    } finally {
      try {
        if (cluster != null) {
          cluster.stop();
        }
      } finally {
        docker.close();
      }
    }
  }

  /** What looking costs: seen at the manager's door. */
  @Nested
  class OfTheWatch {
    private static final long PAUSE_MILLIS = 200;

    private final AtomicInteger asked = new AtomicInteger();
    private final ClusterWatch watch =
        new ClusterWatch(
            path -> {
              asked.addAndGet(path.equals("/tasks") ? 1 : 0);
              return cluster.manager().get(path);
            },
            new Versions(Bench.SCENARIO.app(), images.apps()),
            event -> {},
            System::currentTimeMillis);

    @Test
    void whoeverAsksSharesALookWithAllOthers() {
      SystemTimeline timeline = new SystemTimeline(() -> false, () -> {}, fault -> {});
      AtomicInteger questions = new AtomicInteger();
      long start = timeline.nowMillis();

      timeline.await(
          "a hundred questions",
          () -> {
            watch.lookWhenDue();
            watch.view("nobody");
            return questions.incrementAndGet() == 100 ? Optional.empty() : Optional.of("more");
          },
          Duration.ofMinutes(1));

      long pauses = (timeline.nowMillis() - start) / PAUSE_MILLIS;
      assertThat((long) asked.get()).isBetween(2L, pauses + 1);
    }

    @Test
    void whatWasSeenBeforeAnOrderIsNoAnswer() {
      watch.view("nobody");
      watch.view("nobody");
      assertThat(asked).hasValue(1);

      watch.ordered();
      watch.view("nobody");

      assertThat(asked).hasValue(2);
    }
  }

  @Nested
  class OfTheSwarm extends SwarmContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }

  @Nested
  class OfGlobalServices extends GlobalContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }

  @Nested
  class OfTasksInTrouble extends TroubleContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }

  @Nested
  class OfBadVersions extends FaultContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }

  @Nested
  class OfTheNodes extends NodesContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }

  @Nested
  class OfTheEdge extends EdgeContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }

  @Nested
  class OfTheTraffic extends TrafficContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }

  @Nested
  class OfTheTimeline extends TimelineContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }

  @Nested
  class OfTheRecorder extends RecorderContract {
    @Override
    protected Bench bench() {
      return bench;
    }
  }
}
