package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.Strategy;
import org.junit.jupiter.api.Test;

/** The scenario wants 4 replicas; the measured time is 0 to 10 s. */
class TasksTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING)
          .phase(-1000, PhaseKind.WARM_UP)
          .phase(0, PhaseKind.ROLLOUT)
          .phase(12_000, PhaseKind.TEARDOWN)
          .ok(1, 9990, 10, "v1");

  private Tasks tasks() {
    return Analysis.analyse(history.build()).tasks().orThrow();
  }

  @Test
  void aTaskRunsUntilItHasStoppedWhateverIsWantedOfIt() {
    history
        .task(-5000, "a", 1, "v1", "preparing")
        .task(-4000, "a", 1, "v1", "running")
        .task(1000, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(3000, "a", "pyapp", 1, "v1", "shutdown", "shutdown");

    assertThat(tasks().lives())
        .containsExactly(
            new Tasks.Life("a", "pyapp", 1, "workerN1", "v1", -4000, 3000, "shutdown"));
    assertThat(tasks().replicaSeconds().v1()).isEqualTo(3);
    assertThat(tasks().atOnce().least()).isZero();
  }

  @Test
  void theCostIsTaskSecondsAgainstWhatTheScenarioWants() {
    for (int slot = 1; slot <= 4; slot++) {
      history.task(-5000, "blue" + slot, slot, "v1", "running");
      history.task(2000, "green" + slot, slot, "v2", "running");
      history.task(7000, "blue" + slot, slot, "v1", "shutdown");
    }

    Tasks tasks = tasks();

    assertThat(tasks.peak()).isEqualTo(8);
    assertThat(tasks.atOnce().peakAtMillis()).isEqualTo(2000);
    assertThat(tasks.atOnce().peakRatio()).isEqualTo(2);
    assertThat(tasks.atOnce().least()).isEqualTo(4);
    assertThat(tasks.replicaSeconds().v1()).isEqualTo(28);
    assertThat(tasks.replicaSeconds().v2()).isEqualTo(32);
    assertThat(tasks.replicaSeconds().aboveBaseline()).isEqualTo(20);
    assertThat(tasks.replicaSeconds().ratio()).isEqualTo(1.5);
  }

  /** Nobody tells Swarm: for it the task runs on, and is wanted to shut down in the end. */
  @Test
  void withItsNodeATaskEndsWhateverSwarmSays() {
    history
        .task(-5000, "a", 1, "v1", "running")
        .event(Event.Happened.nodeLost(Histories.ZERO + 4000, "workerN1"))
        .task(9000, "a", "pyapp", 1, "v1", "running", "shutdown");

    assertThat(tasks().lives())
        .containsExactly(new Tasks.Life("a", "pyapp", 1, "workerN1", "v1", -5000, 4000, "lost"));
    assertThat(tasks().replicaSeconds().v1()).isEqualTo(4);
    assertThat(tasks().atOnce().least()).isZero();
    // Four are wanted and one was there for 4 of 10 s.
    assertThat(tasks().containers()).isEqualTo(new Tasks.Containers(1, 4 - 4 * 10));
    assertThat(Analysis.analyse(history.build()).journal().faults())
        .containsExactly(new Journal.Fault(4000, "node lost", "workerN1, as the scenario asks"));
  }

  @Test
  void whatComesAfterTheLoadIsNotMeasured() {
    history
        .task(-5000, "a", 1, "v1", "running")
        .task(11_000, "b", 2, "v2", "running")
        .task(12_500, "a", 1, "v1", "shutdown");

    assertThat(tasks().peak()).isEqualTo(1);
    assertThat(tasks().atOnce().least()).isEqualTo(1);
    assertThat(tasks().replicaSeconds().v2()).isZero();
  }

  @Test
  void oneThatStopsAsAnotherStartsIsNoPeak() {
    history
        .task(-5000, "a", 1, "v1", "running")
        .task(3000, "a", 1, "v1", "failed")
        .task(3000, "b", 1, "v2", "running");

    assertThat(tasks().running())
        .containsExactly(new Tasks.Running(-5000, 1, 0), new Tasks.Running(3000, 0, 1));
    assertThat(tasks().peak()).isEqualTo(1);
  }

  @Test
  void aContainerNeedsRoomWhileItStartsAndAlsoWhenItNeverRuns() {
    for (int slot = 1; slot <= 4; slot++) {
      history.task(-5000, "old" + slot, slot, "v1", "running");
    }
    history
        .task(1000, "a", 1, "v2", "preparing")
        .task(2000, "a", 1, "v2", "starting")
        .task(5000, "a", 1, "v2", "running")
        .task(6000, "old1", 1, "v1", "shutdown")
        .task(2500, "b", 2, "v2", "starting")
        .task(3000, "b", 2, "v2", "failed");

    assertThat(tasks().peak()).isEqualTo(5);
    assertThat(tasks().containers()).isEqualTo(new Tasks.Containers(6, 4 + 0.5));
  }

  @Test
  void tasksThatNeverRanAndOtherServicesAreNotCounted() {
    history
        .task(1000, "a", 1, "v2", "preparing")
        .task(2000, "a", 1, "v2", "rejected")
        .task(1000, "n", "nginx", 1, "", "running", "running");

    assertThat(tasks().lives()).isEmpty();
    assertThat(tasks().peak()).isZero();
  }

  /** Grace is 10 s; Swarm takes 3 s until the signal. */
  @Test
  void aTaskThatOutlivesItsGraceWasKilled() {
    told(1, 14_000, "shutdown");
    told(2, 13_000, "shutdown");
    told(3, 12_900, "shutdown");
    told(4, 4_200, "shutdown");

    assertThat(tasks().killed().stopped()).isEqualTo(4);
    assertThat(tasks().killed().byTime()).isEqualTo(2);
    assertThat(tasks().killed().sentence())
        .startsWith("2 of 4 stopped tasks took longer to end than their grace of 10s");
  }

  @Test
  void theExitCodeSaysSoForSure() {
    told(1, 9_000, "task: non-zero exit (137)");
    told(2, 20_000, "task: non-zero exit (143)");
    told(3, 13_100, "task: non-zero exit (137)");

    assertThat(tasks().killed().byExitCode()).isEqualTo(2);
    assertThat(tasks().killed().total()).isEqualTo(2);
    assertThat(tasks().killed().sentence())
        .isEqualTo(
            "2 of 3 stopped tasks had to be killed after their grace of 10s: the app does not end on"
                + " SIGTERM.");
  }

  /**
   * One that dies of itself was told nothing; one on a lost node, and another service, likewise.
   */
  @Test
  void whoWasNotToldToStopWasNotKilledForIt() {
    history
        .task(-5000, "a", 1, "v1", "running")
        .task(2000, "a", "pyapp", 1, "v1", "failed", "shutdown")
        .task(-5000, "n", "nginx", 1, "", "running", "running")
        .task(1000, "n", "nginx", 1, "", "running", "shutdown")
        .task(30_000, "n", "nginx", 1, "", "shutdown", "shutdown")
        .event(Event.Happened.nodeLost(Histories.ZERO + 500, "workerN2"))
        .event(change(-4000, "l", "workerN2", "running", "running", ""))
        .event(change(1000, "l", "workerN2", "running", "shutdown", ""))
        .event(change(40_000, "l", "workerN2", "orphaned", "shutdown", ""));

    assertThat(tasks().killed()).isEqualTo(new Tasks.Killed(0, 0, 0, ""));
  }

  private void told(int slot, long took, String message) {
    history
        .event(change(-5000, "t" + slot, "workerN1", "running", "running", "started"))
        .event(change(1000, "t" + slot, "workerN1", "running", "shutdown", "started"))
        .event(change(1000 + took, "t" + slot, "workerN1", "shutdown", "shutdown", message));
  }

  private static Event.TaskChange change(
      long at, String task, String node, String state, String desired, String message) {
    long epoch = Histories.ZERO + at;
    return new Event.TaskChange(
        epoch, epoch, new TaskRef(task, "pyapp", 1, node, "v1"), state, desired, message);
  }

  @Test
  void aTaskThatStartsWithTheRolloutIsThereFromItsBeginning() {
    history.task(-5000, "a", 1, "v1", "running").task(0, "b", 2, "v1", "running");

    assertThat(tasks().atOnce().least()).isEqualTo(2);
    assertThat(tasks().peak()).isEqualTo(2);
  }

  @Test
  void aTaskThatStartsWithTheEndOfTheLoadIsNotMeasured() {
    history
        .task(-5000, "a", 1, "v1", "running")
        .task(10_000, "b", 2, "v2", "running")
        .task(10_000, "c", 3, "v2", "running");

    assertThat(tasks().peak()).isEqualTo(1);
  }

  @Test
  void theFirstOfTwoPeaksIsNamed() {
    history
        .task(-5000, "a", 1, "v1", "running")
        .task(2000, "b", 2, "v2", "running")
        .task(3000, "b", 2, "v2", "failed")
        .task(4000, "c", 2, "v2", "running");

    assertThat(tasks().peak()).isEqualTo(2);
    assertThat(tasks().atOnce().peakAtMillis()).isEqualTo(2000);
  }

  @Test
  void tasksStandInTheOrderInWhichTheyCameToRun() {
    history
        .task(-5000, "slow", 1, "v1", "preparing")
        .task(-4000, "quick", 2, "v1", "running")
        .task(-3000, "slow", 1, "v1", "running");

    assertThat(tasks().lives()).extracting(Tasks.Life::task).containsExactly("quick", "slow");
  }

  @Test
  void aTaskThatEndedAsItsNodeWasLostEndedByItself() {
    history
        .task(-5000, "a", 1, "v1", "running")
        .task(4000, "a", 1, "v1", "failed")
        .event(Event.Happened.nodeLost(Histories.ZERO + 4000, "workerN1"));

    assertThat(tasks().lives()).extracting(Tasks.Life::finalState).containsExactly("failed");
  }

  @Test
  void aTaskThatRunsOnLivesAsLongAsTheRun() {
    history.task(-5000, "a", 1, "v1", "running").end(14_000, Event.End.COMPLETED);

    assertThat(tasks().lives())
        .containsExactly(new Tasks.Life("a", "pyapp", 1, "workerN1", "v1", -5000, 14_000, ""));
    Histories withoutPhases =
        Histories.of(Strategy.ROLLING).ok(1, 1000, 10, "v1").task(1005, "a", 1, "v1", "running");
    assertThat(Analysis.analyse(withoutPhases.build()).tasks().orThrow().lives())
        .as("x = 0 is the first request then")
        .containsExactly(new Tasks.Life("a", "pyapp", 1, "workerN1", "v1", 5, 10, ""));
  }
}
