package io.rolloutlab.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.testbed.ForwardingEdge;
import io.rolloutlab.testbed.Testbed;
import io.rolloutlab.trial.CourseOn;
import io.rolloutlab.twin.TestTwin;
import java.nio.file.Path;
import java.util.function.Consumer;
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

  /** The ports of the twin, whose edge logs nothing of what the app says of itself. */
  private record SilentLog(Testbed real) implements ForwardingEdge {
    @Override
    public void watch(Consumer<Hit> watcher) {
      real.edge().watch(hit -> watcher.accept(silent(hit)));
    }

    private static Hit silent(Hit h) {
      return new Hit(
          h.atMillis(),
          h.id(),
          h.client(),
          new Hit.Answer(h.status(), h.latencyMillis()),
          new Hit.Tries(h.upstream(), h.upstreamStatus(), h.connectMillis(), h.upstreamMillis()),
          AppHeaders.NONE,
          new Hit.Connection(h.edge(), h.worker(), h.connection(), h.connectionRequest()));
    }
  }

  @Test
  void anAlarmAboutV2AsksSwarmForItsTasks() {
    try (TestTwin twin =
        TestTwin.of(
            folder,
            "strategy: rolling",
            "app: {replicas: 2, v2: {env: {APP_ERROR_SHARE: '0.5'}}}",
            "rolling: {update: {delay: 1s}, hold: 20s}",
            "load: {ratePerSecond: 20, warmUp: 2s, coolDown: 2s}",
            "alarm: {failedAbove: 5 %, of: v2}")) {
      CourseOn.play(new Stage(twin.stage().scenario(), new SilentLog(twin.testbed()), "shop_web"));

      assertThat(of(twin, Event.Fault.class)).isEmpty();
      assertThat(of(twin, Event.AlarmRang.class)).hasSize(1);
    }
  }

  private static <E extends Event> Stream<E> of(TestTwin twin, Class<E> type) {
    return twin.events().stream().filter(type::isInstance).map(type::cast);
  }
}
