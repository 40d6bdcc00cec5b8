package io.rolloutlab.twin;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.cluster.Balancing;
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
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The twin keeps what the ports promise, as {@code LiveContractsIT} says of the real Swarm. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
class TwinContractsTest {
  private static Bench bench;

  @Parameter Balancing balancing;

  @BeforeParameterizedClassInvocation
  static void makeTheTwin(Balancing balancing, @TempDir Path folder) {
    bench =
        new Bench(
            folder.resolve("run-" + balancing),
            Manifest.Origin.TWIN,
            balancing,
            (history, stopped) ->
                new TwinTestbed(
                    Bench.SCENARIO,
                    balancing,
                    Calibrated.DELIVERED.settings(),
                    history,
                    event -> {},
                    stopped::get));
  }

  @AfterParameterizedClassInvocation
  static void close() {
    bench.close();
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
