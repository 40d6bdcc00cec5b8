package io.rolloutlab.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each sentence both ways: numbers that make it, and numbers that make it another one. */
class AdvisingTest {
  private static SampleMatrix three() {
    return new SampleMatrix(5, List.of("a", "b", "c"), List.of("bad"));
  }

  private static Advice only(SampleMatrix matrix) {
    List<Advice> all = matrix.result().advice();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void theFewestUsersAndWhatTheyCostAgainstTheNextBest() {
    Advice advice =
        only(
            three()
                .cell("a", "bad", 9, 0, 40, 44, 42, 41, 43)
                .cell("b", "bad", 9, 4, 3, 2, 4, 3, 3)
                .cell("c", "bad", 9, 1, 90, 95, 93, 94, 91));

    assertThat(advice.about()).isEqualTo("bad");
    assertThat(advice.text())
        .isEqualTo(
            "b hurts the fewest users: 3 (2 to 4) of 200. The next, a, hurts 42 (40 to 44), 39 more"
                + " than b on average (95 % interval 37 to 41). That costs room: 4 tasks more at"
                + " the peak, against 0 with a.");
    assertThat(advice.cells()).extracting(MatrixCell::words).containsExactly("b × bad", "a × bad");
  }

  @Test
  void theBestMayBeTheCheapestAsWell() {
    SampleMatrix less =
        three()
            .cell("a", "bad", 9, 4, 40, 44, 42, 41, 43)
            .cell("b", "bad", 9, 0, 3, 2, 4, 3, 3)
            .cell("c", "bad", 9, 1, 90, 95, 93, 94, 91);
    assertThat(only(less).text())
        .endsWith("It even needs less room: 0 tasks more at the peak, against 4 with a.");

    SampleMatrix same =
        three()
            .cell("a", "bad", 9, 1, 40, 44, 42, 41, 43)
            .cell("b", "bad", 9, 1, 3, 2, 4, 3, 3)
            .cell("c", "bad", 9, 1, 90, 95, 93, 94, 91);
    assertThat(only(same).text())
        .endsWith("It needs no more room than a: 1 task more at the peak.");

    assertThat(only(same.without("a", "bad", MatrixMeasure.EXTRA_TASKS.measure())).text())
        .endsWith("What that costs is not known.");
  }

  @Test
  void whoIsKindSinceV2NeverCameIsSaidToBe() {
    SampleMatrix matrix =
        three()
            .cell("a", "bad", 9, 0, 40, 44, 42, 41, 43)
            .cell("b", "bad", 9, 4, 3, 2, 4, 3, 3)
            .cell("c", "bad", 9, 1, 90, 95, 93, 94, 91);
    assertThat(only(matrix).text()).doesNotContain("did not get to everybody");

    assertThat(only(matrix.outcome("b", "bad", MatrixRun.GIVEN_UP)).text())
        .contains(
            "(95 % interval 37 to 41). v2 did not get to everybody there: b was given up. That"
                + " costs");
  }

  @Test
  void whoHurtsFewerOnAShorterCourseIsSaidTo() {
    SampleMatrix matrix =
        three()
            .cell("a", "bad", 9, 0, 40, 44, 42, 41, 43)
            .cell("b", "bad", 9, 4, 3, 2, 4, 3, 3)
            .cell("c", "bad", 9, 1, 90, 95, 93, 94, 91)
            .course("a", "bad", 100)
            .course("c", "bad", 20);

    assertThat(only(matrix.course("b", "bad", 79)).text())
        .contains(
            "(95 % interval 37 to 41). A longer course has more requests that can fail: with b it"
                + " took 79 s, with a 100 s. That costs");
    assertThat(only(matrix.course("b", "bad", 80)).text()).doesNotContain("course");
  }

  @Test
  void whoWasCalledBackDidNotBringV2ToEverybody() {
    SampleMatrix matrix =
        three()
            .cell("a", "bad", 9, 0, 40, 44, 42, 41, 43)
            .cell("b", "bad", 9, 4, 3, 2, 4, 3, 3)
            .cell("c", "bad", 9, 1, 90, 95, 93, 94, 91)
            .outcome("b", "bad", MatrixRun.CALLED_BACK);

    assertThat(only(matrix).text())
        .contains("v2 did not get to everybody there: b was called back by the alarm.");
  }

  @Test
  void whoeverIsWorseThanOneOfTheBestIsNotAmongThem() {
    SampleMatrix matrix =
        three()
            .cell("a", "bad", 9, 4, 0, 0, 3, 20, 25)
            .cell("b", "bad", 9, 4, 5, 5, 5, 6, 6)
            .cell("c", "bad", 9, 4, 10, 11, 12, 12, 13);

    assertThat(only(matrix).text())
        .startsWith(
            "a and b are not told apart and hurt the fewest users: 3 to 5 of 200. The next, c,"
                + " hurts 12 (10 to 13), 6.2 more than b on average (95 % interval 4.6 to 7.6).");
  }

  @Test
  void whoGivesV2ToSomeUsersOnlyIsNotCompared() {
    SampleMatrix matrix =
        new SampleMatrix(5, List.of("a", "listed", "b"), List.of("bad"))
            .cell("a", "bad", 9, 0, 40, 44, 42, 41, 43)
            .cell("listed", "bad", 9, 0, 0, 0, 0, 0, 0)
            .cell("b", "bad", 9, 4, 30, 20, 25, 26, 27);
    List<Advice> all = matrix.result().advice();

    assertThat(all).hasSize(2);
    assertThat(all.get(0).text())
        .isEqualTo(
            "Not compared, since not everybody is to get v2 there, so that few can be hurt: listed.");
    assertThat(all.get(1).text()).startsWith("b hurts the fewest users").doesNotContain("listed");
  }

  @Test
  void thatSomeAreNotComparedIsSaidWhereNothingElseCanBeSaid() {
    SampleMatrix matrix =
        new SampleMatrix(5, List.of("a", "listed", "b"), List.of("bad", "worse"))
            .cell("listed", "bad", 9, 0, 0, 0, 0, 0, 0)
            .cell("listed", "worse", 9, 0, 0, 0, 0, 0, 0);

    assertThat(overall(matrix))
        .startsWith("Over all situations nothing can be said")
        .endsWith("so that few can be hurt: listed.");
  }

  @Test
  void whereRunsOverlapTheyAreNotToldApart() {
    Advice advice =
        only(
            three()
                .cell("a", "bad", 30, 0, 3, 9, 5, 6, 4)
                .cell("b", "bad", 5, 4, 3, 2, 4, 3, 3)
                .cell("c", "bad", 9, 1, 90, 95, 93, 94, 91));

    assertThat(advice.text())
        .isEqualTo(
            "b and a are not told apart and hurt the fewest users: 3 to 5 of 200. The next, c, hurts"
                + " 93 (90 to 95), 87 more than a on average (95 % interval 83 to 91). Of these, users"
                + " are served again soonest with b: after 5 s, against 30 s. The least room of them is needed by a: 0 tasks more at the peak,"
                + " against 4.");
    assertThat(advice.cells()).hasSize(3);
  }

  @Test
  void whoIsNotServedAgainWhileWatchedIsNotSaidToBeServedSoonest() {
    SampleMatrix matrix =
        three()
            .cell("a", "bad", 30, 0, 3, 9, 5, 6, 4)
            .cell("b", "bad", 5, 4, 3, 2, 4, 3, 3)
            .cell("c", "bad", 9, 1, 90, 95, 93, 94, 91);
    assertThat(only(matrix).text()).contains("served again soonest with b");

    MatrixResult open = matrix.neverServedAgain("b", "bad").result();
    assertThat(open.advice().get(0).text()).doesNotContain("served again soonest");
    assertThat(MatrixWords.number(open.column("bad").get(1), MatrixMeasure.SERVED_AGAIN))
        .isEqualTo("> 5");
  }

  @Test
  void aSituationCanMakeNoDifference() {
    Advice alike =
        only(
            three()
                .cell("a", "bad", 9, 4, 3, 9, 5, 6, 4)
                .cell("b", "bad", 9, 4, 3, 2, 4, 3, 3)
                .cell("c", "bad", 9, 4, 4, 4, 4, 4, 4));
    assertThat(alike.text())
        .isEqualTo(
            "By users hurt the 3 strategies are not told apart: 3 to 5 of 200 are, whichever is"
                + " taken. They need the same room: 4 tasks more at the peak.");

    Advice nobody =
        only(
            three()
                .cell("a", "bad", 0, 0, 0, 0, 0, 0, 0)
                .cell("b", "bad", 0, 4, 0, 0, 0, 0, 0)
                .cell("c", "bad", 0, 1, 0, 0, 0, 0, 0));
    assertThat(nobody.text())
        .isEqualTo(
            "Nobody is hurt, whichever of the 3 strategies is taken. The least room of them is"
                + " needed by a: 0 tasks more at the peak, against 1 to 4.");
  }

  @Test
  void nothingIsSaidOfNumbersThatCannotBeUsed() {
    SampleMatrix one =
        three()
            .cell("a", "bad", 9, 4, 3, 9, 5, 6, 4)
            .broken("b", "bad", "it was interrupted")
            .broken("c", "bad", "it was interrupted");
    assertThat(only(one).text())
        .isEqualTo("Nothing can be said: only a left numbers that can be trusted.");

    assertThat(only(one.broken("a", "bad", "x")).text())
        .isEqualTo("Nothing can be said: no strategy left numbers that can be trusted.");

    SampleMatrix two = three().cell("a", "bad", 9, 4, 3, 3, 3, 3, 3);
    two.cell("b", "bad", 9, 4, 9, 9, 9, 9, 9).broken("c", "bad", "it was interrupted");
    assertThat(only(two).text())
        .startsWith("a hurts the fewest users: 3 of 200. The next, b, hurts 9.")
        .endsWith(" Not compared, for want of numbers that can be trusted: c.");
  }

  @Test
  void aSingleRunNeedsALargerDifferenceThanSeveral() {
    SampleMatrix near =
        new SampleMatrix(1, List.of("a", "b"), List.of("bad"))
            .cell("a", "bad", 9, 0, 10)
            .cell("b", "bad", 9, 0, 14);
    assertThat(only(near).text()).contains("not told apart");

    SampleMatrix far =
        new SampleMatrix(1, List.of("a", "b"), List.of("bad"))
            .cell("a", "bad", 9, 0, 10)
            .cell("b", "bad", 9, 0, 40);
    assertThat(only(far).text()).startsWith("a hurts the fewest users: 10 of 200.");
  }

  private static SampleMatrix two() {
    return new SampleMatrix(5, List.of("a", "b"), List.of("bad", "worse"));
  }

  private static String overall(SampleMatrix matrix) {
    return matrix.result().advice().stream()
        .filter(advice -> advice.about().isEmpty())
        .findFirst()
        .orElseThrow()
        .text();
  }

  private static String courses(double... seconds) {
    List<MatrixRun> runs =
        Arrays.stream(seconds)
            .mapToObj(one -> Map.of(MatrixMeasure.COURSE.key(), one))
            .map(one -> new MatrixRun("run", 1, "abc", one, List.of(), "completed", "", "", ""))
            .toList();
    MatrixCell cell = new MatrixCell("a", "bad", "a--bad", 200, true, true, 2, runs, List.of());
    return MatrixWords.range(cell, MatrixMeasure.COURSE);
  }

  @Test
  void aRangeThatPrintsAsOneNumberIsNone() {
    assertThat(courses(46.9, 47.3)).isEmpty();
    assertThat(courses(46.4, 47.3)).isEqualTo("46 to 47");
  }

  @Test
  void oneStrategyMayBeTheSafestWhateverHappens() {
    assertThat(
            overall(
                two()
                    .cell("a", "bad", 9, 0, 1, 1, 1, 1, 1)
                    .cell("a", "worse", 9, 0, 5, 5, 5, 5, 5)
                    .cell("b", "bad", 9, 0, 9, 9, 9, 9, 9)
                    .cell("b", "worse", 9, 0, 7, 7, 7, 7, 7)))
        .isEqualTo(
            "Over all situations a is the safest: at its worst (worse) it hurts 5 of 200 users; the"
                + " next, b, hurts 9 at its worst (bad). In every situation a is among those that"
                + " hurt the fewest.");
  }

  @Test
  void orItHangsOnWhatGoesWrong() {
    assertThat(
            overall(
                two()
                    .cell("a", "bad", 9, 0, 1, 1, 1, 1, 1)
                    .cell("a", "worse", 9, 0, 8, 9, 7, 8, 8)
                    .cell("b", "bad", 9, 0, 9, 8, 9, 9, 9)
                    .cell("b", "worse", 9, 0, 1, 1, 1, 1, 1)))
        .isEqualTo(
            "Over all situations no strategy is safer than another: at their worst 8 to 9 of 200"
                + " users are hurt, and they are not told apart. None is among the best in every"
                + " situation: which is, hangs on what goes wrong.");
  }

  @Test
  void orNoneIsBeaten() {
    SampleMatrix alike =
        two()
            .cell("a", "bad", 9, 0, 1, 2, 1, 1, 1)
            .cell("a", "worse", 9, 0, 8, 9, 7, 8, 8)
            .cell("b", "bad", 9, 0, 1, 1, 2, 1, 1)
            .cell("b", "worse", 9, 0, 8, 8, 8, 8, 8);
    assertThat(overall(alike)).endsWith("None is beaten in any situation.");

    assertThat(overall(alike.broken("b", "bad", "it was interrupted")))
        .startsWith("Over all situations nothing can be said: fewer than two strategies");
  }

  @Test
  void severalSafestOnesAreNamedTogether() {
    SampleMatrix matrix = new SampleMatrix(5, List.of("a", "b", "c"), List.of("bad", "worse"));
    for (String strategy : List.of("a", "b")) {
      matrix.cell(strategy, "bad", 9, 0, 1, 1, 1, 1, 1);
      matrix.cell(strategy, "worse", 9, 0, 2, 2, 2, 2, 2);
    }
    matrix.cell("c", "bad", 9, 0, 50, 50, 50, 50, 50).cell("c", "worse", 9, 0, 2, 2, 2, 2, 2);

    assertThat(overall(matrix))
        .isEqualTo(
            "Over all situations a and b are the safest, and not told apart: at their worst they"
                + " hurt 2 of 200 users; the next, c, hurts 50 at its worst (bad). In every situation"
                + " a and b are among those that hurt the fewest.");
  }

  @Test
  void theRuleSaysHowOftenChanceAloneWouldTellThemApart() {
    assertThat(ToldApart.rule(5)).contains("ranges of their 5 runs").contains("0.8 of 100 pairs");
    assertThat(ToldApart.rule(1)).contains("95 % intervals").doesNotContain("ranges");
    assertThat(ToldApart.rule(3)).contains("ranges of their 3 runs").contains("95 % intervals");
  }
}
