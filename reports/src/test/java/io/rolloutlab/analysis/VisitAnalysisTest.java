package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Caused;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.measure.VisitMeasures;
import io.rolloutlab.analysis.requests.RequestKind;
import io.rolloutlab.analysis.requests.Sending;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.PageVisits;
import io.rolloutlab.analysis.versions.PhaseVisits;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.text.ConsoleTable;
import io.rolloutlab.text.Runs;
import io.rolloutlab.text.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages name assets, which the version has that answered the page, and no other. */
class VisitAnalysisTest {
  private static final String LISTED =
      """
      strategy: rolling
      load:
        requests:
          - {path: /, name: home, assets: 2}
          - {path: /alone, name: alone}
          - {path: /never, name: never, assets: 1}
      """;

  private static final String WRONG = "answered 404, and only 200 is good";

  @TempDir Path folder;

  private Histories history;
  private long id;

  /**
   * A whole visit before x = 0; then one that is whole, one whose second asset v2 does not have,
   * one whose first asset nobody answered, one whose page failed, one that the end cut short.
   */
  private Findings run(String more) throws IOException {
    history =
        Histories.of(folder, LISTED + more)
            .phase(-5_000, PhaseKind.WARM_UP, "warm up")
            .phase(0, PhaseKind.ROLLOUT, "update")
            .phase(3_000, PhaseKind.HOLD, "hold");
    visit(-1_000, "v1", "v1", "v1");
    visit(100, "v1", "v1", "v1");
    visit(200, "v1", "v1", "v2");
    visit(300, "v1", "", "v1");
    request(400, 500, "", "home", 0);
    visit(3_100, "v2", "v2");
    request(3_200, 200, "v1", "alone", 0);
    return Analysis.analyse(history.end(5_000, Event.End.COMPLETED).build());
  }

  /** A page, and who answered each of its assets 10 ms after the one before; nobody where empty. */
  private void visit(long at, String version, String... assets) {
    request(at, 200, version, "home", 0);
    long page = id;
    for (int i = 0; i < assets.length; i++) {
      int status = assets[i].isEmpty() ? 502 : assets[i].equals(version) ? 200 : 404;
      request(at + 10 * (i + 1), status, assets[i], "home", page);
    }
  }

  private void request(long at, int status, String version, String name, long page) {
    id++;
    long epoch = Histories.ZERO + at;
    String error = status == 404 ? Request.NOT_GOOD : status >= 500 ? "http-" + status : "";
    history
        .add(
            new Request(
                id,
                0,
                Population.NEW,
                new Request.Times(epoch, epoch),
                new Request.End(5, error.isEmpty() ? Outcome.OK : Outcome.FAILED, error, status),
                new AppHeaders(version, version.isEmpty() ? "" : version + "-replica"),
                new Request.Listed(name, status == 404 ? WRONG : "", page)))
        .hit(id, at + 5, status, version);
  }

  @Test
  void aVisitIsBrokenWhereAnAssetFailed() throws IOException {
    assertThat(run("").list(PageVisits.class).orThrow())
        .containsExactly(
            new PageVisits("home", 2, 3, 2, OptionalDouble.of(200.0 / 3), 1, 1),
            new PageVisits("never", 1, 0, 0, OptionalDouble.empty(), 0, 0));
  }

  @Test
  void aVisitIsInThePhaseInWhichItBegan() throws IOException {
    assertThat(run("").list(PhaseVisits.class).orThrow())
        .containsExactly(
            new PhaseVisits("warm up", 1, 0, OptionalDouble.of(0)),
            new PhaseVisits("update", 3, 2, OptionalDouble.of(200.0 / 3)),
            new PhaseVisits("hold", 0, 0, OptionalDouble.empty()));
  }

  @Test
  void measuresCountThem() throws IOException {
    Findings run = run("");

    assertThat(VisitMeasures.VISITS.value(run.evidence())).hasValue(3);
    assertThat(VisitMeasures.BROKEN_VISITS_PERCENT.value(run.evidence()))
        .hasValueCloseTo(200.0 / 3, within(1e-9));
    assertThat(VisitMeasures.BROKEN_VISITS_PERCENT.in(run.evidence(), PhaseKind.WARM_UP).orThrow())
        .containsExactly(0.0);
    assertThat(VisitMeasures.BROKEN_VISITS_PERCENT.in(run.evidence(), PhaseKind.HOLD).known())
        .as("no visit of it is known to its end")
        .isEmpty();
  }

  @Test
  void theyCanBeExpected() throws IOException {
    assertThat(run("expect: {brokenVisitsPercent: {atMost: 70}}\n").verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(run("expect: {brokenVisitsPercent: {atMost: 60}}\n").verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(run("expect: {brokenVisitsPercent: {atMost: 0, in: warm-up}}\n").verdict())
        .isEqualTo(Verdict.PASS);
  }

  /** Each is a request of its own; the load's rate, and the numbers of a name, are of pages. */
  @Test
  void anAssetIsARequestOfItsOwnThatDidNotArrive() throws IOException {
    Findings run = run("");

    assertThat(run.reconciled()).as("%s", run.reasons()).isTrue();
    assertThat(run.errors().orThrow().sinceRollout().count()).isEqualTo(3);
    assertThat(run.list(RequestKind.class).orThrow())
        .extracting(RequestKind::name, RequestKind::sent, RequestKind::failed)
        .containsExactly(tuple("home", 5, 1), tuple("alone", 1, 0), tuple("never", 0, 0));
    assertThat(run.sending().orThrow().byPhase())
        .extracting(Sending.PhaseSending::sent)
        .containsExactly(1, 4, 2);
  }

  @Test
  void whoWasAskedForTheOtherVersionsAssetIsTold() throws IOException {
    List<Caused> causes =
        run("").part(Causes.class).orThrow().requests().stream()
            .filter(one -> one.error().equals(Request.NOT_GOOD))
            .toList();

    assertThat(causes).extracting(Caused::cause).containsExactly(Cause.OTHER_VERSION);
    assertThat(causes.get(0).story())
        .isEqualTo(
            "an answer that is not good at +0.2 s: its page (request 7) came from v1, and nginx asked"
                + " 10.0.1.5, a task of v2, which does not have what that page names");
    assertThat(causes.get(0).setting())
        .isEqualTo("rolling.update: order stop-first, parallelism 1");
  }

  @Test
  void theRunsPageShowsThem() throws IOException {
    Report.render(List.of(run("")), folder.resolve("report"));

    assertThat(folder.resolve("report/x.html"))
        .content()
        .contains(
            "<h2>Visits of pages with their assets, since the rollout began</h2>",
            "<th scope=\"col\">between versions</th>",
            "<h2>Visits by the phase in which they began</h2>",
            "the page came from another version");
  }

  /** Beside it, a run whose pages name none has a dash. */
  @Test
  void tablesHaveARowOfThemWhereSomeRunHasThem() throws IOException {
    Findings without = Analysis.analyse(Histories.of(Strategy.ROLLING).ok(1, 100, 5, "v1").build());
    Runs both = Runs.of(List.of(run(""), without));
    Report.render(both.findings(), folder.resolve("report"));

    assertThat(ConsoleTable.of(both).lines())
        .anySatisfy(line -> assertThat(line).matches("Broken visits, % .*66\\.7.*-.*"));
    assertThat(Summary.of(both)).contains("| Broken visits, % | 66.7 | – |");
    assertThat(folder.resolve("report/index.html"))
        .content()
        .contains("<th scope=\"row\" title=\"Where pages name assets");
  }

  @Test
  void whereNoPageNamesAssetsThereAreNone() throws IOException {
    Findings run = Analysis.analyse(Histories.of(Strategy.ROLLING).ok(1, 100, 5, "v1").build());
    Report.render(List.of(run), folder.resolve("report"));

    assertThat(run.list(PageVisits.class).orThrow()).isEmpty();
    assertThat(run.list(PhaseVisits.class).orThrow()).isEmpty();
    assertThat(VisitMeasures.VISITS.value(run.evidence())).isEmpty();
    assertThat(VisitMeasures.BROKEN_VISITS_PERCENT.value(run.evidence())).isEmpty();
    assertThat(folder.resolve("report/rolling.html")).content().doesNotContain("<h2>Visits");
    assertThat(folder.resolve("report/index.html"))
        .content()
        .contains("Failed requests")
        .doesNotContain("Broken visits");
    assertThat(folder.resolve("report/results.json")).content().contains("brokenVisitsPercent");
  }
}
