package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.testbed.Swarm.ServiceView;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of a {@link Swarm} need to see of it. */
abstract class SwarmWatch {
  static final Duration PATIENCE = Bench.SCENARIO.app().startLimit();

  protected abstract Bench bench();

  Swarm swarm() {
    return bench().testbed().swarm();
  }

  Stage stage() {
    return bench().stage();
  }

  static List<TaskView> wanted(ServiceView view) {
    return view.tasks().stream().filter(task -> task.desired().equals("running")).toList();
  }

  List<TaskChange> changes(String service) {
    return bench()
        .recorded()
        .events(TaskChange.class)
        .filter(change -> change.service().equals(service))
        .toList();
  }

  /** When a task of a version was first in a state, by Swarm's own clock. */
  long reached(String service, String version, int slot, String state) {
    return changes(service).stream()
        .filter(change -> change.version().equals(version) && change.slot() == slot)
        .filter(change -> change.state().equals(state))
        .mapToLong(TaskChange::atMillis)
        .min()
        .orElseThrow();
  }

  List<String> updateStates(String service) {
    return bench()
        .recorded()
        .events(Event.UpdateChange.class)
        .filter(change -> change.service().equals(service))
        .map(Event.UpdateChange::state)
        .toList();
  }

  void awaitUpdate(String service, String state) {
    await(
        service,
        "the update is " + state,
        view ->
            view.updateState().equals(state)
                ? Optional.empty()
                : Optional.of("it is \"%s\"".formatted(view.updateState())));
  }

  void await(String service, String what, Function<ServiceView, Optional<String>> missing) {
    stage()
        .serviceComesTo(service, what, PATIENCE, progress -> missing.apply(swarm().view(service)))
        .ifPresent(
            never -> {
              throw new AssertionError(never);
            });
  }

  static void isRefused(String service, ThrowingCallable order) {
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(order)
        .withMessageContaining(service);
  }

  void awaitTask(String service, String state) {
    await(
        service,
        "a task is " + state,
        view ->
            view.tasks().stream().anyMatch(task -> task.state().equals(state))
                ? Optional.empty()
                : Optional.of("none is"));
  }
}
