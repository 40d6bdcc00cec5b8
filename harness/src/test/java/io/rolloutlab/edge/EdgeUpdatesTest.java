package io.rolloutlab.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgeUpdatesTest {
  private static final EdgeUpdates TWO =
      new EdgeUpdates(
          "nginx",
          new UpdatePlan(1, Duration.ofSeconds(7), null, null, null, null),
          2,
          Patience.USUAL);

  private static Optional<String> missing(long running, String state) {
    return TWO.missing(new Swarm.Progress(Map.of("", running), state, "due to failure of a task"));
  }

  @Test
  void itIsOverWhenSwarmHasCompletedItAndAllRun() {
    assertThat(missing(2, "completed")).isEmpty();
    assertThat(missing(1, "completed")).contains("1 run");
    assertThat(missing(2, "updating")).contains("the update is updating, 2 run");
    assertThat(missing(2, "")).contains("the update is not begun, 2 run");
  }

  @Test
  void whatSwarmStopsOrTakesBackIsNotWaitedFor() {
    for (String state :
        new String[] {"paused", "rollback_started", "rollback_paused", "rollback_completed"}) {
      assertThatExceptionOfType(StepFailedException.class)
          .isThrownBy(() -> missing(2, state))
          .withMessage(
              "nginx did not take the new routes: the update of its service is %s:".formatted(state)
                  + " due to failure of a task");
    }
  }

  @Test
  void theLimitHoldsEverySlotsDelay() {
    assertThat(TWO.limit()).isEqualTo(Duration.ofMinutes(2).plusSeconds(14 + 5));
  }
}
