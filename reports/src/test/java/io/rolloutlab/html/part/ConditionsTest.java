package io.rolloutlab.html.part;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who was beside a run, that it was made again, and how patient the lab was. */
class ConditionsTest {
  private static List<String> patience(Scenario scenario) {
    History run =
        Histories.of(scenario)
            .phase(0, PhaseKind.ROLLOUT)
            .ok(1, 100, 10, "v1")
            .end(10_000, Event.End.COMPLETED)
            .build();
    return Conditions.of(Analysis.analyse(run)).stream()
        .filter(condition -> condition.name().equals("Patience"))
        .map(Conditions.Condition::value)
        .toList();
  }

  @Test
  void onlyPatienceThatIsNotTheUsualOneIsSpokenOf() {
    byte[] plain = "name: x\nquestion: Why?\nstrategy: rolling\n".getBytes(UTF_8);
    byte[] slow = "name: x\nquestion: Why?\nstrategy: rolling\npatience: 10\n".getBytes(UTF_8);

    assertThat(patience(ScenarioReader.YAML.read(Path.of("x.yaml"), plain).value())).isEmpty();
    assertThat(patience(ScenarioReader.YAML.read(Path.of("x.yaml"), slow).value()))
        .singleElement()
        .asString()
        .startsWith("10: every limit of the lab's own waits was so many times as long");
  }

  private static List<String> beside(UnaryOperator<Manifest> made) {
    History run =
        Histories.of(Strategy.ROLLING)
            .phase(0, PhaseKind.ROLLOUT)
            .ok(1, 100, 10, "v1")
            .end(10_000, Event.End.COMPLETED)
            .build();
    History its =
        new History(
            made.apply(run.manifest()),
            run.events(),
            run.requests(),
            run.hits(),
            run.resources(),
            run.damage());
    return Conditions.of(Analysis.analyse(its)).stream()
        .filter(condition -> condition.name().equals("Beside it"))
        .map(Conditions.Condition::value)
        .toList();
  }

  @Test
  void onlyOthersAreSpokenOf() {
    assertThat(beside(run -> run)).isEmpty();
    assertThat(beside(run -> run.besideOthers(2)))
        .containsExactly("2 other runs on the same machine, at the same time");
  }

  @Test
  void whatWasRepeatedSaysWhy() {
    assertThat(
            beside(
                run ->
                    run.madeAgainSince(
                        "the machine had no idle time in 37 of 74 seconds while 2 runs were made"
                            + " at once")))
        .containsExactly(
            "nobody: it was repeated alone, since the machine had no idle time in 37 of 74 seconds"
                + " while 2 runs were made at once");
  }
}
