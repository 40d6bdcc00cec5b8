package io.rolloutlab.twin;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.TaskChange;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.testbed.Swarm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The app's one service on the twin under a course of orders, and what became of its tasks. */
final class TwinCourse {
  private final List<Event> events;
  private final Stage stage;

  private TwinCourse(TestTwin twin) {
    events = twin.events();
    stage = twin.stage();
  }

  /**
   * Creates the service with v1, and gives the orders.
   *
   * @param settings lines of a scenario whose strategy is rolling
   */
  static TwinCourse play(Path folder, String settings, Consumer<TwinCourse> orders) {
    try (TestTwin twin = TestTwin.of(folder, "strategy: rolling", settings)) {
      TwinCourse course = new TwinCourse(twin);
      course.swarm().create(course.stage.stable());
      orders.accept(course);
      return course;
    }
  }

  Stage stage() {
    return stage;
  }

  Swarm swarm() {
    return stage.testbed().swarm();
  }

  Swarm.ServiceView view() {
    return swarm().view(Stage.APP);
  }

  /** Each task's changes, in the order in which the tasks were made. */
  Map<String, List<TaskChange>> tasks() {
    return events.stream()
        .filter(TaskChange.class::isInstance)
        .map(TaskChange.class::cast)
        .filter(change -> change.service().equals(Stage.APP))
        .collect(Collectors.groupingBy(TaskChange::task, LinkedHashMap::new, Collectors.toList()));
  }

  /** How many tasks of a version each slot has had. */
  Map<Integer, Long> made(String version) {
    return tasks().values().stream()
        .map(changes -> changes.get(0))
        .filter(first -> first.version().equals(version))
        .collect(Collectors.groupingBy(TaskChange::slot, Collectors.counting()));
  }

  /** The last state of each task. */
  Stream<String> states() {
    return tasks().values().stream().map(changes -> changes.get(changes.size() - 1).state());
  }
}
