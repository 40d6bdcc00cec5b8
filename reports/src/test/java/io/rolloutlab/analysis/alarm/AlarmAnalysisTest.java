package io.rolloutlab.analysis.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * v2 answers from 1 s on. Where it is called back, the alarm rings at 6 s, the order is given at 8
 * s, the way back begins at 8.2 s, and v1 answers all from 9.1 s on.
 */
class AlarmAnalysisTest {
  private static final String WATCHED = "strategy: rolling\nalarm: {failedAbove: 5 %";
  private static final long HARM = 2_000;
  private static final long RANG = 6_000;
  private static final long ORDER = 8_000;

  @TempDir Path folder;
  private long id = 100;

  private Histories rollout(String alarm) throws IOException {
    return Histories.of(folder, WATCHED + alarm + "}")
        .phase(-1_000, PhaseKind.WARM_UP)
        .phase(0, PhaseKind.ROLLOUT, "update")
        .ok(1, -500, 10, "v1")
        .ok(2, 1_000, 10, "v2");
  }

  private Histories rollout() throws IOException {
    return rollout("");
  }

  private Histories calledBack() throws IOException {
    return backByV1(rang(rollout(), RANG).event(order(ORDER)), 8_200, 9_100);
  }

  private static Histories rang(Histories run, long at) {
    return run.event(new Event.AlarmRang(Histories.ZERO + at, "failed", "all", 6, 40, 5, 10_000));
  }

  private static Event order(long at) {
    return new Event.CalledBack(Histories.ZERO + at, Histories.ZERO + RANG);
  }

  /** The way back, on which v2 answers last just before v1 answers all. */
  private Histories backByV1(Histories run, long from, long served) {
    run.phase(from, PhaseKind.ROLLBACK, "back").ok(id++, served - 50, 10, "v2");
    for (int i = 0; i < 20; i++) {
      run.ok(id++, served + 10L * i, 5, "v1");
    }
    return run;
  }

  private static Alarmed alarmed(Histories run) {
    List<Alarmed> all = Analysis.analyse(run.build()).list(Alarmed.class).orThrow();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void eachMomentAndTheTimesBetweenThem() throws IOException {
    assertThat(alarmed(calledBack().lost(3, HARM, 10, "refused")))
        .isEqualTo(
            new Alarmed(
                OptionalLong.of(2_000),
                OptionalLong.of(6_000),
                OptionalLong.of(8_000),
                OptionalLong.of(9_100),
                OptionalLong.of(4_000),
                OptionalLong.of(1_100),
                OptionalLong.of(7_100),
                Alarmed.First.ALARM,
                "6 of 40 requests in 10s failed, more than 5 %"));
  }

  @Test
  void whereNothingHappensNothingIsTold() throws IOException {
    OptionalLong none = OptionalLong.empty();

    assertThat(alarmed(rollout()))
        .isEqualTo(new Alarmed(none, none, none, none, none, none, none, Alarmed.First.NOBODY, ""));
  }

  @Test
  void whereNobodyLooksThereIsNoAlarm() throws IOException {
    Histories run =
        Histories.of(folder, "strategy: rolling")
            .phase(0, PhaseKind.ROLLOUT)
            .lost(3, HARM, 10, "refused");

    assertThat(Analysis.analyse(run.build()).list(Alarmed.class).orThrow()).isEmpty();
  }

  private static OptionalLong harm(Histories run) {
    return alarmed(run).harmAtMillis();
  }

  @Test
  void theHarmIsTheFirstFailureSinceTheRollout() throws IOException {
    assertThat(harm(rollout().lost(3, -1, 10, "refused"))).isEmpty();
    assertThat(harm(rollout().lost(3, 0, 10, "refused"))).hasValue(0);
    assertThat(harm(rollout().lost(3, 3_000, 10, "refused").lost(4, HARM, 5_000, "timeout")))
        .as("the first that was sent")
        .hasValue(HARM);
    assertThat(harm(rollout().lost(3, HARM, 10, "refused").lost(4, 3_000, 10, "refused")))
        .hasValue(HARM);
    assertThat(harm(rollout().unfinished(3, HARM))).as("it may have ended well").isEmpty();
  }

  @Test
  void aSlowAnswerIsHarmWhereTheAlarmIsAboutIt() throws IOException {
    String slow = ", slowerThan: 500ms";

    assertThat(harm(rollout(slow).ok(3, HARM, 500, "v2"))).isEmpty();
    assertThat(harm(rollout(slow).ok(3, HARM, 501, "v2"))).hasValue(HARM);
    assertThat(harm(rollout(slow).unfinished(3, HARM))).isEmpty();
    assertThat(harm(rollout().ok(3, HARM, 9_000, "v2"))).as("it is not about it").isEmpty();
  }

  @Test
  void anAlarmAboutV2LeavesOutWhatV1Answered() throws IOException {
    String ofV2 = ", of: v2";

    assertThat(harm(ownError(rollout(ofV2), "v1"))).isEmpty();
    assertThat(harm(ownError(rollout(ofV2), "v2"))).hasValue(HARM);
    assertThat(harm(rollout(ofV2).lost(3, HARM, 10, "refused")))
        .as("nobody answered, which may have been v2")
        .hasValue(HARM);
    assertThat(harm(ownError(rollout(), "v1"))).hasValue(HARM);
  }

  private static Histories ownError(Histories run, String version) {
    return run.request(3, HARM, 10, Outcome.FAILED, "http-500", 500, version)
        .hit(3, HARM + 10, 500, version);
  }

  @Test
  void whatCameBeforeItsReasonTookNoTime() throws IOException {
    Alarmed before = alarmed(calledBack().lost(3, RANG + 1, 10, "refused"));
    Alarmed at = alarmed(calledBack().lost(3, RANG, 10, "refused"));

    assertThat(before.detectedAfterMillis()).as("it rang for something else").isEmpty();
    assertThat(before.hurtForMillis()).hasValue(9_100 - RANG - 1);
    assertThat(at.detectedAfterMillis()).hasValue(0);
  }

  @Test
  void whereNothingWasHarmedThereIsNothingToDetect() throws IOException {
    assertThat(alarmed(calledBack()).detectedAfterMillis()).isEmpty();
    assertThat(alarmed(calledBack()).hurtForMillis()).isEmpty();
    assertThat(alarmed(calledBack()).backAfterMillis()).hasValue(1_100);
    assertThat(alarmed(rollout().lost(3, HARM, 10, "refused")).detectedAfterMillis()).isEmpty();
  }

  private static Event update(long at, String service, String state) {
    return new Event.UpdateChange(Histories.ZERO + at, service, state, "");
  }

  @Test
  void swarmIsFirstWhereItPausesOrRollsBackBeforeTheOrder() throws IOException {
    assertThat(alarmed(calledBack().event(update(ORDER - 1, "pyapp", "paused"))).first())
        .isEqualTo(Alarmed.First.SWARM_PAUSED);
    assertThat(alarmed(calledBack().event(update(ORDER, "pyapp", "paused"))).first())
        .as("it does as it is told")
        .isEqualTo(Alarmed.First.ALARM);
    assertThat(alarmed(calledBack().event(update(3_000, "pyapp", "rollback_started"))).first())
        .isEqualTo(Alarmed.First.SWARM_ROLLED_BACK);
    assertThat(alarmed(calledBack().event(update(3_000, "pyapp", "completed"))).first())
        .isEqualTo(Alarmed.First.ALARM);
    assertThat(alarmed(calledBack().event(update(3_000, "nginx", "paused"))).first())
        .as("the app's service alone counts")
        .isEqualTo(Alarmed.First.ALARM);
    assertThat(alarmed(rollout().event(update(3_000, "pyapp", "paused"))).first())
        .isEqualTo(Alarmed.First.SWARM_PAUSED);
  }

  @Test
  void theServiceOfAStackHasTheStacksName() throws IOException {
    Histories stack =
        rollout()
            .task(-2_000, "other", "shop_db", 1, "", "running", "running")
            .task(-1_000, "task", "shop_web", 1, "v1", "running", "running");

    assertThat(alarmed(stack.event(update(3_000, "shop_db", "paused"))).first())
        .as("another service of the stack")
        .isEqualTo(Alarmed.First.NOBODY);
    assertThat(alarmed(stack.event(update(3_500, "shop_web", "paused"))).first())
        .isEqualTo(Alarmed.First.SWARM_PAUSED);
  }

  @Test
  void aRollbackThatWasSeenOnlyAtItsEndIsSwarmsAsWell() throws IOException {
    assertThat(alarmed(rollout().event(update(3_000, "pyapp", "rollback_completed"))).first())
        .isEqualTo(Alarmed.First.SWARM_ROLLED_BACK);
    assertThat(alarmed(rollout().event(update(3_000, "pyapp", "rollback_paused"))).first())
        .isEqualTo(Alarmed.First.SWARM_ROLLED_BACK);
  }

  private static Event ended(long ordered, boolean rollback) {
    return new Event.UpdateEnded(
        Histories.ZERO + 20_000,
        Histories.ZERO + ordered,
        "pyapp",
        rollback,
        UpdateEnd.ROLLED_BACK,
        "");
  }

  @Test
  void aRollbackThatTheFilePlansIsNotSwarmsOwn() throws IOException {
    Event back = ended(5_000, true);

    assertThat(
            alarmed(rollout().event(back).event(update(5_000, "pyapp", "rollback_started")))
                .first())
        .isEqualTo(Alarmed.First.NOBODY);
    assertThat(
            alarmed(rollout().event(back).event(update(4_999, "pyapp", "rollback_started")))
                .first())
        .isEqualTo(Alarmed.First.SWARM_ROLLED_BACK);
    assertThat(
            alarmed(
                    rollout()
                        .event(ended(100, false))
                        .event(update(5_000, "pyapp", "rollback_started")))
                .first())
        .as("an update was ordered, and no rollback")
        .isEqualTo(Alarmed.First.SWARM_ROLLED_BACK);
  }

  @Test
  void whereSwarmGoesBackItselfUsersAreServedAgainByThat() throws IOException {
    Histories run =
        rollout().lost(3, HARM, 10, "refused").event(update(4_000, "pyapp", "rollback_started"));

    Alarmed alarmed = alarmed(backByV1(run, 4_100, 5_000));

    assertThat(alarmed.servedAgainAtMillis()).hasValue(5_000);
    assertThat(alarmed.hurtForMillis()).hasValue(3_000);
    assertThat(alarmed.backAfterMillis()).as("nobody ordered it").isEmpty();
  }

  @Test
  void whereSwarmOnlyPausesNobodyIsServedAgain() throws IOException {
    Histories run = rollout().lost(3, HARM, 10, "refused").event(update(4_000, "pyapp", "paused"));

    assertThat(alarmed(backByV1(run, 9_000, 10_000)).servedAgainAtMillis()).isEmpty();
  }

  @Test
  void aWayBackThatTheFilePlansEndsNoHarmSooner() throws IOException {
    Histories run = backByV1(rollout().lost(3, HARM, 10, "refused"), 4_100, 5_000);

    assertThat(alarmed(run).servedAgainAtMillis()).isEmpty();
    assertThat(alarmed(run).hurtForMillis()).isEmpty();
  }

  @Test
  void theWayBackIsTheOneThatGoesOnWhenItIsOrdered() throws IOException {
    Histories planned = backByV1(rollout(), 3_000, 4_000).phase(ORDER, PhaseKind.ROLLOUT, "again");

    Histories run = backByV1(rang(planned, RANG).event(order(ORDER)), 8_200, 9_100);

    assertThat(alarmed(run).servedAgainAtMillis()).hasValue(9_100);
  }

  @Test
  void whoFailsToTheEndIsNotServedAgain() throws IOException {
    Alarmed alarmed = alarmed(calledBack().lost(3, 9_500, 10, "refused"));

    assertThat(alarmed.orderAtMillis()).hasValue(ORDER);
    assertThat(alarmed.servedAgainAtMillis()).isEmpty();
    assertThat(alarmed.backAfterMillis()).isEmpty();
  }

  @Test
  void itStandsInTheResultsUnderItsKey() {
    assertThat(new AlarmAnalysis().key()).isEqualTo("alarms");
    assertThat(new AlarmAnalysis().words()).isEqualTo("alarm");
  }
}
