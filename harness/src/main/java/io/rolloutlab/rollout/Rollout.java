package io.rolloutlab.rollout;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import java.time.Duration;

/**
 * A way to bring v2 in the place of v1, told in three verbs. It sees the {@link Stage} only, and
 * knows nothing of passes, pauses and phases: its {@link Itinerary} says them, and plays the verbs.
 *
 * <p>A new one is a public class without arguments, with a public record of its settings inside,
 * and its name in {@code META-INF/services/io.rolloutlab.rollout.Rollout}.
 */
public interface Rollout {
  /** What scenarios call it, and the settings that they give it. */
  Strategy strategy();

  /**
   * Brings v2 to those who are to get it. v1 serves all requests when it is called, and what an
   * earlier way forward has made may still be there.
   *
   * @throws io.rolloutlab.testbed.StepFailedException when a step cannot be taken
   */
  void forward(Stage stage);

  /**
   * Gives v1 back to everybody, from wherever {@link #forward} has got to.
   *
   * @throws io.rolloutlab.testbed.StepFailedException when a step cannot be taken
   */
  void back(Stage stage);

  /**
   * Makes ready for another way forward, after {@link #back}; by default there is nothing to do.
   *
   * @throws io.rolloutlab.testbed.StepFailedException when a step cannot be taken
   */
  default void ready(Stage stage) {}

  /**
   * Tidies up; by default there is nothing to do.
   *
   * @throws io.rolloutlab.testbed.StepFailedException when a step cannot be taken
   */
  default void finish(Stage stage) {}

  /**
   * Which ways are gone, what they are called, and how long is waited; by default there and back.
   */
  default Itinerary itinerary(Scenario scenario) {
    Duration hold = Duration.ofSeconds(10);
    return new Itinerary()
        .forward("to v2", "v2 for all")
        .hold("v2 serves", hold)
        .back("back to v1", "v1 for all")
        .rest(hold)
        .finish();
  }

  /**
   * Plays the rollout of the stage's scenario, under load.
   *
   * @throws io.rolloutlab.testbed.StepFailedException when a step cannot be taken
   */
  static void play(Stage stage) {
    Strategy strategy = stage.scenario().strategy();
    Rollout rollout =
        Rollouts.of(strategy)
            .orElseThrow(() -> new IllegalStateException("nobody plays " + strategy));
    rollout.itinerary(stage.scenario()).play(rollout, stage);
  }
}
