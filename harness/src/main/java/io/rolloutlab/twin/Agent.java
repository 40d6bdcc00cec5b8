package io.rolloutlab.twin;

import io.rolloutlab.scenario.HealthCheck;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The engines of all nodes: takes each task from assigned to running, and to its end (swarmkit
 * {@code agent/task.go}, moby {@code daemon/cluster/executor/container/controller.go}).
 */
final class Agent {
  /** An operation that an order interrupts is taken up again after this (agent/task.go). */
  private static final long RETRY_MICROS = 1_000_000;

  /** For others to forget the address (defaultGossipConvergeDelay, controller.go). */
  private static final long CONVERGE_MICROS = 2_000_000;

  /**
   * Between probes in the start period (defaultProbeStartInterval, daemon/health.go, from 25.0).
   */
  private static final long START_INTERVAL_MICROS = 5_000_000;

  private static final long INSTANT_MICROS = 2_000;

  private final EventQueue queue;
  private final Books books;
  private final Names names;
  private final TwinSettings settings;
  private final Chance chance;
  private final Map<Node, Machine> machines = new HashMap<>();

  /** What each agent has been told is wanted. */
  private final Map<Task, TaskState> told = new HashMap<>();

  private final Map<Task, TaskState> toBeTold = new HashMap<>();
  private final Set<Task> stopping = new HashSet<>();
  private int addresses = 2;

  Agent(
      EventQueue queue,
      Books books,
      Names names,
      TwinSettings settings,
      List<Node> nodes,
      Chance chance) {
    this.queue = queue;
    this.books = books;
    this.names = names;
    this.settings = settings;
    this.chance = chance;
    Machine shared = new Machine(queue, settings.startCores());
    for (Node node : nodes) {
      machines.put(
          node, settings.nodesShareMachine() ? shared : new Machine(queue, settings.startCores()));
    }
    books.watch(this::dispatch);
  }

  private void dispatch(Task task) {
    if (task.node() == null || task.state().ended()) {
      return;
    }
    TaskState desired = task.desired();
    if (toBeTold.put(task, desired) != desired) {
      queue.after(chance.micros(settings.dispatch()), () -> tell(task, desired));
    }
  }

  private void tell(Task task, TaskState desired) {
    TaskState before = told.get(task);
    if (task.state().ended() || before != null && desired.compareTo(before) <= 0) {
      return;
    }
    told.put(task, desired);
    if (desired.ended()) {
      shutDown(task);
    } else if (before == null) {
      accept(task);
    } else if (task.state() == TaskState.READY) {
      start(task);
    }
  }

  private boolean given(Task task) {
    return !stopping.contains(task) && !task.state().ended();
  }

  private void accept(Task task) {
    books.state(task, TaskState.ACCEPTED, "accepted");
    queue.after(
        INSTANT_MICROS,
        () -> {
          if (given(task)) {
            books.state(task, TaskState.PREPARING, "preparing");
            boolean known = task.node().meetsNetwork();
            Spread length = known ? settings.prepare() : settings.prepareFirst();
            queue.after(chance.micros(length), () -> prepared(task));
          }
        });
  }

  private void prepared(Task task) {
    if (given(task)) {
      books.state(task, TaskState.READY, "prepared");
      if (told.get(task) == TaskState.RUNNING) {
        queue.after(INSTANT_MICROS, () -> start(task));
      }
    }
  }

  private void start(Task task) {
    if (!given(task)) {
      return;
    }
    books.state(task, TaskState.STARTING, "starting");
    Machine machine = machines.get(task.node());
    queue.after(
        chance.micros(settings.startWait()),
        () -> machine.work(chance.micros(settings.startWork()), () -> started(task, machine)));
  }

  private void started(Task task, Machine machine) {
    App app =
        new App(
            queue, settings, chance, Knobs.of(task.spec().env()), chance.containerId(), address());
    task.app(app);
    if (!app.knobs().complaint().isEmpty()) {
      queue.after(chance.micros(settings.boot()), () -> crash(task, 2));
    } else {
      queue.after(
          app.knobs().startDelayMicros(),
          () -> machine.work(chance.micros(settings.boot()), () -> listens(task)));
    }
    if (!given(task)) {
      return;
    }
    if (task.spec().healthCheck() == null) {
      // Running says that the container has started, not that the app listens (moby#32079).
      runs(task);
    } else {
      new Probes(task).next();
    }
  }

  private String address() {
    int number = addresses++;
    return "10.0.%d.%d".formatted(1 + number / 250, 1 + number % 250);
  }

  private void listens(Task task) {
    App app = task.app();
    if (app.gone() || task.state().ended()) {
      return;
    }
    app.listen();
    if (app.knobs().crashAfterMicros() >= 0) {
      queue.after(app.knobs().crashAfterMicros(), () -> crash(task, 1));
    }
  }

  private void runs(Task task) {
    names.bind(task);
    books.state(task, TaskState.RUNNING, "started");
  }

  private void crash(Task task, int exitCode) {
    if (task.state().ended() || task.app().gone()) {
      return;
    }
    task.app().end();
    names.unbind(task);
    if (given(task)) {
      stopping.add(task);
      queue.after(
          chance.micros(settings.removal()) / 4,
          () -> ended(task, TaskState.FAILED, "task: non-zero exit (%d)".formatted(exitCode)));
    }
  }

  /**
   * Unbind, a fixed time for others to notice, stop signal, grace, kill (controller.go, Shutdown).
   * A task at work is first interrupted, and only taken up again a second later.
   */
  private void shutDown(Task task) {
    if (!stopping.add(task)) {
      return;
    }
    boolean atWork = task.state() != TaskState.READY;
    queue.after(
        atWork ? RETRY_MICROS : 0, () -> unbindAndStop(task, TaskState.SHUTDOWN, "shutdown"));
  }

  private void unbindAndStop(Task task, TaskState last, String message) {
    names.unbind(task);
    queue.after(
        CONVERGE_MICROS,
        () -> {
          if (task.app() == null) {
            ended(task, last, message);
          } else {
            new Stop(task, () -> ended(task, last, message)).begin();
          }
        });
  }

  private void ended(Task task, TaskState last, String message) {
    if (task.app() != null) {
      task.app().vanish();
    }
    books.state(task, last, message);
    told.remove(task);
    toBeTold.remove(task);
    stopping.remove(task);
  }

  /** The end of a container's processes. */
  private final class Stop {
    private final App app;
    private final Runnable then;
    private final EventQueue.Entry kill;
    private boolean over;

    Stop(Task task, Runnable then) {
      app = task.app();
      this.then = then;
      kill = queue.after(EventQueue.micros(task.spec().stopGrace()), this::removed);
    }

    void begin() {
      if (!app.knobs().ignoreSigterm()) {
        queue.after(app.knobs().stopDelayMicros(), this::drain);
      }
    }

    private void drain() {
      if (!over) {
        queue.after(app.knobs().drainMicros(), this::exit);
        app.drain(this::exit);
      }
    }

    private void exit() {
      queue.after(chance.micros(settings.exit()), this::removed);
    }

    private void removed() {
      if (!over) {
        over = true;
        kill.cancel();
        app.end();
        queue.after(chance.micros(settings.removal()), then);
      }
    }
  }

  /**
   * The health check of a task until it is first healthy: nothing the app can be told makes it
   * unhealthy later (moby daemon/health.go).
   */
  private final class Probes {
    private final Task task;
    private final HealthCheck check;
    private final long startMicros = queue.nowMicros();
    private int failures;

    Probes(Task task) {
      this.task = task;
      check = task.spec().healthCheck();
    }

    /** The first probe comes an interval after the start. */
    void next() {
      boolean starting = inStartPeriod();
      queue.after(
          starting ? START_INTERVAL_MICROS : EventQueue.micros(check.interval()), this::probe);
    }

    private boolean inStartPeriod() {
      long period = EventQueue.micros(check.startPeriod());
      return queue.nowMicros() - startMicros < period;
    }

    private void probe() {
      if (!given(task)) {
        return;
      }
      if (task.app().healthy()) {
        runs(task);
        return;
      }
      failures += inStartPeriod() ? 0 : 1;
      if (failures < check.retries()) {
        next();
      } else {
        stopping.add(task);
        unbindAndStop(task, TaskState.FAILED, "task: unhealthy container");
      }
    }
  }
}
