package io.rolloutlab.analysis.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.matrix.MatrixRun;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Swarm turns its update round at 4 s; where the alarm rings, that is at 6 s. */
class SwarmFirstTest {
  private static final long TURNS = 4_000;
  private static final long RANG = 6_000;
  private static final long ORDER = 8_000;

  @TempDir Path folder;

  private Histories turned(String state, UpdateEnd end) throws IOException {
    return Histories.of(folder, "strategy: rolling\nalarm: {failedAbove: 5 %}")
        .phase(-1_000, PhaseKind.WARM_UP)
        .phase(0, PhaseKind.ROLLOUT, "update")
        .ok(1, -500, 10, "v1")
        .ok(2, 1_000, 10, "v2")
        .event(new Event.UpdateChange(Histories.ZERO + TURNS, "pyapp", state, ""))
        .event(
            new Event.UpdateEnded(
                Histories.ZERO + TURNS + 100, Histories.ZERO, "pyapp", false, end, ""));
  }

  private static Histories rang(Histories run) {
    return run.event(new Event.AlarmRang(Histories.ZERO + RANG, "failed", "all", 6, 40, 5, 10_000));
  }

  private static Histories ordered(Histories run) {
    return run.event(new Event.CalledBack(Histories.ZERO + ORDER, Histories.ZERO + RANG));
  }

  private static void says(Histories run, String word, String told) {
    Findings findings = Analysis.analyse(run.end(10_000, Event.End.COMPLETED).build());
    assertThat(MatrixRun.of(findings).outcome()).isEqualTo(word);
    assertThat(MatrixRun.of(findings).detail()).isEqualTo(told);
    assertThat(Comparison.of(List.of(findings)).rows().get(0).outcome()).isEqualTo(told);
  }

  @Test
  void whatSwarmPausedTheAlarmCallsBack() throws IOException {
    says(
        ordered(rang(turned("paused", UpdateEnd.PAUSED))),
        "paused by Swarm, then called back by the alarm",
        "paused by Swarm at 4.00 s, then called back by the alarm at 8.00 s: 6 of 40 requests in"
            + " 10s failed, more than 5 %");
  }

  @Test
  void anAlarmThatNeverRangLeavesAPause() throws IOException {
    says(
        turned("paused", UpdateEnd.PAUSED),
        "paused by Swarm, the alarm never rang",
        "paused by Swarm at 4.00 s, the alarm never rang");
  }

  @Test
  void whatSwarmRolledBackIsNotTheAlarms() throws IOException {
    says(
        ordered(rang(turned("rollback_started", UpdateEnd.ROLLED_BACK))),
        "rolled back by Swarm, the alarm's order came later",
        "rolled back by Swarm: decided at 4.00 s; the alarm's order came later, at 8.00 s");
  }

  @Test
  void noMoreIsWhatItPausedHalfway() throws IOException {
    says(
        ordered(rang(turned("rollback_started", UpdateEnd.ROLLBACK_PAUSED))),
        "rolled back by Swarm, but paused halfway, the alarm's order came later",
        "rolled back by Swarm, but paused halfway: decided at 4.00 s; the alarm's order came"
            + " later, at 8.00 s");
  }

  @Test
  void anAlarmThatRangMayGiveNoOrder() throws IOException {
    says(
        rang(turned("rollback_started", UpdateEnd.ROLLED_BACK)),
        "rolled back by Swarm, the alarm gave no order",
        "rolled back by Swarm: decided at 4.00 s, the alarm gave no order");
  }

  /** It does as it is told. */
  @Test
  void theAlarmIsFirstWhereSwarmTurnsLater() throws IOException {
    Histories run =
        ordered(rang(turned("updating", UpdateEnd.NEVER_ENDED)))
            .event(new Event.UpdateChange(Histories.ZERO + ORDER, "pyapp", "rollback_started", ""));

    assertThat(MatrixRun.of(Analysis.analyse(run.build())).outcome())
        .isEqualTo(MatrixRun.CALLED_BACK);
  }
}
