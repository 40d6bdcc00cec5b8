package io.rolloutlab.html.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.Manifest.Origin;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.text.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said first can come out this way and the other. */
class ShortAnswerTest {
  private static final String WELL = "1".repeat(20);
  private static final String BADLY = "1".repeat(10) + "x".repeat(10);

  private static Scenario scenario(String file) {
    return new ScenarioReader().read(Path.of("..", "scenarios", file + ".yaml"));
  }

  private static Findings run(String file, String... seconds) {
    return SampleFindings.answers(file, Origin.LIVE, scenario(file), seconds);
  }

  private static ShortAnswer answer(Findings... runs) {
    return ShortAnswer.of(Runs.of(List.of(runs)));
  }

  @Test
  void praisesNobodyWhereNobodyFailed() {
    ShortAnswer answer = answer(run("rolling", WELL, WELL), run("rolling-start-first", WELL, WELL));

    assertThat(answer.users())
        .isEqualTo(
            "No request failed in rolling and rolling-start-first: in this none of them served"
                + " users better than another.");
  }

  @Test
  void namesWhoServedUsersBestWithTheNumbers() {
    ShortAnswer answer =
        answer(run("rolling", WELL, BADLY, BADLY), run("rolling-start-first", WELL, WELL, WELL));

    assertThat(answer.users())
        .isEqualTo(
            "Users were served best in rolling-start-first: 0.000 % of the requests failed, against"
                + " 33.333 % in rolling.");
  }

  @Test
  void namesTheOtherWhereTheOtherFailed() {
    ShortAnswer answer =
        answer(run("rolling", WELL, WELL, WELL), run("rolling-start-first", WELL, BADLY, BADLY));

    assertThat(answer.users()).startsWith("Users were served best in rolling: 0.000 %");
  }

  @Test
  void namesNoBestWhereBothFailedAlike() {
    ShortAnswer answer =
        answer(run("rolling", WELL, BADLY), run("rolling-start-first", WELL, BADLY));

    assertThat(answer.users())
        .isEqualTo(
            "Requests failed (25.000 % in rolling and 25.000 % in rolling-start-first), but these"
                + " runs do not tell which of them serves users best.");
  }

  @Test
  void saysOfARunAloneThatItHasNoOtherBesideIt() {
    ShortAnswer answer = answer(run("rolling", WELL, BADLY));

    assertThat(answer.users()).isEqualTo("In rolling 25.000 % of the requests failed.");
    assertThat(answer.open()).contains("there is none beside it");
  }

  @Test
  void takesNoNumberFromARunThatWasCutOff() {
    Findings cut =
        SampleFindings.brokenOff("rolling", Origin.LIVE, scenario("rolling"), BADLY, BADLY);
    ShortAnswer answer = answer(cut, run("rolling-start-first", WELL, WELL));

    assertThat(answer.users()).isEqualTo("No request failed in rolling-start-first.");
    assertThat(answer.open()).contains("rolling says nothing here, since it failed at 2.00 s");
  }

  @Test
  void saysThatNothingCanBeSaidWhereNoRunCanBeTrusted() {
    Findings cut =
        SampleFindings.brokenOff("rolling", Origin.LIVE, scenario("rolling"), BADLY, BADLY);
    ShortAnswer answer = answer(cut);

    assertThat(answer.users()).contains("cannot be said").doesNotContain("%");
    assertThat(answer.cost()).contains("cannot be said");
  }

  @Test
  void saysOfABaselineAloneThatNothingWasRolledOut() {
    Findings baseline = SampleFindings.all(1).get(0);
    ShortAnswer answer = answer(baseline);

    assertThat(answer.users()).startsWith("Nothing was rolled out");
    assertThat(answer.cost()).isEqualTo("No rollout cost anything.");
  }

  @Test
  void namesTheMostAndTheLeastRoom() {
    List<Findings> samples = SampleFindings.all(1);
    List<Findings> two =
        samples.stream()
            .filter(
                run ->
                    Stream.of(Strategy.ROLLING, Strategy.BLUE_GREEN)
                        .anyMatch(s -> s.equals(run.manifest().scenario().strategy())))
            .toList();

    assertThat(ShortAnswer.of(Runs.of(two)).cost())
        .isEqualTo(
            "The most room was needed in blue-green, for 8 tasks at once, and the least in rolling,"
                + " for 4.");
  }

  @Test
  void saysOfEqualRolloutsThatTheyNeedTheSameRoom() {
    Findings rolling =
        SampleFindings.all(1).stream()
            .filter(run -> run.manifest().scenario().strategy().equals(Strategy.ROLLING))
            .findFirst()
            .orElseThrow();

    assertThat(answer(rolling, rolling).cost())
        .isEqualTo("Room for 4 tasks at once was needed in rolling and rolling-2 alike.");
  }

  @Test
  void namesWhatMayBeChanceAndWhatIsMoreThanThat() {
    String once = "1".repeat(19) + "x";

    assertThat(
            answer(run("rolling", WELL, WELL, once), run("rolling-start-first", WELL, WELL, WELL))
                .open())
        .contains("These runs do not tell the rollouts apart by", "failed requests");
    assertThat(answer(run("rolling", BADLY, BADLY), run("rolling-start-first", WELL, WELL)).open())
        .doesNotContain("failed requests");
  }

  @Test
  void saysNothingOfNumbersThatTheSettingsMake() {
    assertThat(ShortAnswer.of(Runs.of(SampleFindings.all(1))).open())
        .doesNotContain("rollout until served", "mixed versions");
  }
}
