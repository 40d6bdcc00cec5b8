package io.rolloutlab.html.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.change.Repeated;
import io.rolloutlab.html.matrix.BadDaysView;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.text.ConsoleTable;
import io.rolloutlab.text.Runs;
import io.rolloutlab.text.Summary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs whose v2 is bad are told apart from those whose v2 is good, and among themselves. */
class BadDaysTest {
  private static final String WELL = "1".repeat(20);
  private static final String BADLY = "1".repeat(10) + "x".repeat(10);
  private static final String[] NOBODY_HURT = {WELL, WELL, WELL, WELL, WELL, WELL};
  private static final String[] MANY_HURT = {WELL, BADLY, BADLY, BADLY, WELL, WELL, WELL, WELL};

  private static Scenario scenario(String file) {
    return new ScenarioReader().read(Path.of("..", "scenarios", file + ".yaml"));
  }

  private static Findings run(String file, String... seconds) {
    return SampleFindings.answersOfMany(file, scenario(file), seconds);
  }

  private static Runs runs(Findings... runs) {
    return Runs.of(List.of(runs));
  }

  @Test
  void oneBoxARolloutAndFaultWithWhatBecameOfItsUsers() {
    BadDaysView view =
        BadDaysView.of(
            runs(
                run("rolling", NOBODY_HURT),
                run("rolling-errors", MANY_HURT),
                run("rolling-crashes", NOBODY_HURT),
                run("canary-errors", NOBODY_HURT)));

    assertThat(view.heads())
        .extracting(BadDaysView.Head::name)
        .containsExactly("errors", "crashes");
    assertThat(view.rows())
        .extracting(BadDaysView.Row::head)
        .containsExactly("rolling", "canary-errors");
    assertThat(view.rows().get(0).boxes().get(0).lines())
        .containsExactly("18.8 % of requests failed", "for 3 s", "all steps done");
    assertThat(view.rows().get(0).boxes().get(0).page()).isEqualTo("rolling-errors");
    assertThat(view.rows().get(0).boxes().get(1).hurt()).isEqualTo("0 % of users hurt");
    assertThat(view.rows().get(1).boxes().get(1).lines()).containsExactly("not run");
  }

  @Test
  void whoHurtsFewerIsNamedWhicheverItIs() {
    assertThat(
            BadDaysView.of(
                    runs(run("rolling-errors", MANY_HURT), run("canary-errors", NOBODY_HURT)))
                .answer())
        .startsWith("canary-errors hurts the fewest users: 0 of");
    assertThat(
            BadDaysView.of(
                    runs(run("rolling-errors", NOBODY_HURT), run("canary-errors", MANY_HURT)))
                .answer())
        .startsWith("rolling-errors hurts the fewest users: 0 of");
    assertThat(
            BadDaysView.of(runs(run("rolling-errors", MANY_HURT), run("canary-errors", MANY_HURT)))
                .answer())
        .contains("not told apart");
  }

  @Test
  void withoutABadV2ThereIsNoneOfIt() {
    assertThat(BadDaysView.of(runs(run("rolling", NOBODY_HURT), run("canary", NOBODY_HURT))).rows())
        .isEmpty();
    assertThat(BadDaysView.of(runs(run("rolling-errors", MANY_HURT))).rows())
        .as("one rollout has no other beside it")
        .isEmpty();
  }

  /** That a bad v2 hurts more users than a good one is no merit of a strategy. */
  @Test
  void theShortAnswerIsAboutTheRunsWithAGoodV2() {
    Runs all =
        runs(
            run("rolling", NOBODY_HURT),
            run("rolling-start-first", NOBODY_HURT),
            run("rolling-errors", MANY_HURT),
            run("canary-errors", NOBODY_HURT));

    ShortAnswer answer = ShortAnswer.of(all);

    assertThat(answer.users())
        .startsWith("No request failed in rolling and rolling-start-first:")
        .doesNotContain("canary-errors");
    IndexView view = IndexView.of(all, Repeated.of(all.findings()));
    assertThat(view.bad().answer()).contains("canary-errors");
    assertThat(view.tiles()).hasSize(2);
  }

  @Test
  void eachSituationIsRankedByItself() {
    Runs all =
        runs(
            run("rolling", NOBODY_HURT),
            run("rolling-start-first", MANY_HURT),
            run("rolling-errors", MANY_HURT),
            run("rolling-rollback-errors", NOBODY_HURT));

    assertThat(all.bySituation())
        .extracting(Runs::names)
        .containsExactly(
            List.of("rolling", "rolling-start-first"),
            List.of("rolling-errors", "rolling-rollback-errors"));
    assertThat(best(all.bySituation().get(0))).containsExactly(true, false);
    assertThat(best(all.bySituation().get(1))).containsExactly(false, true);
  }

  /** Which run is starred for its failed requests. */
  private static List<Boolean> best(Runs runs) {
    int column =
        runs.comparison().measures().stream().map(m -> m.key()).toList().indexOf("errorPercent");
    return runs.comparison().rows().stream().map(row -> row.cells().get(column).best()).toList();
  }

  @Test
  void consoleAndSummaryHaveATableASituation() {
    Runs all = runs(run("rolling", NOBODY_HURT), run("rolling-errors", MANY_HURT));

    String wrong = "v2 answers 30 % of the requests with an error (500)";
    assertThat(ConsoleTable.of(all)).containsSubsequence("Nothing is wrong with v2:", wrong + ":");
    assertThat(Summary.of(all)).contains("### Nothing is wrong with v2\n", "### " + wrong);
  }
}
