package io.rolloutlab.analysis.causes;

import io.rolloutlab.history.TaskRef;

/**
 * A task of pyapp on workerN1 with what was seen of it; of what is not told, nothing was. Times are
 * after x = 0.
 */
final class TaskSample {
  private final TaskRef task;
  private final long running;
  private boolean ran = true;
  private long firstAnswer = TaskTimes.NEVER;
  private long lastAnswer = TaskTimes.NEVER;
  private long firstVain = TaskTimes.NEVER;
  private long told = TaskTimes.NEVER;
  private long ended = TaskTimes.NEVER;
  private String end = "";
  private String message = "";
  private long lost = TaskTimes.NEVER;

  private TaskSample(TaskRef task, long running) {
    this.task = task;
    this.running = running;
  }

  /** In slot 1. */
  static TaskSample of(String version, long running) {
    return new TaskSample(new TaskRef("a", "pyapp", 1, "workerN1", version), running);
  }

  static TaskSample of(TaskRef task, long running) {
    return new TaskSample(task, running);
  }

  /** It came to be, and did not get so far. */
  TaskSample neverRan() {
    ran = false;
    return this;
  }

  TaskSample answered(long first, long last) {
    firstAnswer = first;
    lastAnswer = last;
    return this;
  }

  TaskSample vain(long first) {
    firstVain = first;
    return this;
  }

  TaskSample told(long at) {
    told = at;
    return this;
  }

  TaskSample ended(long at, String state, String why) {
    ended = at;
    end = state;
    message = why;
    return this;
  }

  TaskSample lost(long at) {
    lost = at;
    return this;
  }

  TaskTimes build() {
    return new TaskTimes(
        task,
        "10.0.1.5",
        running,
        ran ? running : TaskTimes.NEVER,
        firstAnswer,
        lastAnswer,
        firstVain,
        told,
        ended,
        end,
        message,
        lost);
  }
}
