package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.analysis.requests.RequestKind;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.requests.RequestDraw;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios that list what users ask for, on the simulated Swarm. */
class ListedRequestsTest {
  private static final String LISTED =
      "load: {requests: [{path: /a, weight: 3}, {method: POST, path: /b},"
          + " {path: /c, good: {status: [404], json: {/state: up}}}]}";

  @TempDir Path folder;

  private TwinRun rolling(String load, String... more) {
    String[] lines = new String[more.length + 2];
    lines[0] = "strategy: rolling";
    lines[1] = load;
    System.arraycopy(more, 0, lines, 2, more.length);
    return TwinRun.of(folder.resolve("" + List.of(lines).hashCode()), lines);
  }

  /** The same sequence as a real load has; what is good of the app's answers it cannot judge. */
  @Test
  void theSameNamesAreDrawnAsOnARealSwarm() {
    TwinRun run = rolling(LISTED);
    List<RequestPlan> plans = run.history().manifest().scenario().load().requests();
    RequestDraw draw = new RequestDraw(plans, run.history().manifest().scenario().seed());

    assertThat(run.history().requests())
        .hasSizeGreaterThan(1_000)
        .allMatch(one -> one.name().equals(draw.next().map(RequestPlan::name).orElseThrow()))
        .allMatch(one -> one.wrong().isEmpty());
    assertThat(run.findings().list(RequestKind.class).orThrow())
        .extracting(RequestKind::name)
        .containsExactly("GET /a", "POST /b", "GET /c");
    assertThat(run.findings().reconciled()).isTrue();
  }

  /** Names and users have sequences of their own. */
  @Test
  void aListOfGetsChangesNothingElse() {
    List<Request> plain = rolling("load: {users: 200}").history().requests();
    List<Request> listed =
        rolling("load: {users: 200, requests: [{path: /a}, {path: /b}]}").history().requests();

    assertThat(listed).hasSameSizeAs(plain);
    assertThat(listed.stream().map(ListedRequestsTest::unnamed).toList()).isEqualTo(plain);
  }

  private static Request unnamed(Request request) {
    return new Request(
        request.id(),
        request.user(),
        request.population(),
        new Request.Times(request.intendedAtMillis(), request.actualAtMillis()),
        new Request.End(
            request.latencyMillis(), request.outcome(), request.error(), request.status()),
        new AppHeaders(request.version(), request.replica()));
  }

  /** nginx sends a POST to nobody else once a task has had it. */
  @Test
  void aPostThatATaskHasHadIsSentToNoOther() {
    String retries = "edge: {nginx: {retryOn: [error, timeout, http-500]}}";
    TwinRun run = rolling(LISTED, "app: {v2: {fault: {errors: 50 %}}}", "alarm: none", retries);
    Map<Long, String> names =
        run.history().requests().stream().collect(Collectors.toMap(Request::id, Request::name));
    Set<String> triedTwice =
        run.history().hits().stream()
            .filter(hit -> hit.upstreamStatus().startsWith("500, "))
            .map(Hit::id)
            .map(names::get)
            .collect(Collectors.toSet());

    assertThat(triedTwice).containsExactlyInAnyOrder("GET /a", "GET /c");
    assertThat(run.history().requests())
        .filteredOn(one -> one.error().equals("http-500"))
        .extracting(Request::name)
        .contains("POST /b");
  }

  @Test
  void whatTheEdgeAnswersItselfIsRefused() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> rolling("load: {requests: [{path: /}, {path: \"/a/Style.CSS?v=1\"}]}"))
        .withMessageContaining(
            ":4: load.requests[1].path: \"/a/Style.CSS?v=1\" ends as a static file does: the edge"
                + " answers it with 404 itself");
    assertThat(
            rolling("load: {requests: [{path: /css}, {path: \"/a?b=c.css\"}]}")
                .history()
                .requests())
        .isNotEmpty();
  }

  @Test
  void whatSomeUsersCarryIsNoHeaderOfARequest() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(
            () ->
                TwinRun.of(
                    folder, "strategy: ab-cookie", "load: {requests: [{headers: {cookie: a=b}}]}"))
        .withMessageContaining(
            "load.requests[0].headers.cookie: is what some users carry where strategy is ab-cookie");
  }
}
