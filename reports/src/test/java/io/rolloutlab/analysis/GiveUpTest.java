package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.outcome.GiveUp;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.compare.Claims;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.expect.Expectations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rollout that was given up is no failure of the run, and no success of the rollout. */
class GiveUpTest {
  private static Histories givenUp(Expectations expectations) {
    return Histories.expecting(Strategy.BLUE_GREEN, expectations)
        .phase(-1000, PhaseKind.WARM_UP)
        .phase(0, PhaseKind.ROLLOUT)
        .event(new Event.GivenUp(Histories.ZERO + 30_500, 30_100, "4 of x run", "3 run\nexit 1"))
        .phase(30_500, PhaseKind.ROLLBACK)
        .phase(31_000, PhaseKind.HOLD)
        .phase(41_000, PhaseKind.COOL_DOWN)
        .ok(1, -500, 10, "v1")
        .ok(2, 100, 10, "v1");
  }

  private static Findings analysed(Histories history) {
    return Analysis.analyse(history.end(50_000, Event.End.COMPLETED).build());
  }

  private static String words(Histories history) {
    return analysed(history).list(GiveUp.class).orThrow().get(0).inWords();
  }

  @Test
  void whoServedMeanwhileIsSaid() {
    String head = "given up at 30.50 s, after 30.10 s: 4 of x run (3 run); ";

    assertThat(words(givenUp(Expectations.NONE))).isEqualTo(head + "v1 served all the time");
    assertThat(words(givenUp(Expectations.NONE).lost(3, 200, 5, "refused")))
        .isEqualTo(head + "v2 never answered, and 1 request failed");
    assertThat(words(givenUp(Expectations.NONE).ok(3, 200, 5, "v2").ok(4, 210, 5, "v2")))
        .isEqualTo(head + "v2 answered 2 requests, and none failed");
    assertThat(words(givenUp(Expectations.NONE).lost(3, -200, 5, "refused")))
        .as("what failed before is not its own")
        .isEqualTo(head + "v1 served all the time");
  }

  @Test
  void nothingExpectedStaysNothingExpected() {
    assertThat(analysed(givenUp(Expectations.NONE)).verdict()).isEqualTo(Verdict.NOTHING_EXPECTED);
  }

  @Test
  void whatIsExpectedIsNotMetByARolloutThatDidNotCome() {
    Findings run = analysed(givenUp(Changed.with(Expectations.NONE, "errorShareAtMost", 0.5)));

    assertThat(run.expectations().get(0).verdict()).isEqualTo(Verdict.PASS);
    assertThat(run.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.reasons())
        .containsExactly(
            "The rollout was not brought to its end: it was given up at 30.50 s, after 30.10 s: 4 of"
                + " x run (3 run); v1 served all the time: FAIL.");
  }

  @Test
  void itIsComparedByWhatCameOfItAndRanksNowhere() {
    Comparison.Row row = Comparison.of(List.of(analysed(givenUp(Expectations.NONE)))).rows().get(0);

    assertThat(row.outcome()).startsWith("given up at 30.50 s");
    assertThat(row.cutOff()).isEmpty();
    assertThat(row.unranked()).isEqualTo("its rollout was given up");
    assertThat(row.cells()).noneMatch(Comparison.Cell::best);
  }

  /** What it cost, and what it would have done, is not seen. */
  @Test
  void noClaimRestsOnIt() {
    History run = SampleFindings.history(Strategy.BLUE_GREEN, 1);
    List<Event> events = new ArrayList<>(run.events());
    long at = events.get(events.size() / 2).atMillis();
    events.add(new Event.GivenUp(at, 30_000, "4 of x run", "0 run"));
    Findings given =
        Analysis.analyse(
            new History(
                run.manifest(), events, run.requests(), run.hits(), run.resources(), run.damage()));

    assertThat(twice(Analysis.analyse(run)).holds()).isNotEqualTo(Claim.Holds.UNKNOWN);
    assertThat(twice(given).holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(twice(given).measured())
        .contains("blue-green: its rollout did not come to its end: given up at ");
  }

  private static Claim twice(Findings run) {
    return Claims.of(List.of(run)).stream()
        .filter(claim -> claim.key().equals("blue-green-twice"))
        .findFirst()
        .orElseThrow();
  }
}
