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

  /**
   * What a step waited for did not come in time, or never can: a task that does not run, a smoke
   * test that fails. On the way forward that is an outcome of the rollout, which the {@link
   * Itinerary} takes back; anywhere else the run fails by it.
   */
  static final class NeverCameException extends StepFailedException {
    private static final long serialVersionUID = 1L;

    private final long waitedMillis;
    private final String what;
    private final String missing;

    /**
     * A wait that was in vain.
     *
     * @param waitedMillis how long it was
     * @param what was waited for, for people
     * @param missing what was missing last, and what the tasks say of their trouble, for people
     * @param message all of it, for people
     */
    NeverCameException(
        long waitedMillis, String what, String missing, String message, Throwable cause) {
      super(message, cause);
      this.waitedMillis = waitedMillis;
      this.what = what;
      this.missing = missing;
    }

    /** How long the wait was. */
    long waitedMillis() {
      return waitedMillis;
    }

    /** What was waited for, for people. */
    String what() {
      return what;
    }

    /** What was missing last, and what the tasks say of their trouble, for people. */
    String missing() {
      return missing;
    }
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
   * @throws NeverCameException when it does not in time, or the service answers as another version
   * @throws StepFailedException when it cannot be looked at
   */
  void until(String service, String what, Duration limit, Timeline.Condition condition) {
    long since = testbed.timeline().nowMillis();
    try {
      testbed.timeline().await(what, condition, limit);
    } catch (NotInTimeException never) {
      throw neverCame(service, since, what, never.missing(), never);
    } catch (SmokeTest.WrongVersionException wrong) {
      throw neverCame(service, since, what, wrong.getMessage(), wrong);
    } catch (StepFailedException failed) {
      throw new StepFailedException(with(testbed.swarm().diagnosis(service), failed), failed);
    }
  }

  private NeverCameException neverCame(
      String service, long since, String what, String missing, StepFailedException cause) {
    // A diagnosis may take a while.
    long waited = testbed.timeline().nowMillis() - since;
    String diagnosis = testbed.swarm().diagnosis(service);
    return new NeverCameException(
        waited, what, (missing + "\n" + diagnosis).strip(), with(diagnosis, cause), cause);
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
      return Optional.of(with(testbed.swarm().diagnosis(service), never));
    }
  }

  private static String with(String diagnosis, StepFailedException failed) {
    return (failed.getMessage() + "\n" + diagnosis).strip();
  }
}
