package io.rolloutlab.alarm;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.util.Comparator;
import java.util.Optional;

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

  /** A real edge is read by a thread for each of its containers. */
  private synchronized void saw(Hit hit) {
    if (plan.of() == AlarmPlan.Whose.ALL || version(hit).equals(VersionPlan.V2)) {
      window.add(hit).filter(bad -> stage.recall().announce()).ifPresent(this::ring);
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
    stage.record(new Event.CalledBack(stage.now(), rangAtMillis));
    stage.recall().call();
  }

  /** As the answer names it, else by the address of the task that the request was sent to last. */
  private String version(Hit hit) {
    return hit.version().isEmpty() ? ofTask(hit.lastAddress()).orElse("") : hit.version();
  }

  /** An address is the next task's when the last one has ended, which may still name it. */
  private Optional<String> ofTask(String address) {
    return stage.scenario().services().stream()
        .flatMap(service -> stage.testbed().swarm().view(service).tasks().stream())
        .filter(task -> !address.isEmpty() && task.address().equals(address))
        .max(Comparator.comparing(task -> task.state().equals("running")))
        .map(TaskView::version);
  }
}
