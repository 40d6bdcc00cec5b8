package io.rolloutlab.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.trial.CourseOn;
import io.rolloutlab.twin.TestTwin;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app's service where somebody else has given it its name. */
class NamedServiceTest {
  @TempDir Path folder;

  @Test
  void itIsUpdatedTakenBackAndToldOfByItsName() {
    try (TestTwin twin =
        TestTwin.of(
            folder,
            "strategy: rolling",
            "app: {replicas: 2}",
            "rolling: {update: {delay: 1s}, hold: 2s}",
            "load: {ratePerSecond: 5, warmUp: 2s, coolDown: 2s}")) {
      CourseOn.play(new Stage(twin.stage().scenario(), twin.testbed(), "shop_web"));

      assertThat(of(twin, Event.UpdateEnded.class).map(Event.UpdateEnded::service))
          .containsExactly("shop_web", "shop_web");
      assertThat(of(twin, Event.Step.class).flatMap(step -> step.commands().stream()))
          .contains("docker service update --image pyapp:v2 shop_web")
          .contains("docker service rollback shop_web");
      assertThat(of(twin, Event.EdgeChange.class).flatMap(change -> change.routes().stream()))
          .extracting(Event.Route::service)
          .containsOnly("shop_web");
      assertThat(of(twin, Event.TaskChange.class).map(Event.TaskChange::service))
          .contains("shop_web")
          .doesNotContain(Stage.APP);
    }
  }

  private static <E extends Event> Stream<E> of(TestTwin twin, Class<E> type) {
    return twin.events().stream().filter(type::isInstance).map(type::cast);
  }
}
