package io.rolloutlab.twin;

/** The end of a container: stop signal, what the app makes of it, and the kill after the grace. */
final class Stop {
  private final Agent agent;
  private final EventQueue queue;
  private final Task task;
  private final App app;
  private final Runnable then;
  private EventQueue.Entry kill;
  private boolean over;

  /**
   * @param then what follows when the container is gone
   */
  Stop(Agent agent, Task task, Runnable then) {
    this.agent = agent;
    this.task = task;
    this.then = then;
    queue = agent.queue();
    app = task.app();
  }

  void begin() {
    kill = queue.after(EventQueue.micros(task.spec().stopGrace()), this::processesEnded);
    if (app.ended()) {
      processesEnded();
    } else if (!app.knobs().ignoreSigterm()) {
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
    agent.after(agent.settings().exit(), this::processesEnded);
  }

  private void processesEnded() {
    if (!over) {
      over = true;
      kill.cancel();
      app.end();
      agent.after(agent.settings().removal(), then);
    }
  }
}
