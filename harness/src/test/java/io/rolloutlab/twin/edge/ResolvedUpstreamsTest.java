package io.rolloutlab.twin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Knobs;
import io.rolloutlab.twin.model.Names;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolvedUpstreamsTest {
  private static final ServiceSpec SPEC =
      new ServiceSpec(
          "pyapp",
          new ServiceSpec.Release("v1", "pyapp:v1", Map.of()),
          ServiceMode.REPLICATED,
          1,
          PlacementRules.within(List.of()),
          null,
          null,
          new ServiceSpec.Listening(5000, true),
          new ServiceSpec.Upkeep(Duration.ZERO, RestartPlan.DEFAULT, null),
          SwarmUpdates.DEFAULT);

  private static final UserRequest USER = UserRequest.of(0, Optional.empty(), 0);

  private final EventQueue queue = new EventQueue();
  private final Chance chance = new Chance(1, "test");
  private final Names names = new Names(queue, Calibrated.DELIVERED.settings(), chance);
  private final Service service = new Service(SPEC);

  private Task task(String address) {
    Task task = new Task(address, service, 1, SPEC, TaskState.RUNNING);
    task.app(
        new App(
            queue,
            Calibrated.DELIVERED.settings(),
            chance,
            () -> 0,
            Knobs.of(Map.of()),
            address,
            address));
    return task;
  }

  /** nginx counts whole seconds: an answer of second 4 is still good in second 5, not in 6. */
  @Test
  void validForASecondLastsToTheEndOfTheNextOne() {
    Upstreams nginx =
        new ResolvedUpstreams(queue, names, chance, Routes.all(SPEC), Duration.ofSeconds(1));
    Task old = task("10.0.1.3");
    names.bind(old);
    queue.runUntil(4_500_000);
    assertThat(nginx.attempts(USER).next().address()).isEqualTo("10.0.1.3:5000");

    names.unbind(old);
    names.bind(task("10.0.1.4"));
    queue.runUntil(5_999_000);
    assertThat(nginx.attempts(USER).next().address()).isEqualTo("10.0.1.3:5000");
    queue.runUntil(6_000_000);
    assertThat(nginx.attempts(USER).next().address()).isEqualTo("10.0.1.4:5000");
  }

  @Test
  void aNameWithoutAddressesIsAskedForAgain() {
    Upstreams nginx =
        new ResolvedUpstreams(queue, names, chance, Routes.all(SPEC), Duration.ofSeconds(1));
    assertThat(nginx.attempts(USER)).isExhausted();

    names.bind(task("10.0.1.3"));
    queue.runUntil(500_000);

    assertThat(nginx.attempts(USER)).hasNext();
  }
}
