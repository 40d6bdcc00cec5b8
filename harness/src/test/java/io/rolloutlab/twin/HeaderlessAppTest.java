package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that says neither its version nor its container, as most images do. */
class HeaderlessAppTest {
  private static final String SHORT =
      "load: {warmUp: 5s, coolDown: 5s}\napp: {v2: {env: {APP_ERROR_SHARE: '0.05'}}}";

  @TempDir Path folder;

  /** The same run, had the app set no headers. */
  private static History withoutHeaders(History run) {
    return new History(
        run.manifest(),
        run.events(),
        run.requests().stream().map(HeaderlessAppTest::withoutHeaders).toList(),
        run.hits().stream().map(HeaderlessAppTest::withoutHeaders).toList(),
        run.resources(),
        run.damage());
  }

  private static Request withoutHeaders(Request r) {
    return new Request(
        r.id(),
        r.user(),
        r.population(),
        r.intendedAtMillis(),
        r.actualAtMillis(),
        r.latencyMillis(),
        r.outcome(),
        r.error(),
        r.status(),
        "",
        "");
  }

  private static Hit withoutHeaders(Hit h) {
    return new Hit(
        h.atMillis(),
        h.id(),
        h.client(),
        h.status(),
        h.latencyMillis(),
        h.upstream(),
        h.upstreamStatus(),
        "",
        "",
        h.edge(),
        h.connection(),
        h.connectionRequest(),
        h.worker());
  }

  @Test
  void itsVersionsAreKnownByAddressAndAllElseIsTheSame() {
    TwinRun run = TwinRun.of(folder, "strategy: rolling", SHORT);
    TaskWitness named = run.findings().reconciliation().orThrow().tasks();
    long answers = run.history().requests().stream().filter(r -> !r.version().isEmpty()).count();
    assertThat(named.answers()).isEqualTo((int) answers).isPositive();
    assertThat(named.named()).isEqualTo(named.answers());
    assertThat(named.contradictions()).isZero();
    assertThat(named.tasks()).extracting(TaskWitness.ByTask::version).contains("v1", "v2");

    Findings unnamed = Analysis.analyse(withoutHeaders(run.history()));

    assertThat(unnamed).isEqualTo(run.findings());
  }

  @Test
  void underVipNobodyKnowsWhichVersionAnswered() {
    TwinRun run = TwinRun.of(folder, "strategy: blue-green", "balancing: vip", SHORT);
    assertThat(run.findings().reconciliation().orThrow().tasks().asked())
        .isEqualTo(TaskWitness.Asked.VIRTUAL);

    Findings unnamed = Analysis.analyse(withoutHeaders(run.history()));

    assertThat(unnamed.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(unnamed.reasons()).anyMatch(why -> why.contains("X-App-Version must name v1 or v2"));
  }
}
