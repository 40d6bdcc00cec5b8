package io.rolloutlab.alarm;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches what the edge logs, as monitoring does, and calls the rollout back when too much of it is
 * bad: it rings, and after the reaction that the scenario gives it the order is given. Both are
 * recorded. What the edge logs before the rollout begins is in the window as well; it rings only
 * while there is something to call back.
 */
public final class Alarm {
  private final AlarmPlan plan;
  private final Stage stage;
  private final AlarmWindow window;
  private final List<Hit> unnamed = new ArrayList<>();
  private boolean doubtful;

  private Alarm(Stage stage) {
    this.stage = stage;
    plan = stage.scenario().alarm();
    window = new AlarmWindow(plan);
  }

  /** Begins to watch, where the scenario has somebody look. */
  public static void start(Stage stage) {
    if (stage.scenario().mayBeCalledBack()) {
      Alarm alarm = new Alarm(stage);
      stage.testbed().edge().watch(alarm::saw);
    }
  }

  /**
   * A real edge is read by a thread for each of its containers, which must not wait: where only
   * Swarm knows whose answer it is, Swarm is asked beside them, once for all that wait for it.
   */
  private synchronized void saw(Hit hit) {
    if (plan.of() == AlarmPlan.Whose.ALL || hit.version().equals(VersionPlan.V2)) {
      count(hit);
    } else if (hit.version().isEmpty() && !hit.lastAddress().isEmpty()) {
      unnamed.add(hit);
      if (unnamed.size() == 1) {
        stage.testbed().timeline().later(Duration.ZERO, this::nameThem);
      }
    }
  }

  private void count(Hit hit) {
    window.add(hit).filter(bad -> stage.recall().announce()).ifPresent(this::ring);
  }

  /**
   * By the address of the task that each was sent to last. What cannot be told is not counted, and
   * a fault that spoils the run: the alarm might have rung.
   */
  private void nameThem() {
    List<Hit> these = takeUnnamed();
    try {
      Set<String> ofV2 = addressesOfV2();
      countAll(these.stream().filter(hit -> ofV2.contains(hit.lastAddress())).toList());
    } catch (StepFailedException failed) {
      doubt(failed.getMessage());
    }
  }

  private synchronized List<Hit> takeUnnamed() {
    List<Hit> these = List.copyOf(unnamed);
    unnamed.clear();
    return these;
  }

  private synchronized void countAll(List<Hit> hits) {
    hits.forEach(this::count);
  }

  /** One makes the run doubtful; a thousand do so no more. */
  private synchronized void doubt(String why) {
    if (!doubtful) {
      doubtful = true;
      stage.record(
          new Event.Fault(stage.now(), "the alarm could not tell whose answers it saw", why, true));
    }
  }

  private void ring(AlarmWindow.Alarming bad) {
    long now = stage.now();
    stage.record(
        new Event.AlarmRang(
            now,
            bad.signal(),
            FileWord.of(plan.of()),
            bad.bad(),
            bad.requests(),
            bad.abovePercent(),
            plan.within().toMillis()));
    stage.testbed().timeline().later(plan.reaction(), () -> order(now));
  }

  private void order(long rangAtMillis) {
    boolean made =
        stage.recall().call(() -> stage.record(new Event.CalledBack(stage.now(), rangAtMillis)));
    if (!made) {
      stage.note("the alarm's order is not given: the rollout was given up before, and goes back");
    }
  }

  /** An address is the next task's when the last one has ended, which may still name it. */
  private Set<String> addressesOfV2() {
    Map<String, TaskView> byAddress = new HashMap<>();
    stage.services().stream()
        .flatMap(service -> stage.testbed().swarm().view(service).tasks().stream())
        .sorted(Comparator.comparing(task -> task.is(TaskState.RUNNING)))
        .forEach(task -> byAddress.put(task.address(), task));
    return byAddress.values().stream()
        .filter(task -> task.version().equals(VersionPlan.V2))
        .map(TaskView::address)
        .collect(Collectors.toSet());
  }
}
