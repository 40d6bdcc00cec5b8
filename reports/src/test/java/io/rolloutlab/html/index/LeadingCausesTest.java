package io.rolloutlab.html.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.text.Runs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Repeats of a scenario are one block, whose causes are summed up. */
class LeadingCausesTest {
  private static final String WELL = "1".repeat(20);

  private static Findings run(String file, int repeat, String... seconds) {
    Scenario scenario = new ScenarioReader().read(Path.of("..", "scenarios", file + ".yaml"));
    return SampleFindings.answersOfMany(file + repeat, scenario.repeat(repeat), seconds);
  }

  private static int failed(LeadingCauses one) {
    return one.causes().stream().mapToInt(Causes.ByCause::requests).sum();
  }

  @Test
  void repeatsAreCountedTogether() {
    Findings calm = run("rolling", 0, WELL, WELL, WELL);
    Findings some = run("rolling", 1, WELL, "xx", WELL);
    Findings more = run("rolling", 2, WELL, WELL, "xxx");
    Findings other = run("blue-green", 0, "x" + WELL, WELL, WELL);
    Causes first = some.part(Causes.class).orThrow();
    Causes second = more.part(Causes.class).orThrow();

    List<LeadingCauses> all = LeadingCauses.of(Runs.of(List.of(calm, some, more, other)));

    assertThat(all).extracting(LeadingCauses::name).containsExactly("rolling", "blue-green");
    LeadingCauses rolling = all.get(0);
    assertThat(rolling.page()).as("nothing failed in the first").isEqualTo("rolling-2");
    assertThat(rolling.runs()).isEqualTo(3);
    assertThat(rolling.failed()).isEqualTo(5);
    assertThat(failed(rolling) + rolling.leftOut()).isEqualTo(5);
    assertThat(first.byCause()).hasSize(1);
    assertThat(rolling.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.requests()).isEqualTo(5);
              assertThat(cause.firstMillis()).isEqualTo(first.byCause().get(0).firstMillis());
              assertThat(cause.lastMillis()).isEqualTo(second.byCause().get(0).lastMillis());
              assertThat(cause.example()).isEqualTo(first.byCause().get(0).example());
            });
  }

  @Test
  void aRunAloneIsAsItIs() {
    Findings run = run("rolling", 0, WELL, "xx", WELL);

    assertThat(LeadingCauses.of(Runs.of(List.of(run))))
        .containsExactly(
            new LeadingCauses(
                "rolling", "rolling", 1, 2, run.part(Causes.class).orThrow().byCause(), 0));
  }

  @Test
  void whereNothingFailedThereIsNone() {
    assertThat(LeadingCauses.of(Runs.of(List.of(run("rolling", 0, WELL, WELL))))).isEmpty();
  }
}
