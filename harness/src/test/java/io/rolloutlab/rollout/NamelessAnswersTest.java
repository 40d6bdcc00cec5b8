package io.rolloutlab.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.alarm.Alarm;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.testbed.ForwardingEdge;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Testbed;
import io.rolloutlab.twin.TestTwin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alarm about v2 alone, where no answer says of which version it is. */
class NamelessAnswersTest {
  @TempDir Path folder;
  private final List<Event> events = new ArrayList<>();
  private Consumer<Hit> watcher;
  private int looks;
  private boolean refuses;

  /** The twin's ports; the edge logs what the test says, and looks at the Swarm are counted. */
  private final class Watched implements ForwardingEdge, Swarm {
    private final Testbed real;

    Watched(Testbed real) {
      this.real = real;
    }

    @Override
    public Testbed real() {
      return real;
    }

    @Override
    public Swarm swarm() {
      return this;
    }

    @Override
    public Recorder recorder() {
      return events::add;
    }

    @Override
    public ServiceView view(String service) {
      looks++;
      if (refuses) {
        throw new StepFailedException("the engine of managerN does not answer");
      }
      return real.swarm().view(service);
    }

    @Override
    public void watch(Consumer<Hit> its) {
      watcher = its;
    }

    @Override
    public void create(ServiceSpec spec) {
      real.swarm().create(spec);
    }

    @Override
    public void update(ServiceSpec spec) {
      real.swarm().update(spec);
    }

    @Override
    public void rollBack(String service) {
      real.swarm().rollBack(service);
    }

    @Override
    public void scale(String service, int replicas) {
      real.swarm().scale(service, replicas);
    }

    @Override
    public void remove(String service) {
      real.swarm().remove(service);
    }

    @Override
    public String diagnosis(String service) {
      return real.swarm().diagnosis(service);
    }
  }

  private void watched(Consumer<Stage> test) {
    try (TestTwin twin =
        TestTwin.of(
            folder,
            "strategy: rolling",
            "app: {replicas: 1}",
            "alarm: {of: v2, atLeast: 3, reaction: 1h}")) {
      Stage stage = twin.stage(new Watched(twin.testbed()));
      Alarm.start(stage);
      stage.recall().hear();
      test.accept(stage);
    }
  }

  /** Three requests to the one task of a service fail. */
  private void failsThrice(Stage stage, ServiceSpec spec) {
    stage.create(spec);
    String address = stage.testbed().swarm().view(spec.name()).tasks().get(0).address();
    looks = 0;
    for (int id = 1; id <= 3; id++) {
      watcher.accept(
          new Hit(
              stage.now(),
              id,
              "10.77.0.1",
              new Hit.Answer(502, 3),
              new Hit.Tries(address + ":5000", "502"),
              AppHeaders.NONE,
              new Hit.Connection("edge1", 30, id, 1)));
    }
  }

  private <E extends Event> List<E> of(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void whoLogsThemWaitsForNobodyAndSwarmIsAskedOnce() {
    watched(
        stage -> {
          failsThrice(stage, stage.updated());
          assertThat(looks).isZero();

          stage.testbed().timeline().pause(Duration.ofSeconds(1));

          assertThat(looks).isEqualTo(1);
          assertThat(of(Event.AlarmRang.class))
              .singleElement()
              .satisfies(rang -> assertThat(rang.bad()).isEqualTo(3));
        });
  }

  @Test
  void thoseOfV1AreNotCounted() {
    watched(
        stage -> {
          failsThrice(stage, stage.stable());

          stage.testbed().timeline().pause(Duration.ofSeconds(1));

          assertThat(looks).isEqualTo(1);
          assertThat(of(Event.AlarmRang.class)).isEmpty();
        });
  }

  /** The run goes on, and cannot pass: the alarm might have rung. */
  @Test
  void whereSwarmDoesNotAnswerThatIsADoubt() {
    watched(
        stage -> {
          failsThrice(stage, stage.updated());
          refuses = true;

          stage.testbed().timeline().pause(Duration.ofSeconds(1));
          refuses = false;
          failsThrice(stage, stage.smallCandidate("other", 1));
          refuses = true;
          stage.testbed().timeline().pause(Duration.ofSeconds(1));

          assertThat(of(Event.AlarmRang.class)).isEmpty();
          assertThat(of(Event.Fault.class))
              .singleElement()
              .satisfies(
                  fault -> {
                    assertThat(fault.spoils()).isTrue();
                    assertThat(fault.what())
                        .isEqualTo("the alarm could not tell whose answers it saw");
                    assertThat(fault.detail()).contains("managerN does not answer");
                  });
        });
  }
}
