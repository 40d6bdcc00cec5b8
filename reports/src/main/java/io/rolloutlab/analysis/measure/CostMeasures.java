package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.scenario.SettledNumber;
import java.util.List;
import java.util.OptionalDouble;

/** What a rollout costs: tasks, CPU and memory. */
public final class CostMeasures implements MeasureProvider {
  public static final Measure EXTRA_TASKS =
      new Heading(
              "extraTasks",
              "Extra tasks",
              "",
              0,
              "Most tasks with a container at one time, those that start included, minus the"
                  + " replicas: so much room the cluster must have")
          .read(Tasks.class, t -> OptionalDouble.of(t.containers().peak() - t.replicas()))
          .lowestIsBest(value -> Apart.counted())
          .only(Table.SWEEP, Table.MATRIX);

  public static final Measure LEAST_TASKS =
      new Heading(
              "leastTasks",
              "Fewest running",
              "",
              0,
              "Fewest tasks running at one time since the command")
          .read(Tasks.class, t -> OptionalDouble.of(t.atOnce().least()))
          .highestIsBest(value -> Apart.counted())
          .only(Table.SWEEP);

  public static final Measure EXTRA_TASK_SECONDS =
      new Heading(
              "extraTaskSeconds",
              "Extra task-seconds",
              "s",
              0,
              "Container-seconds since the command minus replicas × that time; negative where"
                  + " containers were missing")
          .read(Tasks.class, t -> OptionalDouble.of(t.containers().secondsAboveBaseline()))
          .only(Table.SWEEP, Table.MATRIX);

  public static final Measure MISSING_TASK_SECONDS =
      new Heading(
              "missingTaskSeconds",
              "Missing task-seconds",
              "s",
              0,
              "Capacity lost: for every moment since x = 0 in which fewer tasks ran than there are"
                  + " replicas, of whichever version, how many were missing, summed up over time")
          .read(run -> run.part(Tasks.class).map(tasks -> missing(tasks, run)))
          .lowestIsBest(Apart::times)
          .only(Table.MATRIX);

  private static final List<Measure> ALL =
      List.of(
          new Heading(
                  "peakTasks",
                  "Peak tasks",
                  "tasks",
                  0,
                  "Most app tasks running at once since x = 0")
              .read(Tasks.class, t -> OptionalDouble.of(t.peak()))
              .lowestIsBest(value -> Apart.counted())
              .only(Table.COMPARISON),
          new Heading(
                  "tasksKilled",
                  "Tasks killed",
                  "tasks",
                  0,
                  "App tasks that had to be killed since their grace to stop was over")
              .read(Tasks.class, t -> OptionalDouble.of(t.killed().total()))
              .only(Table.COMPARISON),
          new Heading(
                  "replicaSecondsRatio",
                  "Replica-seconds",
                  "×",
                  2,
                  "Task-seconds of the app since x = 0 over replicas × that time")
              .read(Tasks.class, t -> OptionalDouble.of(t.replicaSeconds().ratio()))
              .lowestIsBest(Apart::ratios)
              .settledBy(SettledNumber.COST)
              .only(Table.COMPARISON),
          new Heading(
                  "memoryPeakRatio",
                  "Peak memory",
                  "×",
                  2,
                  "Peak memory of all app tasks over their mean in the warm-up of the run")
              .read(Resources.class, Resources::memoryPeakRatio)
              .lowestIsBest(Apart::ratios)
              .only(Table.COMPARISON, Table.MATRIX),
          new Heading(
                  "cpuSecondsAboveWarmUp",
                  "Extra CPU",
                  "s",
                  1,
                  "CPU seconds of app tasks since x = 0 minus the warm-up's level × that time")
              .read(Resources.class, r -> r.app().cpuSecondsAboveWarmUp())
              .lowestIsBest(Apart::amounts)
              .settledBy(SettledNumber.COST)
              .only(Table.COMPARISON, Table.MATRIX),
          new Heading(
                  "memoryGigabyteSecondsAboveWarmUp",
                  "Extra memory",
                  "GB·s",
                  2,
                  "Memory of app tasks over the time since x = 0, minus the warm-up's level")
              .read(Resources.class, r -> r.app().memoryGigabyteSecondsAboveWarmUp())
              .lowestIsBest(Apart::amounts)
              .settledBy(SettledNumber.COST)
              .only(Table.COMPARISON),
          EXTRA_TASKS,
          LEAST_TASKS,
          EXTRA_TASK_SECONDS,
          MISSING_TASK_SECONDS);

  @Override
  public List<Measure> measures() {
    return ALL;
  }

  private static OptionalDouble missing(Tasks tasks, Evidence run) {
    Span time = run.timeline().measured();
    List<Tasks.Running> levels = tasks.running();
    long missing = 0;
    for (int i = 0; i < levels.size(); i++) {
      long from = Math.max(time.startMillis(), levels.get(i).atMillis());
      long next = i + 1 < levels.size() ? levels.get(i + 1).atMillis() : time.endMillis();
      long until = Math.min(time.endMillis(), next);
      missing += Math.max(0, until - from) * Math.max(0, tasks.replicas() - levels.get(i).total());
    }
    return Numbered.seconds(missing);
  }
}
