package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An app of one's own whose v2 does not call itself v2: for the lab, v2 never answers. */
class StrangersTest {
  private static final Expectations CALM =
      Changed.with(
          Changed.with(Expectations.NONE, "errorShareAtMost", 0.5), "mixedVersions", false);

  private final Histories history =
      Histories.expecting(Strategy.ROLLING, CALM)
          .phase(-5000, PhaseKind.WARM_UP)
          .phase(0, PhaseKind.ROLLOUT)
          .phase(10_000, PhaseKind.ROLLBACK)
          .task(-6000, "a", 1, "v1", "running")
          .task(3000, "a", 1, "v1", "shutdown")
          .task(3000, "b", 1, "v2", "running")
          .task(13_000, "b", 1, "v2", "shutdown")
          .task(13_000, "c", 1, "v1", "running");

  private Findings run(String v2) {
    for (int i = 0; i < 250; i++) {
      long at = -5000 + i * 100;
      history.ok(i + 1, at, 5, at > 3000 && at < 13_000 ? v2 : "v1");
    }
    return Analysis.analyse(history.end(21_000, Event.End.COMPLETED).build());
  }

  private static Map<String, OptionalDouble> numbers(Findings run) {
    Comparison table = Comparison.of(List.of(run));
    return IntStream.range(0, table.measures().size())
        .boxed()
        .collect(
            Collectors.toMap(
                m -> table.measures().get(m).key(),
                m -> table.rows().get(0).cells().get(m).value()));
  }

  @Test
  void theRunIsUnknownAndSaysWhatTheHeaderHeld() {
    Findings run = run("2");

    assertThat(run.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(run.reasons())
        .anyMatch(
            why -> why.contains("99 answers were of neither version") && why.contains("\"2\""));
    assertThat(run.versions().orThrow().others()).containsExactly(new VersionMix.Other("2", 99));
    assertThat(run.reconciled()).isFalse();
  }

  @Test
  void whatWasNeverSeenHasNoNumberNotEvenZero() {
    Map<String, OptionalDouble> numbers = numbers(run("2"));

    assertThat(numbers.get("errorPercent")).hasValue(0);
    for (String key :
        List.of(
            "mixedSeconds",
            "sawV1AgainPercent",
            "exposedUsersPercent",
            "rolloutSeconds",
            "abortSeconds",
            "rollbackSeconds",
            "lastV2AnswerSeconds")) {
      assertThat(numbers.get(key)).as(key).isEmpty();
    }
  }

  @Test
  void aV2ThatCallsItselfV2HasNumbers() {
    Findings run = run("v2");

    assertThat(run.versions().orThrow().others()).isEmpty();
    assertThat(numbers(run).get("mixedSeconds")).hasValue(0);
    assertThat(numbers(run).get("rollbackSeconds").orElse(0)).isPositive();
  }

  /** Its successes prove nothing, and neither do its failures. */
  @Test
  void answersOfNeitherProveNoFailure() {
    history.lost(1000, 500, 5, "refused");
    for (int i = 0; i < 300; i++) {
      history.lost(2000 + i, 600, 5, "refused");
    }
    Findings run = run("2");

    assertThat(run.expectations().get(0).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aGoodAnswerWithoutTheHeaderIsNobodys() {
    history.request(5000, 100, 5, Outcome.FAILED, "wrong-answer", 200, "").hit(5000, 105, 200, "");
    history.refusedByEdge(5001, 200, 5, 502);
    Findings run = run("v2");

    assertThat(run.versions().orThrow().others()).containsExactly(new VersionMix.Other("", 1));
    assertThat(run.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void thatV2NeverMixedProvesNothing() {
    assertThat(run("2").expectations())
        .filteredOn(e -> e.key().equals("mixedVersions"))
        .extracting(ExpectationResult::verdict)
        .containsExactly(Verdict.UNKNOWN);
  }
}
