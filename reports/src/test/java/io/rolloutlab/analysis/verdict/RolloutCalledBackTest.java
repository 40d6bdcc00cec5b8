package io.rolloutlab.analysis.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollout that the alarm called back never got there: no limit is kept by it. The second rollout
 * of two begins at 1 s, and goes on until 9 s.
 */
class RolloutCalledBackTest {
  @TempDir Path folder;

  private ExpectationResult judged(long order, boolean served) throws IOException {
    Histories run =
        Histories.of(
                folder, "strategy: rolling\nalarm: {failedAbove: 5 %}\nexpect: {rolloutAtMost: 1m}")
            .phase(-1_000, PhaseKind.WARM_UP)
            .phase(0, PhaseKind.ROLLOUT, "first")
            .ok(1, -500, 10, "v1")
            .phase(500, PhaseKind.ROLLBACK, "planned")
            .phase(1_000, PhaseKind.ROLLOUT, "update")
            .ok(2, 2_400, 10, "v1")
            .event(new Event.CalledBack(Histories.ZERO + order, Histories.ZERO + order))
            .phase(9_000, PhaseKind.ROLLBACK, "back");
    for (int i = 0; i < 20; i++) {
      run.ok(100 + i, 100 + 10L * i, 5, "v2");
      run.ok(200 + i, 2_500 + 10L * i, 5, served || i % 2 == 0 ? "v2" : "v1");
    }
    run.end(10_000, Event.End.COMPLETED);
    return Analysis.analyse(run.build()).expectations().get(0);
  }

  @Test
  void itFailsWithTheTimeOfTheOrder() throws IOException {
    ExpectationResult result = judged(3_500, false);

    assertThat(result.key()).isEqualTo("rolloutAtMost");
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.measured())
        .isEqualTo("\"update\": the alarm called it back after 2.50 s, and v2 did not take over");
  }

  @Test
  void theOrderMustBeGivenOnItsWay() throws IOException {
    assertThat(judged(999, false).measured()).doesNotContain("alarm");
    assertThat(judged(1_000, false).measured()).contains("called it back after 0.00 s");
    assertThat(judged(9_000, false).measured()).contains("called it back after 8.00 s");
    assertThat(judged(9_001, false).measured()).doesNotContain("alarm");
  }

  @Test
  void whoseUsersAreServedHasGotThereBefore() throws IOException {
    assertThat(judged(3_500, true).verdict()).isEqualTo(Verdict.PASS);
    assertThat(judged(3_500, true).measured()).isEqualTo("1.50 s");
  }
}
