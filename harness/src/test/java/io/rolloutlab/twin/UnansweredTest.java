package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which status means that nobody answered is the edge's to say. */
class UnansweredTest {
  @TempDir Path folder;

  @Test
  void whatTheKindOfTheEdgeWritesOfATryThatNobodyAnsweredIsNoAnswerOfATask() {
    assertThat(answersOfTasks("nginx")).as("an app may answer so").isPositive();
    assertThat(answersOfTasks("toy")).isZero();
  }

  /** Where every try has the status 503 in the log. */
  private int answersOfTasks(String kind) {
    History run =
        TwinRun.of(
                folder.resolve(kind),
                "strategy: baseline",
                "baseline: {hold: 2s}",
                "load: {ratePerSecond: 10, warmUp: 1s, coolDown: 1s}",
                "edge: {kind: %s}".formatted(kind))
            .history();
    History busy =
        new History(
            run.manifest(),
            run.events(),
            run.requests(),
            run.hits().stream().map(UnansweredTest::unavailable).toList(),
            run.resources(),
            run.damage());
    return Analysis.analyse(busy).reconciliation().orThrow().tasks().answers();
  }

  private static Hit unavailable(Hit hit) {
    return new Hit(
        hit.atMillis(),
        hit.id(),
        hit.client(),
        new Hit.Answer(hit.status(), hit.latencyMillis()),
        new Hit.Tries(hit.upstream(), "503"),
        new AppHeaders(hit.version(), hit.replica()),
        new Hit.Connection(hit.edge(), hit.worker(), hit.connection(), hit.connectionRequest()));
  }
}
