package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.requests.RequestKind;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.requests.RequestDraw;
import io.rolloutlab.scenario.requests.RequestPlan;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that a scenario lists reach the lab's app as they are, and its answers are judged. */
class ListedRequestsIT {
  /** What v2 answers to the first of them is not good; the app answers a POST with 405. */
  private static final String SCENARIO =
      """
      strategy: rolling
      cluster: {managers: 1, workers: 1}
      edge: {constraints: [node.role == manager]}
      app: {replicas: 2}
      load:
        ratePerSecond: 20
        users: 40
        warmUp: 4s
        coolDown: 3s
        requestTimeout: 5s
        requests:
          - name: of v1
            weight: 2
            path: /?work=20
            headers: {Authorization: swordfish}
            good: {status: [200], header: {Content-Type: application/json}, json: {/version: v1}}
          - {name: health, path: /healthz, good: {json: {/healthy: true}}}
          - {name: post, method: POST, body: "{}", good: {status: [405]}}
          - {name: page, path: /, headers: {Accept: text/html}, assets: 2}
      rolling: {hold: 3s, backAgain: false, update: {delay: 1s}}
      """;

  private static final String WRONG = "answered 200, but /version was \"v2\" instead of \"v1\"";

  @TempDir Path folder;

  @Test
  void theyAreSentAsTheyAreAndJudgedByWhatIsGood() throws IOException {
    Path file = LabRuns.file(folder.resolve("asked"), "listed", SCENARIO);
    Path into = folder.resolve("out");

    LabRuns.Call call = LabRuns.call("run", file.toString(), "--into", into.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(LeftBehind.names()).isEmpty();
    History history = LabRuns.history(into, "listed");
    assertJudged(history.requests());
    assertDrawn(history.requests(), history.manifest().scenario());
    assertVisits(history.requests());
    assertTold(Analysis.analyse(history));
    assertThat(filesWith("swordfish", into)).isEmpty();
  }

  private static void assertJudged(List<Request> requests) {
    assertThat(requests)
        .filteredOn(one -> one.status() == 200 && one.name().equals("of v1"))
        .allSatisfy(
            one -> assertThat(one.wrong()).isEqualTo(one.version().equals("v1") ? "" : WRONG))
        .anyMatch(one -> one.outcome() == Outcome.OK)
        .anyMatch(one -> one.error().equals(Request.NOT_GOOD));
    assertThat(requests)
        .filteredOn(one -> one.name().equals("health") && one.status() == 200)
        .isNotEmpty()
        .allMatch(one -> one.outcome() == Outcome.OK);
    assertThat(requests)
        .filteredOn(one -> one.name().equals("post") && one.status() == 405)
        .isNotEmpty()
        .allMatch(one -> one.outcome() == Outcome.OK);
  }

  private static void assertDrawn(List<Request> requests, Scenario scenario) {
    RequestDraw draw = new RequestDraw(scenario.load().requests(), scenario.seed());
    assertThat(requests)
        .filteredOn(one -> !one.hasPage())
        .allMatch(one -> one.name().equals(draw.next().map(RequestPlan::name).orElseThrow()));
  }

  /** A task has the assets of its own version, and no others. */
  private static void assertVisits(List<Request> requests) {
    Map<Long, String> pages =
        requests.stream()
            .filter(one -> !one.hasPage())
            .collect(Collectors.toMap(Request::id, Request::version));
    assertThat(requests)
        .filteredOn(one -> one.hasPage() && one.status() > 0 && one.status() < 500)
        .isNotEmpty()
        .allMatch(
            one -> one.status() == (one.version().equals(pages.get(one.visit())) ? 200 : 404));
  }

  private static void assertTold(Findings run) {
    assertThat(run.reconciled()).as("%s", run.reasons()).isTrue();
    assertThat(run.list(RequestKind.class).orThrow())
        .extracting(RequestKind::name)
        .containsExactly("of v1", "health", "post", "page");
    assertThat(run.list(RequestKind.class).orThrow().get(0).wrongMostOften()).isEqualTo(WRONG);
    assertThat(run.part(Causes.class).orThrow().requests())
        .filteredOn(one -> one.error().equals(Request.NOT_GOOD))
        .filteredOn(one -> one.cause() != Cause.OTHER_VERSION)
        .isNotEmpty()
        .allMatch(one -> one.cause() == Cause.OWN_ERROR)
        .allMatch(one -> one.story().endsWith(", which " + WRONG));
  }

  private static List<Path> filesWith(String word, Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, word)).toList();
    }
  }

  private static boolean holds(Path file, String word) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(word);
    } catch (IOException unreadable) {
      throw new AssertionError(file.toString(), unreadable);
    }
  }
}
