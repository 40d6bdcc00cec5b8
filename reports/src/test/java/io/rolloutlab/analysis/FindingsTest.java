package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.text.ResultFiles;
import io.rolloutlab.text.Runs;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a run as a whole, for people and for programs. */
class FindingsTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING).phase(-1000, PhaseKind.WARM_UP).phase(0, PhaseKind.ROLLOUT);

  private Findings analysed() {
    return Analysis.analyse(history.build());
  }

  private static JsonNode written(Findings run) throws IOException {
    StringWriter text = new StringWriter();
    ResultFiles.json(Runs.of(List.of(run)), List.of(), text);
    return JsonMapper.builder().build().readTree(text.toString()).get("runs").get(0);
  }

  @Test
  void programsFindEveryPartByItsKeyAndTheDoubtsBeforeTheViolations() throws IOException {
    history.ok(1, 100, 5, "v1").damaged("events.jsonl:9: torn");

    JsonNode run = written(analysed());

    List<String> keys = new ArrayList<>();
    run.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .startsWith("manifest", "end", "damage", "timeline")
        .containsSubsequence("errors", "latencyDoubts", "violations", "journal")
        .endsWith("journal", "expectations", "verdict", "reasons");
    assertThat(run.get("damage").get(0).asText()).isEqualTo("events.jsonl:9: torn");
    assertThat(run.get("verdict").asText()).isEqualTo("unknown");
  }

  @Test
  void whatOfARunCouldNotBeReadIsKept() {
    history.damaged("events.jsonl:9: torn");

    assertThat(analysed().damage()).containsExactly("events.jsonl:9: torn");
  }

  @Test
  void whoWasHurtIsSaidWhereSomebodyWas() {
    history.user(1).ok(1, 100, 5, "v1");
    assertThat(analysed().whoWasHurt()).isEmpty();

    history.user(2).lost(2, 200, 5, "refused");
    assertThat(analysed().whoWasHurt())
        .hasValueSatisfying(said -> assertThat(said).startsWith("1 of 2 users had a failure"));
  }

  @Test
  void aRunWithoutAnEndWasCutOffAndOneThatCameToItsEndWasNot() {
    history.ok(1, 100, 5, "v1");
    assertThat(analysed().cutOff()).contains("the lab was stopped before it could say how it went");

    history.end(5000, Event.End.COMPLETED);
    assertThat(analysed().cutOff()).isEmpty();
  }

  @Test
  void aRunThatWasInterruptedSaysWhen() {
    history.ok(1, 100, 5, "v1").end(5000, Event.End.INTERRUPTED);

    assertThat(analysed().cutOff()).contains("it was interrupted at 5.00 s");
  }
}
