package io.rolloutlab.rollout;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Testbed;
import io.rolloutlab.testbed.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Waits for states of services; when one does not come, the tasks' own errors and last log lines
 * are part of what is said.
 */
final class ServiceWaits {
  private final Scenario scenario;
  private final Testbed testbed;

  ServiceWaits(Scenario scenario, Testbed testbed) {
    this.scenario = scenario;
    this.testbed = testbed;
  }

  /** Until a service has so many tasks running a version, for the app's start limit at most. */
  void running(String service, String version, IntSupplier tasks) {
    until(
        service,
        "%s of %s's tasks run%s"
            .formatted(tasks.getAsInt(), service, version.isEmpty() ? "" : " " + version),
        scenario.app().startLimit(),
        () -> {
          long running = testbed.swarm().progress(service).running(version);
          return running >= tasks.getAsInt() ? Optional.empty() : Optional.of(running + " run");
        });
  }

  /**
   * Until all tasks of a service have ended, for their grace to stop and the app's start limit at
   * most. A task that was told to stop still answers for a while, so that it is not meant to run
   * says too little. On nodes that are closed nobody is waited for: a task that is lost with its
   * node never ends, as far as Swarm knows.
   */
  void ended(ServiceSpec spec) {
    until(
        spec.name(),
        "all tasks of %s have ended".formatted(spec.name()),
        spec.stopGrace().plus(scenario.app().startLimit()),
        () -> {
          Set<String> closed = testbed.nodes().closed();
          long left =
              testbed.swarm().view(spec.name()).tasks().stream()
                  .filter(task -> !task.ended() && !closed.contains(task.node()))
                  .count();
          return left == 0 ? Optional.empty() : Optional.of(left + " have not");
        });
  }

  /** How many tasks of a service can run: a global one cannot have its task on another node. */
  int alive(ServiceSpec spec) {
    if (spec.mode() != ServiceMode.GLOBAL) {
      return spec.replicas();
    }
    Set<String> closed = testbed.nodes().closed();
    List<String> its = scenario.cluster().namesFor(spec.placement().constraints());
    return spec.replicas() - (int) its.stream().filter(closed::contains).count();
  }

  /**
   * Until a condition of a service holds.
   *
   * @throws StepFailedException when it does not in time
   */
  void until(String service, String what, Duration limit, Timeline.Condition condition) {
    try {
      testbed.timeline().await(what, condition, limit);
    } catch (StepFailedException failed) {
      throw new StepFailedException(diagnosed(service, failed), failed);
    }
  }

  /**
   * For a state of a service that may never come.
   *
   * @return empty when it came; else what was missing
   */
  Optional<String> comesTo(
      String service,
      String what,
      Duration limit,
      Function<Swarm.Progress, Optional<String>> missing) {
    try {
      testbed.timeline().await(what, () -> missing.apply(testbed.swarm().progress(service)), limit);
      return Optional.empty();
    } catch (NotInTimeException never) {
      return Optional.of(diagnosed(service, never));
    }
  }

  private String diagnosed(String service, StepFailedException failed) {
    return (failed.getMessage() + "\n" + testbed.swarm().diagnosis(service)).strip();
  }
}
