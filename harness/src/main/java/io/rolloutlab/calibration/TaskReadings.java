package io.rolloutlab.calibration;

import io.rolloutlab.calibration.RecordedRuns.Run;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.app.HealthCheck;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What real runs show of the latencies of tasks: one value, in milliseconds, each time one was
 * seen.
 */
final class TaskReadings {
  private final RecordedRuns runs;

  TaskReadings(RecordedRuns runs) {
    this.runs = runs;
  }

  /** A node often gives "accepted" the time of "assigned"; "preparing" has its own. */
  double[] dispatches() {
    return runs.each(
        run ->
            run.having(TaskState.ASSIGNED, TaskState.PREPARING)
                .mapToDouble(life -> life.between(TaskState.ASSIGNED, TaskState.PREPARING)));
  }

  /** From assigned to prepared; what was to run at once is so when it starts. */
  private static DoubleStream prepared(Stream<Life> lives) {
    return lives
        .filter(life -> life.app() && life.has(TaskState.ASSIGNED))
        .filter(
            life ->
                life.has(TaskState.READY) || life.wantedAtOnce() && life.has(TaskState.STARTING))
        .mapToDouble(
            life ->
                life.between(
                    TaskState.ASSIGNED,
                    life.has(TaskState.READY) ? TaskState.READY : TaskState.STARTING));
  }

  /** Dispatch and preparation together, on nodes that know the network. */
  double[] preparations() {
    return runs.each(run -> prepared(run.lives().stream().filter(life -> !firstOn(run, life))));
  }

  /** The same on nodes that set it up. */
  double[] firstPreparations() {
    return runs.each(run -> prepared(run.lives().stream().filter(life -> firstOn(run, life))));
  }

  /** Of the tasks that were made together, all wait for the network. */
  private static boolean firstOn(Run run, Life life) {
    return run.lives().stream()
        .filter(other -> other.node().equals(life.node()) && other.has(TaskState.ASSIGNED))
        .noneMatch(
            other ->
                life.has(TaskState.ASSIGNED)
                    && other.has(TaskState.RUNNING)
                    && other.at(TaskState.RUNNING) < life.at(TaskState.ASSIGNED));
  }

  /** Tasks that start at one time slow each other down. */
  double[] loneStarts() {
    return runs.each(run -> run.healthCheck() == null ? lone(run) : DoubleStream.empty());
  }

  private static DoubleStream lone(Run run) {
    List<Life> started = run.having(TaskState.STARTING, TaskState.RUNNING).toList();
    return started.stream()
        .filter(life -> started.stream().noneMatch(o -> o != life && life.startsBeside(o)))
        .mapToDouble(life -> life.between(TaskState.STARTING, TaskState.RUNNING));
  }

  /**
   * A first probe that succeeds, with the start before it: from starting to running, without the
   * interval. Only where probes of different tasks seldom meet, which would slow each other down.
   *
   * @param startMillis how long a container alone takes to start
   */
  double[] healthyStarts(double startMillis) {
    return runs.each(
        run -> {
          HealthCheck check = run.healthCheck();
          if (check == null
              || !check.startPeriod().isZero()
              || check.interval().toSeconds() < run.scenario().tasks()) {
            return DoubleStream.empty();
          }
          double interval = check.interval().toMillis();
          // A second probe comes an interval later: its start was slower, not its probe.
          return lone(run)
              .map(millis -> millis - interval)
              .filter(millis -> millis - startMillis < interval);
        });
  }

  /** Containers that started together: how many, and how long until the last of them ran. */
  record Crowd(int tasks, double millis) {}

  /** Of at least three. */
  List<Crowd> crowds() {
    List<Crowd> crowds = new ArrayList<>();
    for (Run run : runs.all()) {
      List<Life> left = new ArrayList<>();
      if (run.healthCheck() == null) {
        run.having(TaskState.STARTING, TaskState.RUNNING).filter(Life::app).forEach(left::add);
      }
      while (!left.isEmpty()) {
        Set<Life> crowd = crowdOf(left.get(0), left);
        left.removeAll(crowd);
        if (crowd.size() >= 3) {
          long from =
              crowd.stream().mapToLong(life -> life.at(TaskState.STARTING)).min().getAsLong();
          long to = crowd.stream().mapToLong(life -> life.at(TaskState.RUNNING)).max().getAsLong();
          crowds.add(new Crowd(crowd.size(), to - from));
        }
      }
    }
    return crowds;
  }

  private static Set<Life> crowdOf(Life one, List<Life> among) {
    Set<Life> crowd = new LinkedHashSet<>(List.of(one));
    boolean grows = true;
    while (grows) {
      grows =
          crowd.addAll(
              among.stream().filter(o -> crowd.stream().anyMatch(o::startsBeside)).toList());
    }
    return crowd;
  }

  /** From the order to the end. */
  double[] stops() {
    return runs.each(
        run ->
            run.having(TaskState.SHUTDOWN)
                .filter(Life::toldToStop)
                .mapToDouble(life -> life.at(TaskState.SHUTDOWN) - life.toldAt(run.lives())));
  }

  /** Report of a stop and dispatch of the order to start together: what follows a stop at once. */
  double[] successions() {
    return runs.each(
        run ->
            run.having(TaskState.SHUTDOWN)
                .filter(Life::toldToStop)
                .flatMapToDouble(
                    old ->
                        old
                            .replacement(run.lives())
                            .filter(fresh -> fresh.has(TaskState.READY, TaskState.STARTING))
                            .filter(fresh -> fresh.at(TaskState.READY) < old.at(TaskState.SHUTDOWN))
                            .map(
                                fresh ->
                                    fresh.at(TaskState.STARTING)
                                        - (double) old.at(TaskState.SHUTDOWN))
                            .stream()
                            .mapToDouble(Double::doubleValue)));
  }
}
