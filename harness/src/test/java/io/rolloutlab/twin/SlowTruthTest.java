package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.causes.slow.SlowCause;
import io.rolloutlab.analysis.causes.slow.SlowCauses;
import io.rolloutlab.history.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the twin it is known why requests are slow. */
class SlowTruthTest {
  private static final String LOAD = "load: {warmUp: 10s, coolDown: 5s}";

  @TempDir Path folder;

  private static SlowCauses causes(TwinRun run) {
    return run.findings().part(SlowCauses.class).orThrow();
  }

  /** Every answer of v2 takes half a second more; nothing else makes users wait so long. */
  @Test
  void aSlowVersionExplainsEveryAnswerOfIt() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: rolling",
            LOAD,
            "alarm: none",
            "app: {replicas: 2, stopGrace: 4s, healthCheck: {interval: 1s}, v2: {fault: slow}}");
    long ofV2 =
        run.history().requests().stream()
            .filter(request -> request.version().equals("v2"))
            .filter(request -> request.outcome() == Outcome.OK)
            .count();

    List<Causes.ByCause> made =
        causes(run).byCause().stream().filter(one -> one.cause() == SlowCause.MADE_SLOW).toList();
    assertThat(ofV2).isGreaterThan(250);
    assertThat(made)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.requests()).isEqualTo((int) ofV2);
              assertThat(one.setting()).isEqualTo("app.v2.fault: slow");
              assertThat(one.example()).contains("(v2)", "which is made to take 500 ms longer");
            });
  }

  /** Green's four tasks start together, and blue's answers wait for the cores that they take. */
  @Test
  void whatWaitsForTheCoresOfStartingTasksIsBesideThem() {
    TwinRun run =
        TwinRun.of(
            folder,
            TwinSettingsWith.crowdWait(300),
            "strategy: blue-green",
            LOAD,
            "blueGreen: {keepBlue: 1s}");

    SlowCauses causes = causes(run);

    assertThat(causes.slow()).isGreaterThan(20);
    assertThat(causes.byCause().get(0).cause()).isEqualTo(SlowCause.BESIDE_STARTS);
    assertThat(causes.byCause().get(0).requests()).isGreaterThan(causes.slow() / 2);
  }
}
