package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.app.AppKnob;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Memory;
import org.junit.jupiter.api.Test;

/** What a task did explains a try only within the times in which it can have done so. */
class TaskFaultTest {
  private static final String EXIT_1 = "task: non-zero exit (1)";
  private static final VersionPlan LAB_APP = VersionPlan.DEFAULT;
  private static final VersionPlan OWN_IMAGE = new VersionPlan("shop:7", null, null);

  private AppPlan app = AppPlan.DEFAULT;

  private static AppPlan checked(VersionPlan v1, VersionPlan v2) {
    HealthCheck check = new HealthCheck(null, null, null, null, null, null);
    return new AppPlan(
        null, null, null, null, null, null, null, null, null, null, null, null, check, v1, v2);
  }

  /** Of a try, what the fault at a task is. */
  private Cause of(Try.End end, long from, long until, TaskSample task) {
    return new TaskFault(app).of(new Try("10.0.1.5", end, from, until), task.build());
  }

  private Cause refusedAt(long at, TaskSample task) {
    return of(Try.End.REFUSED, at, at + 2, task);
  }

  private Cause unconnectedAt(long at, TaskSample task) {
    return of(Try.End.UNCONNECTED, at, at + 5_000, task);
  }

  private Cause unanswered(long from, long until, TaskSample task) {
    return of(Try.End.UNANSWERED, from, until, task);
  }

  private static TaskSample running() {
    return TaskSample.of("v2", 0).answered(100, 200);
  }

  private static TaskSample stopped(long told, long ended) {
    return running().told(told).ended(ended, "shutdown", "");
  }

  @Test
  void whoAnswersHasAnErrorOfItsOwnWhateverBecomesOfIt() {
    assertThat(of(Try.End.ANSWERED, 10, 20, running().lost(15))).isEqualTo(Cause.OWN_ERROR);
  }

  @Test
  void aLostNodeExplainsWhatEndsWithItOrLater() {
    assertThat(of(Try.End.REFUSED, 4_990, 5_000, running().lost(5_000))).isEqualTo(Cause.NODE_LOST);
    assertThat(of(Try.End.REFUSED, 4_990, 5_000, running().lost(5_001))).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whoWaitsOnALostNodeMustHaveBeenTakenUpBeforeItAndHaveWaitedOn() {
    assertThat(unanswered(4_000, 10_000, running().lost(4_000)))
        .as("a node that is gone takes no request")
        .isEqualTo(Cause.UNKNOWN);
    assertThat(unanswered(4_000, 10_000, running().lost(4_001))).isEqualTo(Cause.NODE_LOST);
    assertThat(unanswered(4_000, 10_000, running().lost(7_000))).isEqualTo(Cause.NODE_LOST);
    assertThat(unanswered(4_000, 10_000, running().lost(7_001)))
        .as("it had been too slow already")
        .isEqualTo(Cause.UNKNOWN);
    assertThat(unconnectedAt(4_000, running().lost(3_000)))
        .as("no connection needs no such thing")
        .isEqualTo(Cause.NODE_LOST);
  }

  /** The stop takes at most 3 s until the signal and 10 s of grace; word of it is 3 s late. */
  @Test
  void whoIsGivenUpAsUnhealthyIsStoppedForAsLongAsAStopCanTake() {
    TaskSample ill = running().ended(22_000, "failed", "task: unhealthy container");

    assertThat(of(Try.End.REFUSED, 5_990, 6_000, ill)).isEqualTo(Cause.UNHEALTHY);
    assertThat(of(Try.End.REFUSED, 5_990, 5_999, ill)).isEqualTo(Cause.UNKNOWN);
    assertThat(of(Try.End.RESET, 5_000, 6_000, ill)).isEqualTo(Cause.UNHEALTHY);
  }

  @Test
  void whoIsGivenUpMustHaveEndedWithTheRequestInHandToHaveKeptTheAnswer() {
    TaskSample ill = running().ended(12_000, "failed", "task: unhealthy container");

    assertThat(unanswered(4_000, 14_000, ill)).isEqualTo(Cause.UNHEALTHY);
    assertThat(unanswered(1_000, 11_000, ill)).isEqualTo(Cause.TOO_SLOW);
  }

  @Test
  void theLabsAppEndsInOrderOnlyWhereItsHealthCheckGaveItUp() {
    TaskSample complete = running().ended(9_000, "complete", "finished");

    assertThat(refusedAt(8_500, complete)).as("there is no check").isEqualTo(Cause.CRASHED);
    app = checked(OWN_IMAGE, LAB_APP);
    assertThat(refusedAt(8_500, complete)).isEqualTo(Cause.UNHEALTHY);
    assertThat(refusedAt(8_500, running().ended(9_000, "failed", EXIT_1)))
        .as("it crashed")
        .isEqualTo(Cause.CRASHED);
    assertThat(
            refusedAt(
                8_500, TaskSample.of("v1", 0).answered(1, 2).ended(9_000, "complete", "finished")))
        .as("another app may end as it likes")
        .isEqualTo(Cause.CRASHED);
    app = checked(LAB_APP, OWN_IMAGE);
    assertThat(refusedAt(8_500, complete)).as("v2 is the other app now").isEqualTo(Cause.CRASHED);
  }

  @Test
  void whoWasToldToStopIsGoneFromItsEndOn() {
    assertThat(refusedAt(5_001, stopped(1_000, 5_000)))
        .as("it may have begun a millisecond earlier, and who is there refuses")
        .isEqualTo(Cause.TOLD_TO_STOP);
    assertThat(refusedAt(5_002, stopped(1_000, 5_000))).isEqualTo(Cause.GONE);
  }

  /** The signal comes 3 s after the order, of which the lab may have heard 1.5 s late. */
  @Test
  void anOrderExplainsNothingBeforeTheSignalCanHaveCome() {
    assertThat(refusedAt(3_500, stopped(2_000, 10_000))).isEqualTo(Cause.TOLD_TO_STOP);
    assertThat(refusedAt(3_499, stopped(2_000, 10_000))).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void anOrderThatNobodySawIsKnownByTheEnd() {
    TaskSample shutdown = running().ended(10_000, "shutdown", "");

    assertThat(refusedAt(8_500, shutdown)).isEqualTo(Cause.TOLD_TO_STOP);
    assertThat(refusedAt(8_499, shutdown)).isEqualTo(Cause.UNKNOWN);
    assertThat(refusedAt(9_000, running().ended(10_000, "failed", EXIT_1)))
        .as("a failure is no order")
        .isEqualTo(Cause.CRASHED);
  }

  @Test
  void whoHasAnsweredOnceListens() {
    TaskSample late = TaskSample.of("v2", 0).answered(4_000, 4_100);

    assertThat(refusedAt(3_999, late)).isEqualTo(Cause.NOT_LISTENING_YET);
    assertThat(refusedAt(4_000, late)).as("it listens, and refused").isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whoRunsWithAHealthCheckListens() {
    TaskSample fresh = TaskSample.of("v2", 4_000);

    assertThat(refusedAt(4_000, fresh)).isEqualTo(Cause.NOT_LISTENING_YET);
    app = checked(LAB_APP, LAB_APP);
    assertThat(refusedAt(3_999, fresh)).isEqualTo(Cause.NOT_LISTENING_YET);
    assertThat(refusedAt(4_000, fresh)).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whoMayNotListenYetOrAnyMoreIsNotSaidToDoEither() {
    TaskSample never = TaskSample.of("v2", 0).told(1_000).ended(9_000, "shutdown", "");

    assertThat(refusedAt(2_499, never)).isEqualTo(Cause.NOT_LISTENING_YET);
    assertThat(refusedAt(2_500, never)).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whoEndsByItselfWithoutAnyAnswerCrashedWhereItsEndIsNear() {
    TaskSample never = TaskSample.of("v2", 0).ended(9_000, "failed", EXIT_1);

    assertThat(refusedAt(6_000, never)).isEqualTo(Cause.CRASHED);
    assertThat(refusedAt(5_999, never)).isEqualTo(Cause.NOT_LISTENING_YET);
    assertThat(
            refusedAt(
                8_000,
                TaskSample.of("v2", 0).answered(8_500, 8_600).ended(9_000, "failed", EXIT_1)))
        .as("it listened between")
        .isEqualTo(Cause.NOT_LISTENING_YET);
  }

  /** The signal comes 3 s after the order, of which the lab may have heard 1.5 s late. */
  @Test
  void whoNeverAnsweredAndFailsAfterItsOrderCrashedWhereTheSignalCannotHaveComeBefore() {
    TaskSample before = TaskSample.of("v2", 0).told(8_900).ended(10_399, "failed", EXIT_1);
    TaskSample after = TaskSample.of("v2", 0).told(8_900).ended(10_400, "shutdown", EXIT_1);

    assertThat(refusedAt(8_000, before)).isEqualTo(Cause.CRASHED);
    assertThat(refusedAt(8_000, after)).isEqualTo(Cause.UNKNOWN);
    assertThat(refusedAt(5_899, after)).as("its end is far").isEqualTo(Cause.NOT_LISTENING_YET);
    assertThat(refusedAt(8_000, TaskSample.of("v2", 0).told(8_900).ended(9_000, "shutdown", "")))
        .as("it stopped in order, later")
        .isEqualTo(Cause.NOT_LISTENING_YET);
  }

  @Test
  void whoIsToldToStartLateMayNotListenForAsMuchLonger() {
    TaskTimes fresh = TaskSample.of("v2", 0).build();
    VersionPlan slow = LAB_APP.with(AppKnob.START_DELAY_SECONDS, "2.5");

    assertThat(new TaskFault(checked(slow, LAB_APP)).bootMillis(fresh)).isEqualTo(10_000);
    assertThat(new TaskFault(checked(LAB_APP, slow)).bootMillis(fresh)).isEqualTo(12_500);
    assertThat(new TaskFault(checked(LAB_APP, OWN_IMAGE)).bootMillis(fresh)).isEqualTo(10_000);
  }

  @Test
  void nobodyIsGoneWhoEndsMuchLater() {
    assertThat(unconnectedAt(5_000, stopped(1_000, 8_000))).isEqualTo(Cause.GONE);
    assertThat(unconnectedAt(5_000, stopped(1_000, 8_001))).isEqualTo(Cause.UNKNOWN);
    assertThat(unconnectedAt(5_000, running())).as("it is there").isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void aConnectionIsCutOffByTheStop() {
    assertThat(of(Try.End.RESET, 1_000, 4_000, stopped(2_500, 9_000))).isEqualTo(Cause.CUT_OFF);
    assertThat(of(Try.End.RESET, 1_000, 3_999, stopped(2_500, 9_000))).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void onlyWhatEndsWhileItHasTheRequestKeepsTheAnswer() {
    assertThat(unanswered(5_000, 9_000, stopped(1_000, 4_999))).isEqualTo(Cause.TOO_SLOW);
    assertThat(unanswered(5_000, 9_000, stopped(1_000, 5_000))).isEqualTo(Cause.CUT_OFF);
    assertThat(unanswered(5_000, 9_000, stopped(1_000, 9_000))).isEqualTo(Cause.CUT_OFF);
    assertThat(unanswered(5_000, 9_000, stopped(1_000, 9_001))).isEqualTo(Cause.TOO_SLOW);
    assertThat(unanswered(5_000, 9_000, running().ended(7_000, "failed", EXIT_1)))
        .isEqualTo(Cause.CRASHED);
  }

  /** Told at 1 s: the signal is near from 2.5 s on, as far as the lab hears of the order. */
  @Test
  void whoWasToldToStopAndExitsWithAnErrorMayHaveCrashedBefore() {
    TaskSample servedOn = failing().answered(100, 3_500);
    TaskSample fellSilent = failing().answered(100, 3_499);
    TaskSample neverAnswered = TaskSample.of("v2", 0).told(1_000).ended(9_000, "shutdown", EXIT_1);

    assertThat(unconnectedAt(9_000, servedOn)).isEqualTo(Cause.GONE);
    assertThat(unconnectedAt(9_000, fellSilent)).isEqualTo(Cause.UNKNOWN);
    assertThat(unconnectedAt(9_000, neverAnswered)).isEqualTo(Cause.UNKNOWN);
    assertThat(unconnectedAt(9_000, failing().vain(2_499))).isEqualTo(Cause.CRASHED);
    assertThat(unconnectedAt(9_000, failing().vain(2_500))).isEqualTo(Cause.UNKNOWN);
    assertThat(
            unconnectedAt(
                9_000,
                running()
                    .told(1_000)
                    .vain(2_499)
                    .ended(9_000, "shutdown", "task: non-zero exit (137)")))
        .as("the kill's exit code is not its own")
        .isEqualTo(Cause.GONE);
  }

  private static AppPlan limited(VersionPlan v2) {
    TaskLimits limits = new TaskLimits(null, Memory.parse("64MiB"));
    return new AppPlan(
        null, null, null, null, null, null, null, limits, null, null, null, null, null, null, v2);
  }

  /** Told at 1 s and fell silent before the signal, which is due at 4 s and seen 1.5 s late. */
  @Test
  void whoLeaksMayHaveRunOutOfMemoryBeforeTheSignal() {
    VersionPlan leaks = new VersionPlan(null, null, AppFaultKind.LEAKS.byDefault());
    app = limited(leaks);

    assertThat(unconnectedAt(9_000, killed(5_500).vain(2_499))).isEqualTo(Cause.CRASHED);
    assertThat(refusedAt(2_000, killed(5_000))).isEqualTo(Cause.CRASHED);
    assertThat(unconnectedAt(9_000, killed(5_500))).isEqualTo(Cause.UNKNOWN);
    assertThat(unconnectedAt(9_000, killed(5_500).answered(100, 3_500)))
        .as("it served on")
        .isEqualTo(Cause.GONE);
    assertThat(unconnectedAt(9_000, killed(5_501))).as("by its grace").isEqualTo(Cause.GONE);
    app = limited(OWN_IMAGE);
    assertThat(unconnectedAt(9_000, killed(5_500))).isEqualTo(Cause.UNKNOWN);
    app = limited(LAB_APP);
    assertThat(unconnectedAt(9_000, killed(5_500))).as("it does not leak").isEqualTo(Cause.GONE);
  }

  private static TaskSample killed(long at) {
    return running().told(1_000).ended(at, "shutdown", "shutdown: non-zero exit (137)");
  }

  private static TaskSample failing() {
    return running().told(1_000).ended(9_000, "shutdown", EXIT_1);
  }

  @Test
  void aCrashIsToldByAnEndWithinThreeSeconds() {
    TaskSample whenTold = running().told(5_000).ended(6_000, "shutdown", EXIT_1);
    TaskSample untold = running().ended(5_000, "failed", EXIT_1);

    assertThat(refusedAt(2_000, whenTold)).isEqualTo(Cause.CRASHED);
    assertThat(refusedAt(1_999, whenTold)).isEqualTo(Cause.UNKNOWN);
    assertThat(refusedAt(2_000, untold)).isEqualTo(Cause.CRASHED);
    assertThat(refusedAt(1_999, untold)).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whoEndsAtTheVeryMomentOfTheOrderWasTold() {
    TaskTimes both = running().told(5_000).ended(5_000, "failed", EXIT_1).build();

    assertThat(both.endedByItself()).isFalse();
    assertThat(both.failedWhenTold()).isTrue();
  }
}
