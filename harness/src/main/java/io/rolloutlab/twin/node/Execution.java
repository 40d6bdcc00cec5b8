package io.rolloutlab.twin.node;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Task;
import java.util.function.IntConsumer;

/**
 * One task on its node, from accepted to its end (swarmkit {@code agent/task.go} and {@code
 * agent/exec/controller.go}, moby {@code daemon/cluster/executor/container/controller.go}).
 */
final class Execution {
  /** An operation that an order interrupts is taken up again after this (agent/task.go). */
  private static final long RETRY_MICROS = 1_000_000;

  /** For others to forget the address (defaultGossipConvergeDelay, controller.go). */
  private static final long CONVERGE_MICROS = 2_000_000;

  private static final long INSTANT_MICROS = 2_000;

  private final Task task;
  private final Agent agent;
  private final EventQueue queue;
  private final Mail mail = new Mail();
  private TaskState reached = TaskState.ASSIGNED;
  private TaskState wanted = TaskState.NEW;
  private boolean stopping;
  private Stop stop;

  /** Reports of one task arrive in the order in which they were made. */
  static final class Mail {
    private long lastMicros;

    long lastMicros() {
      return lastMicros;
    }

    void lastMicros(long micros) {
      lastMicros = micros;
    }
  }

  Execution(Task task, Agent agent) {
    this.task = task;
    this.agent = agent;
    queue = agent.queue();
  }

  /** The manager wants the task in a state; nothing goes back to an earlier one. */
  void order(TaskState desired) {
    if (reached.ended() || desired.compareTo(wanted) <= 0) {
      return;
    }
    boolean first = wanted == TaskState.NEW;
    wanted = desired;
    if (desired.ended()) {
      shutDown();
    } else if (first) {
      accept();
    } else if (reached == TaskState.READY) {
      start();
    }
  }

  private void reach(TaskState state, String message) {
    if (!lost()) {
      reached = state;
      agent.report(task, mail, state, message);
    }
  }

  private boolean goesOn() {
    return !stopping && !reached.ended() && !lost();
  }

  /** With its node, nothing happens to it any more, and nothing is heard of it. */
  private boolean lost() {
    return task.node().lost();
  }

  private void accept() {
    reach(TaskState.ACCEPTED, "accepted");
    queue.after(INSTANT_MICROS, this::prepare);
  }

  private void prepare() {
    if (goesOn()) {
      reach(TaskState.PREPARING, "preparing");
      queue.after(preparationMicros(), this::pull);
    }
  }

  /** The image is asked for when the networks are there (controller.go: Prepare). */
  private void pull() {
    if (goesOn()) {
      agent.pulls().await(task, this::prepared);
    }
  }

  private long preparationMicros() {
    Node node = task.node();
    long now = queue.nowMicros();
    if (node.networkMicros().isEmpty()) {
      node.setsUpNetworkUntil(now + agent.micros(agent.settings().prepareFirst()));
      return node.networkMicros().getAsLong() - now;
    }
    long wait = Math.max(0, node.networkMicros().getAsLong() - now);
    return wait + agent.micros(agent.settings().prepare());
  }

  private void prepared() {
    if (goesOn()) {
      reach(TaskState.READY, "prepared");
      if (wanted == TaskState.RUNNING) {
        queue.after(INSTANT_MICROS, this::start);
      }
    }
  }

  private void start() {
    if (goesOn() && reached == TaskState.READY) {
      reach(TaskState.STARTING, "starting");
      agent.after(
          agent.settings().startWait(),
          () ->
              agent.machine(task).work(agent.micros(agent.settings().startWork()), this::started));
    }
  }

  private void started() {
    if (!goesOn()) {
      return;
    }
    App app = agent.startApp(task);
    if (app.knobs().complaint().isEmpty()) {
      queue.after(
          app.knobs().startDelayMicros(),
          () -> agent.machine(task).work(agent.micros(agent.settings().boot()), this::listens));
    } else {
      agent.after(agent.settings().boot(), () -> crash(2));
    }
    if (task.spec().healthCheck() == null) {
      // Running says that the container has started, not that the app listens (moby#32079).
      runs();
    } else {
      new Probes(
              queue,
              task.spec().healthCheck(),
              then -> agent.machine(task).work(agent.micros(agent.settings().healthProbe()), then),
              app,
              this::goesOn,
              this::runs,
              this::unhealthy)
          .next();
    }
  }

  private void listens() {
    App app = task.app();
    app.listen();
    if (app.knobs().crashAfterMicros() >= 0) {
      queue.after(app.knobs().crashAfterMicros(), () -> crash(1));
    }
    TaskLimits limits = task.spec().limits();
    if (limits != null && limits.memory().bytes() > 0) {
      // The kernel kills the process that took it, the container's first one (docker/app).
      app.fillsAfterMicros(limits.memory().bytes())
          .ifPresent(wait -> queue.after(wait, () -> crash(Stop.KILLED)));
    }
  }

  private void runs() {
    agent.names().bind(task);
    reach(TaskState.RUNNING, "started");
  }

  /**
   * The processes end by themselves. Until the engine has noticed, the container has its name and
   * its address, where connections are refused; then it loses both in one (moby {@code
   * daemon/monitor.go}: handleContainerExit; libnetwork {@code endpoint.go}: sbLeave).
   */
  private void crash(int exitCode) {
    if (reached.ended() || task.app().ended()) {
      return;
    }
    task.app().crash(exitCode);
    if (stop != null) {
      stop.processesEnded(exitCode);
    }
    if (!stopping) {
      stopping = true;
      agent.after(
          agent.settings().removal(),
          () -> {
            if (!lost()) {
              agent.names().unbind(task);
            }
            ended(TaskState.FAILED, "task: non-zero exit (%s)".formatted(exitCode));
          });
    }
  }

  /**
   * It takes the path of every shutdown. Whether it is then said to have failed, its exit code
   * alone decides (controller.go, Start, and Wait where it was healthy before): an app that stops
   * in order has finished. That one which never was runs for a moment is not seen: the dispatcher
   * keeps the last report of each 100 ms.
   */
  private void unhealthy() {
    stopping = true;
    task.app().fallIll();
    unbindAndStop(
        exitCode -> {
          if (exitCode == 0) {
            ended(TaskState.COMPLETE, "finished");
          } else {
            ended(
                TaskState.FAILED,
                "task: non-zero exit (%s): dockerexec: unhealthy container".formatted(exitCode));
          }
        });
  }

  /**
   * A task that is at work is first interrupted, and taken up again a second later: the wait for
   * its end returns "cancelled", which counts as an error to be retried.
   */
  private void shutDown() {
    if (!stopping) {
      stopping = true;
      boolean atWork = reached != TaskState.READY;
      agent.pulls().leave(task);
      queue.after(
          atWork ? RETRY_MICROS : 0,
          () -> unbindAndStop(exitCode -> ended(TaskState.SHUTDOWN, shutdown(exitCode))));
    }
  }

  /** Swarm's word, and the exit code beside it where the app did not end in order. */
  private static String shutdown(int exitCode) {
    return exitCode == 0 ? "shutdown" : "shutdown: non-zero exit (%s)".formatted(exitCode);
  }

  /** Unbind, a fixed time for others to notice, stop signal, grace, kill. */
  private void unbindAndStop(IntConsumer end) {
    if (lost()) {
      return;
    }
    agent.names().unbind(task);
    queue.after(
        CONVERGE_MICROS,
        () -> {
          if (task.app() == null) {
            end.accept(0);
          } else {
            stop = new Stop(agent, task, end);
            stop.begin();
          }
        });
  }

  private void ended(TaskState last, String message) {
    if (task.app() != null) {
      task.app().vanish();
    }
    reach(last, message);
  }
}
