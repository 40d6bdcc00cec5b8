package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.requests.RequestKind;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of each of the requests that a scenario lists. */
class RequestKindTest {
  private static final String LISTED =
      "strategy: rolling\n"
          + "load:\n"
          + "  requests:\n"
          + "    - {path: /, name: home}\n"
          + "    - {path: /state, good: {json: {/state: up}}}\n"
          + "    - {path: /never}\n";

  private static final String WRONG = "answered 200, but /state was \"down\" instead of \"up\"";

  @TempDir Path folder;

  private Findings run() throws IOException {
    Histories history =
        Histories.of(folder, LISTED).phase(-5_000, PhaseKind.WARM_UP).phase(0, PhaseKind.ROLLOUT);
    add(history, 1, -1_000, 5, "home", "");
    add(history, 2, 100, 10, "home", "");
    add(history, 3, 200, 30, "home", "");
    add(history, 4, 300, 7, "GET /state", "");
    add(history, 5, 400, 70, "GET /state", WRONG);
    add(history, 6, 500, 70, "GET /state", WRONG);
    add(history, 7, 600, 70, "GET /state", "answered 200, but with no JSON");
    return Analysis.analyse(history.end(5_000, Event.End.COMPLETED).build());
  }

  private static void add(
      Histories history, long id, long at, int latency, String name, String wrong) {
    long epoch = Histories.ZERO + at;
    history
        .add(
            new Request(
                id,
                0,
                Population.NEW,
                new Request.Times(epoch, epoch),
                new Request.End(
                    latency,
                    wrong.isEmpty() ? Outcome.OK : Outcome.FAILED,
                    wrong.isEmpty() ? "" : Request.NOT_GOOD,
                    200),
                new AppHeaders("v1", "v1-replica"),
                new Request.Listed(name, wrong)))
        .hit(id, at + latency, 200, "v1");
  }

  @Test
  void eachNameHasItsNumbersSinceTheRolloutBegan() throws IOException {
    assertThat(run().evidence().list(RequestKind.class).orThrow())
        .containsExactly(
            new RequestKind("home", 2, 0, OptionalInt.of(10), OptionalInt.of(30), ""),
            new RequestKind("GET /state", 4, 3, OptionalInt.of(7), OptionalInt.of(7), WRONG),
            new RequestKind("GET /never", 0, 0, OptionalInt.empty(), OptionalInt.empty(), ""));
  }

  @Test
  void answersThatAreNotGoodHaveFailedAndTheWitnessesAgree() throws IOException {
    Findings run = run();

    assertThat(run.errors().orThrow().classes()).containsExactly(Request.NOT_GOOD);
    assertThat(run.errors().orThrow().sinceRollout().count()).isEqualTo(3);
    assertThat(run.reconciled()).isTrue();
  }

  @Test
  void thePageShowsThem() throws IOException {
    Report.render(List.of(run()), folder.resolve("report"));

    assertThat(folder.resolve("report/x.html"))
        .content()
        .contains("<h2>Requests by name, since the rollout began</h2>")
        .contains("<th scope=\"col\">p95 millis</th>")
        .contains("<tr><td>home</td><td>2</td><td>0</td><td>10</td><td>30</td><td></td></tr>");
  }

  /** It knows no headers and no JSON. */
  @Test
  void whatTheSimulatedAppCannotShowIsSaid() throws IOException {
    Histories history = Histories.of(folder, LISTED).simulated().phase(0, PhaseKind.ROLLOUT);
    add(history, 1, 100, 10, "home", "");
    Report.render(List.of(Analysis.analyse(history.build())), folder.resolve("report"));

    assertThat(folder.resolve("report/x.html"))
        .content()
        .contains("what is good of status, header and JSON was not judged");
  }

  @Test
  void whereNothingIsListedNothingIsShown() throws IOException {
    Findings run = Analysis.analyse(Histories.of(Strategy.ROLLING).ok(1, 100, 5, "v1").build());
    Report.render(List.of(run), folder.resolve("report"));

    assertThat(run.evidence().list(RequestKind.class).orThrow()).isEmpty();
    assertThat(folder.resolve("report/rolling.html")).content().doesNotContain("Requests by name");
  }
}
