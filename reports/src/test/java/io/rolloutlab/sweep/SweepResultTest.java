package io.rolloutlab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.scenario.sweep.Vary;
import io.rolloutlab.text.Range;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepResultTest {
  /** Settings with parallelism 1, 2, 3 ... and these runs, one each. */
  private static CaseResult of(SweepRun... runs) {
    List<Integer> parallelism = IntStream.rangeClosed(1, runs.length).boxed().toList();
    Sweep sweep =
        SampleSweep.sweep("Which?", 1, new Vary(parallelism, null, null, null, null, null, null));
    return SampleSweep.result(sweep, cell -> List.of(runs[cell.setting().parallelism() - 1]))
        .cases()
        .get(0);
  }

  private static List<Integer> best(SweepRun... runs) {
    return of(runs).best().stream().map(point -> point.setting().parallelism()).toList();
  }

  @Test
  void whatIsWorseInOneAndBetterInNoneIsBeaten() {
    assertThat(
            best(
                SampleSweep.run(0, 60, 0),
                SampleSweep.run(0, 61, 0),
                SampleSweep.run(5, 30, 0),
                SampleSweep.run(6, 30, 0),
                SampleSweep.run(0, 20, 10),
                SampleSweep.run(0, 20, 11)))
        .containsExactly(5, 3, 1);
  }

  @Test
  void settingsThatAreEqualInAllOfItDoNotBeatEachOther() {
    assertThat(
            best(
                SampleSweep.run(3, 30, 1),
                SampleSweep.run(3, 30, 1),
                SampleSweep.run(3, 30, 1),
                SampleSweep.run(4, 30, 1)))
        .containsExactly(1, 2, 3);
  }

  @Test
  void lessThanAWholeSecondBeatsNobodyButOneFailureInOneRunIsNotNone() {
    assertThat(best(SampleSweep.run(0, 29.6, 0, 35), SampleSweep.run(0, 30.4, 0, 35)))
        .containsExactly(1, 2);

    assertThat(best(SampleSweep.run(1 / 3.0, 30, 0), SampleSweep.run(0, 30, 0))).containsExactly(2);
  }

  @Test
  void ofEqualTimesTheOneIsBetterThatIsCompletedEarlier() {
    assertThat(best(SampleSweep.run(0, 30, 0, 46), SampleSweep.run(0, 30, 0, 35)))
        .containsExactly(2);
    assertThat(best(SampleSweep.run(0, 30, 0, 46), SampleSweep.run(0, 31, 0, 36)))
        .as("only of equal ones")
        .containsExactly(1);
  }

  @Test
  void aSettingInTroubleBeatsNobodyAndSaysWhy() {
    CaseResult result = of(SampleSweep.broken("Swarm gave up"), SampleSweep.run(9, 90, 9));

    assertThat(result.best()).extracting(p -> p.setting().parallelism()).containsExactly(2);
    assertThat(result.unusable()).extracting(Point::trouble).containsExactly("Swarm gave up");
    assertThat(of(SampleSweep.broken("x")).answers()).isEmpty();
  }

  @Test
  void oneRunInTroubleSpoilsItsSetting() {
    Sweep sweep =
        SampleSweep.sweep("Which?", 2, new Vary(List.of(1), null, null, null, null, null, null));

    SweepResult result =
        SampleSweep.result(
            sweep, cell -> List.of(SampleSweep.run(0, 1, 0), SampleSweep.broken("lost")));

    assertThat(result.cases().get(0).points().get(0).trouble()).isEqualTo("lost");
  }

  @Test
  void theAnswerNamesTheKindTheFrugalAndTheFastOne() {
    List<Answer> answers =
        of(
                SampleSweep.run(0, 200, 0),
                SampleSweep.run(0, 60, 0),
                SampleSweep.run(0, 30, 50),
                SampleSweep.run(900, 15, 0))
            .answers();

    assertThat(answers)
        .extracting(a -> a.wish() + " " + a.point().setting().parallelism())
        .containsExactly(
            "Fastest in which no request failed 3",
            "Without room for more tasks 2",
            "Fastest of all, whatever fails 4");
  }

  @Test
  void whereAllFailTheAnswerNamesTheOneThatFailsLeastAndNoneTwice() {
    assertThat(of(SampleSweep.run(7, 60, 0), SampleSweep.run(8, 59, 0)).answers())
        .extracting(a -> a.wish() + " " + a.point().setting().parallelism())
        .as("a second less is not worth a sentence")
        .containsExactly("Fewest failed requests 1");
  }

  @Test
  void conditionsAreComparedWithinThemselvesOnly() {
    Vary vary =
        new Vary(
            List.of(1, 2), null, null, null, List.of(4, 8), List.of(Duration.ofSeconds(3)), null);

    SweepResult result =
        SampleSweep.result(
            SampleSweep.sweep("Which?", 1, vary),
            cell ->
                List.of(
                    SampleSweep.run(
                        0, 100.0 * cell.condition().replicas() / cell.setting().parallelism(), 0)));

    assertThat(result.cases())
        .extracting(one -> one.condition().replicas() + " " + one.best().get(0).seconds())
        .containsExactly("4 200", "8 400");
    assertThat(SweepSummary.of(result))
        .contains("4 replicas that take 3 s to start, 40 requests/s:")
        .contains("8 replicas that take 3 s to start, 40 requests/s:");
  }

  @Test
  void meansAndRangesAreOverTheSeeds() {
    Sweep sweep =
        SampleSweep.sweep("Which?", 3, new Vary(List.of(1), null, null, null, null, null, null));

    Point point =
        SampleSweep.result(
                sweep,
                cell ->
                    List.of(
                        SampleSweep.run(1, 10, 2),
                        SampleSweep.run(2, 12, 2),
                        SampleSweep.run(6, 14, 2)))
            .cases()
            .get(0)
            .points()
            .get(0);

    assertThat(point.range(SweepMeasure.FAILED_REQUESTS)).contains(Range.of(1, 2, 6));
    assertThat(point.seconds()).isEqualTo(12);
    assertThat(point.range(SweepMeasure.MIXED_SECONDS)).isEmpty();
  }

  @Test
  void theFileForProgramsHasARowASetting() {
    SweepResult result =
        SampleSweep.result(
            SampleSweep.sweep("Which?", 2, SampleSweep.knobs()),
            cell -> SampleSweep.waves(cell, 2));

    List<String> lines = SweepCsv.of(result).lines().toList();

    assertThat(lines).hasSize(1 + 16);
    assertThat(lines.get(0))
        .startsWith(
            "replicas,startUpSeconds,ratePerSecond,order,parallelism,delaySeconds,monitorSeconds,"
                + "runs,paretoBest,failedRequests,failedRequestsLeast,failedRequestsMost,seconds,");
    assertThat(lines.get(5)).startsWith("10,,40,stop-first,5,0,5,2,true,150.5,150,151,20,20,20,0,");
  }

  @Test
  void aSweepThatIsNotWholeAndOneOfRealRunsAreRefused() {
    Sweep sweep = SampleSweep.sweep("Which?", 2, SampleSweep.knobs());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleSweep.result(sweep, cell -> List.of(SampleSweep.run(0, 1, 0))))
        .withMessage("a sweep of 16 settings × 2 seeds is not whole");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SweepRun.of(SampleFindings.all(1).get(1)))
        .withMessageContaining("a sweep is of simulated runs");
  }

  @Test
  void ofRequestsThatAllSucceededItIsSaidHowManyThereWere() {
    Sweep sweep =
        SampleSweep.sweep("Which?", 3, new Vary(List.of(1), null, null, null, null, null, null));

    String summary =
        SweepSummary.of(
            SampleSweep.result(
                sweep, cell -> java.util.Collections.nCopies(3, SampleSweep.of(0, 9, 0, 2000))));

    assertThat(summary)
        .contains("none failed in 6000 requests of 3 runs, so at most 0.050 % do (95 %)")
        .contains("    stop-first, parallelism 1\n")
        .doesNotContain("delay")
        .doesNotContain("WARNING");
  }

  @Test
  void settingsOfWhichSeveralWereTriedAreSaid() {
    SweepResult result =
        SampleSweep.result(
            SampleSweep.sweep("Which?", 1, SampleSweep.knobs()),
            cell -> SampleSweep.waves(cell, 1));

    assertThat(SweepSummary.of(result)).contains("parallelism 0 (all), delay 0s");
  }

  @Test
  void anAppThatStartsSlowlyWithoutAHealthCheckMakesTheAnswerATrap() {
    Vary vary =
        new Vary(
            List.of(1),
            null,
            null,
            null,
            null,
            List.of(Duration.ZERO, Duration.ofSeconds(5)),
            null);

    List<String> lines =
        SweepSummary.of(
                SampleSweep.result(
                    SampleSweep.sweep("Which?", 1, vary),
                    cell -> List.of(SampleSweep.run(0, 9, 0))))
            .lines()
            .toList();

    assertThat(lines.stream().filter(line -> line.contains("WARNING"))).hasSize(1);
    int slow = lines.indexOf("4 replicas that take 5 s to start, 40 requests/s:");
    assertThat(lines.get(slow + 1))
        .startsWith("  WARNING: The app takes 5 s to listen, and there is no health check:");
  }

  @Test
  void whyStartFirstNeedsMoreRoomThanItsParallelismIsSaidWhereItDoes() {
    Vary vary =
        new Vary(
            List.of(2),
            null,
            List.of(io.rolloutlab.scenario.update.Order.START_FIRST),
            null,
            null,
            null,
            null);
    Sweep sweep = SampleSweep.sweep("Which?", 1, vary);

    assertThat(SweepSummary.of(SampleSweep.result(sweep, c -> List.of(SampleSweep.run(0, 9, 12)))))
        .contains("Start-first with parallelism p can need room for more than p tasks:");
    assertThat(SweepSummary.of(SampleSweep.result(sweep, c -> List.of(SampleSweep.run(0, 9, 2)))))
        .doesNotContain("more than p tasks");
  }
}
