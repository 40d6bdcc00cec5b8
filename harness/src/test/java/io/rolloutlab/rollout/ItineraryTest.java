package io.rolloutlab.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.twin.TestTwin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a rollout whose steps cannot be taken, on the twin, without users. */
class ItineraryTest {
  @TempDir Path folder;
  private List<Event> events = List.of();

  /** Strategies out of two steps. */
  private record Steps(Consumer<Stage> there, Consumer<Stage> andBack) implements Rollout {
    @Override
    public Strategy strategy() {
      return Strategy.ROLLING;
    }

    @Override
    public void forward(Stage stage) {
      there.accept(stage);
    }

    @Override
    public void back(Stage stage) {
      andBack.accept(stage);
    }
  }

  private static void waitInVain(Stage stage) {
    stage.awaitRunning(Stage.APP, "v2", 1);
  }

  private void play(Consumer<Stage> there, Consumer<Stage> andBack) {
    try (TestTwin twin = TestTwin.of(folder, "strategy: rolling", "app: {startLimit: 5s}")) {
      events = twin.events();
      Stage stage = twin.stage();
      stage.testbed().swarm().create(stage.stable());
      new Itinerary().forward("there", "there").play(new Steps(there, andBack), stage);
    }
  }

  private List<String> phases() {
    return of(Event.PhaseStarted.class).stream().map(Event.PhaseStarted::label).toList();
  }

  private <E extends Event> List<E> of(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void aWaitInVainIsTakenBack() {
    List<String> done = new ArrayList<>();

    play(ItineraryTest::waitInVain, stage -> done.add("back"));

    assertThat(done).containsExactly("back");
    assertThat(phases()).containsExactly("there", "given up: back to v1", "given up, and watched");
    assertThat(of(Event.GivenUp.class))
        .singleElement()
        .satisfies(given -> assertThat(given.waitedMillis()).isEqualTo(5050));
  }

  /** A strategy may wait by the timeline itself. */
  @Test
  void soIsAWaitOfAStrategysOwn() {
    play(
        stage ->
            stage
                .testbed()
                .timeline()
                .await("the moon", () -> Optional.of("half of it"), Duration.ofSeconds(3)),
        stage -> {});

    assertThat(of(Event.GivenUp.class))
        .singleElement()
        .satisfies(
            given -> {
              assertThat(given.inWords()).isEqualTo("given up after 3.0 s: the moon (half of it)");
              assertThat(given.missing()).isEqualTo("half of it");
            });
  }

  @Test
  void whereTheWayBackWaitsInVainTooTheRunFails() {
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> play(ItineraryTest::waitInVain, ItineraryTest::waitInVain))
        .withMessageStartingWith("not within 5s: 1 of pyapp's tasks run v2 (0 run)");

    assertThat(of(Event.GivenUp.class)).hasSize(1);
  }

  @Test
  void whatIsRefusedIsNoOutcome() {
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> play(stage -> stage.remove("nobody"), stage -> {}));

    assertThat(of(Event.GivenUp.class)).isEmpty();
    assertThat(phases()).containsExactly("there");
    assertThat(of(Event.Step.class))
        .extracting(Event.Step::label)
        .hasSize(2)
        .last()
        .asString()
        .startsWith("refused, so it did not happen: remove nobody: ")
        .contains("nobody");
    assertThat(of(Event.Step.class))
        .last()
        .satisfies(refusal -> assertThat(refusal.commands()).isEmpty());
  }

  @Test
  void anOrderThatWasAnnouncedIsOvertaken() {
    List<Boolean> made = new ArrayList<>();

    play(
        stage -> {
          assertThat(stage.recall().announce()).isTrue();
          waitInVain(stage);
        },
        stage -> {
          assertThat(stage.recall().announce()).isFalse();
          made.add(stage.recall().call(() -> made.add(true)));
          stage.hold(Duration.ofSeconds(1));
        });

    assertThat(made).as("neither made nor recorded").containsExactly(false);
    assertThat(of(Event.GivenUp.class)).hasSize(1);
  }

  /** On a real machine it can come after the last look of the wait. */
  @Test
  void anOrderThatCameBeforeTheWaitWasGivenUpIsFollowed() {
    play(
        stage -> {
          assertThat(stage.recall().announce()).isTrue();
          assertThat(stage.recall().call(() -> {})).isTrue();
          throw new ServiceWaits.NeverCameException(5000, "it", "all", "all of it", null);
        },
        stage -> {});

    assertThat(of(Event.GivenUp.class)).isEmpty();
    assertThat(phases()).containsExactly("there", "called back to v1", "called back, and watched");
  }
}
