package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A machine of two processors, looked at once a second from −10 s to 10 s, with load throughout.
 */
class MachineUseTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING)
          .phase(-10_000, PhaseKind.WARM_UP)
          .phase(0, PhaseKind.ROLLOUT)
          .ok(1, -10_000, 5, "v1")
          .ok(2, 9_990, 10, "v1")
          .end(10_000, Event.End.COMPLETED);

  private MachineUse machine() {
    return Analysis.analyse(history.build()).machine().orThrow();
  }

  /** Half of the machine in the warm-up, and afterwards as many processors as is said. */
  private void busy(double processors) {
    for (int second = -10; second <= 10; second++) {
      double busy = second <= 0 ? second : second * processors;
      history.machineUse(second * 1000, "busy", 5000 + busy);
      history.machineUse(second * 1000, "idle", 9000 + 2 * second - busy);
    }
  }

  private void lab(String name, int from, double processors) {
    for (int second = from; second <= 10; second++) {
      history.add(
          new ResourceSample(
              Histories.ZERO + second * 1000L,
              new ResourceSample.Of(ResourceSample.Kind.LAB, name),
              ResourceSample.Use.ofCpu(30 + second * processors)));
    }
  }

  @Test
  void everyPhaseHasItsSharesOfTheWholeMachine() {
    busy(1.5);
    lab("harness", -10, 0.2);
    lab("load", 0, 0.4);
    for (int second = -10; second <= 10; second++) {
      history.taskUse(second * 1000, "t", "v1", 20 + 0.3 * second, 10);
      history.nodeUse(second * 1000, "workerN1", 40 + 0.5 * second, 20);
    }

    MachineUse machine = machine();

    assertThat(machine.notRecorded()).isEmpty();
    assertThat(machine.byPhase())
        .extracting(MachineUse.PhaseUse::use)
        .extracting(MachineUse.Use::busy)
        .satisfiesExactly(
            warmUp -> assertThat(warmUp).isEqualTo(0.5, within(1e-9)),
            rollout -> assertThat(rollout).isEqualTo(0.75, within(1e-9)));
    MachineUse.Use use = machine.sinceRollout().orElseThrow();
    assertThat(use.harness().orElseThrow()).isEqualTo(0.1, within(1e-9));
    assertThat(use.load().orElseThrow()).isEqualTo(0.2, within(1e-9));
    assertThat(use.engine()).isEmpty();
    assertThat(use.tasks().orElseThrow()).isEqualTo(0.15, within(1e-9));
    assertThat(use.nodeEngines().orElseThrow()).isEqualTo(0.1, within(1e-9));
    assertThat(use.lab()).isEqualTo(0.4, within(1e-9));
    assertThat(use.others()).isEqualTo(0.2, within(1e-9));
    assertThat(machine.byPhase().get(0).use().load()).hasValue(0);
  }

  @Test
  void aStacksOtherServicesAreNeitherTheEdgesNorOtherPrograms() {
    busy(1.5);
    for (int second = -10; second <= 10; second++) {
      history.taskUse(second * 1000, "t", "v1", 20 + 0.3 * second, 10);
      history.taskUse(second * 1000, "d", "shop_db", "", 20 + 0.4 * second, 10);
    }

    MachineUse.Use use = machine().sinceRollout().orElseThrow();

    assertThat(use.tasks().orElseThrow()).isEqualTo(0.15, within(1e-9));
    assertThat(use.beside().orElseThrow()).isEqualTo(0.2, within(1e-9));
    assertThat(use.others()).isEqualTo(0.4, within(1e-9));
  }

  @Test
  void whatWasNotSeenIsNotNothing() {
    busy(1);

    MachineUse.Use use = machine().sinceRollout().orElseThrow();

    assertThat(use.tasks()).isEmpty();
    assertThat(use.beside()).isEmpty();
    assertThat(use.nodeEngines()).isEmpty();
    assertThat(use.harness()).isEmpty();
    assertThat(use.others()).isEqualTo(0.5, within(1e-9));
  }

  /** 10 of the 20 s under load: more than 5 %. */
  @Test
  void withoutIdleTimeLatenciesAreDoubtful() {
    busy(1.97);

    MachineUse machine = machine();

    assertThat(machine.watchedMillis()).isEqualTo(20_000);
    assertThat(machine.withoutIdleMillis()).isEqualTo(10_000);
    assertThat(machine.doubt()).contains("no idle time in 10 of the 20 seconds");
    Findings run = Analysis.analyse(history.build());
    assertThat(List.of("p50Millis", "p95Millis", "p99Millis", "p99IntendedMillis"))
        .allMatch(measure -> run.doubtOf(measure).contains("no idle time"));
  }

  /** While others start their loads nothing is judged; the warm-up's own latencies are doubted. */
  @Test
  void beforeAllLoadsFlowTheMachineMayBeBusy() {
    startOfOthers(-10, -4);
    history.event(new Event.AllUnderLoad(Histories.ZERO - 4_000));

    MachineUse machine = machine();

    assertThat(machine.watchedMillis()).isEqualTo(14_000);
    assertThat(machine.withoutIdleMillis()).isZero();
    assertThat(machine.doubt()).isEmpty();
    assertThat(machine.byPhase().get(0).doubt()).contains("no idle time in 6 of the 10 seconds");
    assertThat(machine.byPhase().get(1).doubt()).isEmpty();
  }

  /** As in histories of older labs, and of a run alone. */
  @Test
  void whereNobodySaysWhenAllLoadsFlowTheWholeLoadIsJudged() {
    startOfOthers(-10, -4);

    assertThat(machine().watchedMillis()).isEqualTo(20_000);
    assertThat(machine().doubt())
        .contains("no idle time in 6 of the 20 seconds in which it was watched under load, so");
  }

  /** What comes after that is judged as ever. */
  @Test
  void whatIsBusyOnceAllLoadsFlowIsDoubted() {
    startOfOthers(-10, 6);
    history.event(new Event.AllUnderLoad(Histories.ZERO - 4_000));

    assertThat(machine().doubt())
        .contains("in 10 of the 14 seconds in which it was watched since all loads flowed, so");
    assertThat(machine().byPhase().get(0).doubt()).contains("watched under load");
  }

  /** Both processors are busy between two seconds, one of them in all others. */
  private void startOfOthers(int from, int until) {
    for (int second = -10; second <= 10; second++) {
      int both = Math.min(second, until) - from;
      history.machineUse(second * 1000, "busy", 5000 + second + both);
      history.machineUse(second * 1000, "idle", 9000 + second - both);
    }
  }

  /** 3 % of two processors are idle. */
  @Test
  void aLittleIdleTimeIsEnough() {
    busy(1.94);

    assertThat(machine().withoutIdleMillis()).isZero();
    assertThat(machine().doubt()).isEmpty();
  }

  @Test
  void anOldHistorySaysThatNothingWasRecorded() {
    assertThat(machine().notRecorded()).isEqualTo("not recorded");
    assertThat(machine().sinceRollout()).isEmpty();
    assertThat(Analysis.analyse(history.build()).reasons())
        .noneMatch(why -> why.contains("machine"));
  }

  @Test
  void theTwinHasNoMachine() {
    history.simulated();

    assertThat(machine().notRecorded()).isEqualTo("simulated");
  }

  @Test
  void twoLooksAreEnough() {
    history.machineUse(0, "busy", 100).machineUse(0, "idle", 200);
    history.machineUse(4000, "busy", 106).machineUse(4000, "idle", 202);
    history.labUse(0, "load", 50).labUse(4000, "load", 52);

    assertThat(machine().notRecorded()).isEmpty();
    MachineUse.Use use = machine().sinceRollout().orElseThrow();
    assertThat(use.busy()).isEqualTo(0.75);
    assertThat(use.load()).hasValue(0.25);
  }

  /** Nothing is known of a machine whose counters stand still: no look, and no share of it. */
  @Test
  void countersThatStandStillSayNothing() {
    for (int second = -10; second <= 10; second++) {
      history.machineUse(second * 1000, "busy", 100).machineUse(second * 1000, "idle", 200);
    }

    assertThat(machine().sinceRollout()).isEmpty();
    assertThat(machine().byPhase()).isEmpty();
    assertThat(machine().watchedMillis()).isZero();
    assertThat(machine().withoutIdleMillis()).isZero();
  }

  /** In every look 1 of so many seconds of its processors is idle. */
  private MachineUse idleOneOf(int all) {
    for (int second = -10; second <= 10; second++) {
      history
          .machineUse(second * 1000, "busy", 5000 + second * (all - 1))
          .machineUse(second * 1000, "idle", 9000 + second);
    }
    return machine();
  }

  @Test
  void twoPercentOfIdleTimeAreIdleTime() {
    assertThat(idleOneOf(50).withoutIdleMillis()).isZero();
  }

  @Test
  void lessThanTwoPercentOfIdleTimeAreNone() {
    assertThat(idleOneOf(51).withoutIdleMillis()).isEqualTo(20_000);
  }
}
