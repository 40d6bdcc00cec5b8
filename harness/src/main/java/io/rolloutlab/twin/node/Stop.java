package io.rolloutlab.twin.node;

import io.rolloutlab.testbed.Commands;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Task;
import java.util.function.IntConsumer;

/** The end of a container: stop signal, what the app makes of it, and the kill after the grace. */
final class Stop {
  /** 128 and the number of SIGKILL. */
  static final int KILLED = 137;

  private final Agent agent;
  private final EventQueue queue;
  private final Task task;
  private final App app;
  private final IntConsumer then;
  private EventQueue.Entry kill;
  private boolean over;

  /**
   * @param then what follows when the container is gone; gets its exit code
   */
  Stop(Agent agent, Task task, IntConsumer then) {
    this.agent = agent;
    this.task = task;
    this.then = then;
    queue = agent.queue();
    app = task.app();
  }

  void begin() {
    kill = queue.after(EventQueue.micros(task.spec().stopGrace()), () -> processesEnded(KILLED));
    if (app.ended()) {
      processesEnded(app.exitCode());
    } else if (!app.knobs().ending().ignoreSigterm()) {
      // docker/app/server.py: before it listens it ends at once.
      queue.after(app.connects() ? app.knobs().ending().delayMicros() : 0, this::drain);
    }
  }

  private void drain() {
    if (over) {
      return;
    }
    if (isEdge()) {
      // nginx waits for its requests without a limit, and ends with the last one.
      app.drain(() -> processesEnded(0));
    } else {
      queue.after(app.knobs().ending().drainMicros(), this::exit);
      app.drain(this::exit);
    }
  }

  private boolean isEdge() {
    return task.service().name().equals(Commands.EDGE);
  }

  private void exit() {
    agent.after(agent.settings().exit(), () -> processesEnded(0));
  }

  /** Told to or not: whichever comes first is the container's exit code. */
  void processesEnded(int exitCode) {
    if (!over) {
      over = true;
      kill.cancel();
      app.end();
      agent.after(agent.settings().removal(), () -> then.accept(exitCode));
    }
  }
}
