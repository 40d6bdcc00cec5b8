package io.rolloutlab.twin.node;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Knobs;
import io.rolloutlab.twin.model.Names;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Task;
import io.rolloutlab.twin.model.TwinSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * The engines of all nodes, and the way of orders to them and of reports from them (swarmkit {@code
 * dispatcher.go}: both are gathered for a moment and then sent together).
 */
public final class Agent {
  private final EventQueue queue;
  private final Books books;
  private final Names names;
  private final TwinSettings settings;
  private final Chance chance;
  private final NodeCores machines;
  private final Pulls pulls;
  private final Map<Task, Execution> executions = new HashMap<>();
  private final Map<Task, TaskState> ordered = new HashMap<>();
  private int addresses = 2;

  /**
   * @param machines of all nodes
   */
  public Agent(
      EventQueue queue,
      Books books,
      Names names,
      TwinSettings settings,
      NodeCores machines,
      Chance chance) {
    this.queue = queue;
    this.books = books;
    this.names = names;
    this.settings = settings;
    this.machines = machines;
    this.chance = chance;
    pulls = new Pulls(queue, settings.pull(), chance);
    books.watch(this::dispatch);
  }

  private void dispatch(Task task) {
    if (task.state().ended()) {
      executions.remove(task);
      ordered.remove(task);
    } else if (task.node() != null && ordered.put(task, task.desired()) != task.desired()) {
      TaskState desired = task.desired();
      queue.after(chance.micros(settings.dispatch()), () -> order(task, desired));
    }
  }

  private void order(Task task, TaskState desired) {
    if (!task.state().ended()) {
      executions.computeIfAbsent(task, fresh -> new Execution(fresh, this)).order(desired);
    }
  }

  /** A task has reached a state; the manager learns of it a moment later, with this time. */
  void report(Task task, Execution.Mail mail, TaskState state, String message) {
    long now = queue.nowMicros();
    long arrives = Math.max(mail.lastMicros(), now + chance.micros(settings.report()));
    mail.lastMicros(arrives);
    queue.after(arrives - now, () -> books.state(task, state, message, now));
  }

  /** A container of the task starts now. */
  App startApp(Task task) {
    int number = addresses++;
    App app =
        new App(
            queue,
            settings,
            chance,
            () -> machines.waitMicros(task.node()),
            Knobs.of(task.spec().env()),
            chance.containerId(),
            "10.%s.%s.%s".formatted(number / 62_500, 1 + number / 250 % 250, 1 + number % 250));
    task.app(app);
    books.address(task);
    books.container(task);
    return app;
  }

  /** All that runs there ends at once, and no order reaches it any more. */
  public void lose(Node node) {
    node.lose();
    for (Task task : node.tasks()) {
      if (task.app() != null) {
        task.app().lose();
      }
    }
  }

  Machine machine(Task task) {
    return machines.of(task.node());
  }

  Pulls pulls() {
    return pulls;
  }

  Names names() {
    return names;
  }

  TwinSettings settings() {
    return settings;
  }

  /** Does something when so much time has passed. */
  void after(Spread length, Runnable action) {
    queue.after(chance.micros(length), action);
  }

  EventQueue queue() {
    return queue;
  }

  long micros(Spread length) {
    return chance.micros(length);
  }
}
