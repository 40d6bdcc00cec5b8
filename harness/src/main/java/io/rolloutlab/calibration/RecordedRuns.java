package io.rolloutlab.calibration;

import io.rolloutlab.history.History;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.twin.clock.Spread;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The real runs that latencies are read off. */
record RecordedRuns(List<Run> all) {
  RecordedRuns {
    all = List.copyOf(all);
  }

  static RecordedRuns of(List<History> histories) {
    return new RecordedRuns(
        histories.stream().map(history -> new Run(history, Life.of(history))).toList());
  }

  /**
   * What is read off each run, all together: milliseconds, sorted. A negative one is a clock's
   * fault and says nothing.
   */
  double[] each(Function<Run, DoubleStream> reading) {
    return all.stream()
        .flatMapToDouble(reading::apply)
        .filter(millis -> millis >= 0)
        .sorted()
        .toArray();
  }

  /**
   * One run.
   *
   * @param lives of its tasks
   */
  record Run(History history, List<Life> lives) {
    Scenario scenario() {
      return history.manifest().scenario();
    }

    /** That of the app; null without one. */
    HealthCheck healthCheck() {
      return scenario().app().healthCheck();
    }

    /** How many of its containers compute at a time because they start or boot. */
    long atWork(long millis, Spread wait, Spread boot) {
      return having(TaskState.STARTING, TaskState.RUNNING)
          .filter(Life::app)
          .filter(life -> life.at(TaskState.STARTING) + wait.meanMillis() <= millis)
          .filter(life -> millis < life.at(TaskState.RUNNING) + boot.meanMillis())
          .count();
    }

    /** The lives of the tasks that reached all of these states. */
    Stream<Life> having(TaskState... states) {
      return lives.stream().filter(life -> life.has(states));
    }
  }
}
