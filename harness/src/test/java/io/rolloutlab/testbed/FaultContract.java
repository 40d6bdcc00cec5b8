package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.check.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a bad version of the lab's app, whatever runs it. */
public abstract class FaultContract extends SwarmWatch {
  private static final RestartPlan AT_ONCE =
      new RestartPlan(RestartPlan.Condition.ANY, Duration.ZERO, null, null);

  /** Its health check gives it up, and another task takes its place, which does the same. */
  @Test
  void whatSoursRanBeforeAndIsReplaced() {
    swarm()
        .create(
            Asked.service("souring")
                .fault(new AppFault.Sours(Duration.ofSeconds(3)))
                .healthCheckEvery(Duration.ofMillis(500))
                .restart(AT_ONCE)
                .spec());
    awaitTask("souring", "complete");

    assertThat(swarm().diagnosis("souring")).contains("is complete").contains("unhealthy");
    assertThat(reached("souring", "v1", 1, "complete") - reached("souring", "v1", 1, "running"))
        .isGreaterThan(2000);
    await(
        "souring",
        "another task runs",
        view -> view.running("v1") == 1 ? Optional.empty() : Optional.of("none does"));
    swarm().remove("souring");
  }

  @Test
  void whatCrashesRanBeforeAndHasFailed() {
    swarm()
        .create(Asked.service("falling").fault(new AppFault.Crashes(Duration.ofSeconds(1))).spec());
    awaitTask("falling", "failed");

    assertThat(states("falling")).contains("running", "failed");
    assertThat(swarm().diagnosis("falling")).contains("task: non-zero exit (1)");
    assertThat(reached("falling", "v1", 1, "failed") - reached("falling", "v1", 1, "running"))
        .isGreaterThanOrEqualTo(1000);
    swarm().remove("falling");
  }

  /** It needs some 34 MB from the start, and takes 16 MiB every second of the limit's 96. */
  @Test
  void whatLeaksIsKilledAtItsLimit() {
    swarm()
        .create(
            Asked.service("leaking")
                .fault(new AppFault.Leaks(Memory.parse("16MiB")))
                .limits(new TaskLimits(null, Memory.parse("96MiB")))
                .spec());
    awaitTask("leaking", "failed");

    assertThat(swarm().diagnosis("leaking")).contains("task: non-zero exit (137)");
    assertThat(reached("leaking", "v1", 1, "failed") - reached("leaking", "v1", 1, "running"))
        .isBetween(2000L, 30_000L);
    swarm().remove("leaking");
  }

  @Test
  void aLimitThatIsKeptEndsNobody() {
    TaskLimits room = new TaskLimits(0.5, Memory.parse("256MiB"));
    stage().create(Asked.service("modest").limits(room).spec());

    stage().hold(Duration.ofSeconds(3));

    assertThat(states("modest")).doesNotContain("failed", "complete");
    assertThat(swarm().view("modest").running("v1")).isEqualTo(1);
    swarm().remove("modest");
  }

  @Test
  void whatFailsLaterAnswersWellBefore() {
    ServiceSpec spec =
        Asked.service("withering")
            .fault(new AppFault.FailsLater(Duration.ofSeconds(8), new Percent(1)))
            .spec();
    stage().create(spec);
    // Probes go by the configuration that routes are written into.
    bench().testbed().edge().apply(Routes.all(spec));
    awaitProbe(spec, "a good answer", Optional.empty());

    awaitProbe(spec, "an error", Optional.of("500"));

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> bench().testbed().edge().probe("withering", Asked.PORT))
        .withMessageContaining("500");
    swarm().remove("withering");
  }

  /**
   * @param error in the complaint about the answer; empty for a good answer
   */
  private void awaitProbe(ServiceSpec spec, String what, Optional<String> error) {
    bench()
        .testbed()
        .timeline()
        .await(
            what,
            () -> {
              try {
                bench().testbed().edge().probe(spec.name(), spec.port());
                return error.map(text -> "it is a good one, not " + text);
              } catch (StepFailedException bad) {
                return error.isPresent() && bad.getMessage().contains(error.get())
                    ? Optional.empty()
                    : Optional.of(bad.getMessage());
              }
            },
            PATIENCE);
  }

  private List<String> states(String service) {
    return changes(service).stream().map(TaskChange::state).distinct().toList();
  }
}
