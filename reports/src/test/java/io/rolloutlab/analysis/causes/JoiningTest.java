package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A failed request and its line in the edge's log, of two clocks, beside what else was going on.
 */
class JoiningTest {
  private static final Hit.Tries ASKED = new Hit.Tries("10.0.1.5:5000", "", "0");

  @TempDir Path folder;

  /** Task a (v1) has 10.0.1.5 and runs all the time. */
  private final Histories history =
      Histories.of(Strategy.ROLLING)
          .address(-9_000, "a", 1, "v1", "10.0.1.5")
          .task(-8_000, "a", 1, "v1", "running");

  private static Request request(long at, int latency, String error, int status) {
    long epoch = Histories.ZERO + at;
    return new Request(
        1,
        0,
        Population.NEW,
        new Request.Times(epoch, epoch),
        new Request.End(latency, Outcome.FAILED, error, status),
        AppHeaders.NONE);
  }

  private static Hit line(long at, int status, int latency, Hit.Tries tries) {
    return new Hit(
        Histories.ZERO + at,
        1,
        "10.77.0.1",
        new Hit.Answer(status, latency),
        tries,
        AppHeaders.NONE,
        new Hit.Connection("edge1", 30, 1, 1));
  }

  private Joining joining() {
    History run = history.build();
    return new Joining(run, new Surroundings(run, Histories.ZERO), Histories.ZERO);
  }

  private Caused joined(Request request, Hit line) {
    return joining().of(request, Optional.of(line), false);
  }

  private Caused unlogged(Request request, boolean resent) {
    return joining().of(request, Optional.empty(), resent);
  }

  private static Hit givenUp(int latency, Hit.Tries tries) {
    return line(9_000, Hit.CLIENT_GONE, latency, tries);
  }

  /** Half of the time, and a second for the clocks. */
  @Test
  void whoSpentItsTimeBeforeTheEdgeHadItWasHeldByTheLoad() {
    Caused held = joined(request(1_000, 2_001, "timeout", 0), givenUp(500, ASKED));

    assertThat(held.cause()).isEqualTo(Cause.LOAD);
    assertThat(held.story()).endsWith(": the edge had it for only 0.5 s");
    assertThat(joined(request(1_000, 2_000, "timeout", 0), givenUp(500, ASKED)).cause())
        .isEqualTo(Cause.TOO_SLOW);
  }

  @Test
  void theLoadHoldsNothingThatTheEdgeItselfAnsweredOrAskedNobodyFor() {
    Request late = request(1_000, 10_000, "timeout", 0);

    assertThat(joined(late, line(9_000, 504, 500, ASKED)).cause()).isEqualTo(Cause.TOO_SLOW);
    assertThat(joined(late, givenUp(500, Hit.Tries.NONE)).cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(joined(request(1_000, 10_000, "http-504", 504), givenUp(500, ASKED)).cause())
        .isNotEqualTo(Cause.LOAD);
  }

  @Test
  void aConnectionMayBeClosedByAChangeUntilTheEndOfTheRequest() {
    history.routes(7_400, 7_400, new Event.Route("pyapp", "v1", 100, List.of()));

    Caused closed = unlogged(request(1_000, 5_000, "closed", 0), false);
    assertThat(closed.cause()).isEqualTo(Cause.EDGE_CHANGED);
    assertThat(closed.story())
        .isEqualTo(
            "connection closed at +1.0 s: the edge was asked to take up new routes at +7.4 s");
    assertThat(unlogged(request(1_000, 4_800, "closed", 0), false).cause())
        .isEqualTo(Cause.UNKNOWN);
    assertThat(unlogged(request(1_000, 5_000, "timeout", 0), false).cause()).isEqualTo(Cause.LOAD);
  }

  @Test
  void whoDidNotReachATaskOfTheEdgeIsToldWhatTookItsPlace() {
    history
        .task(-9_000, "n", "nginx", 1, "", "running", "running")
        .task(5_000, "n", "nginx", 1, "", "running", "shutdown");
    Request refused = request(6_000, 5, "refused", 0);
    String gone =
        "connection refused at +6.0 s: nginx.1 was told to stop or had ended 1.0 s before";

    assertThat(unlogged(refused, false).cause()).isEqualTo(Cause.EDGE_GONE);
    assertThat(unlogged(refused, false).story()).isEqualTo(gone);

    history.task(7_000, "m", "nginx", 1, "", "running", "running");
    assertThat(unlogged(refused, false).story())
        .isEqualTo(gone + "; its successor was running 1.0 s later");
    assertThat(unlogged(request(8_501, 5, "refused", 0), false).cause()).isEqualTo(Cause.LOAD);
  }

  @Test
  void whatTheEdgeNeverReadMayHaveWaitedBehindACopy() {
    Event.Route all = new Event.Route("pyapp", "v1", 100, List.of());
    history.event(
        new Event.EdgeChange(
            Histories.ZERO - 5_000, Histories.ZERO - 5_000, List.of(all), "shadow"));

    assertThat(unlogged(request(4_000, 5_000, "timeout", 0), false).cause())
        .isEqualTo(Cause.BEHIND_COPIES);
    assertThat(unlogged(request(4_000, 5_000, "refused", 0), false).cause()).isEqualTo(Cause.LOAD);
  }

  @Test
  void whatWasSentAgainKeepsTheErrorItsUserSaw() {
    assertThat(unlogged(request(1_000, 5, "closed", 0), true).error()).isEqualTo("closed");
    assertThat(unlogged(request(1_000, 5, "", 200), true).error()).isEqualTo("dropped-resent");
    assertThat(unlogged(request(1_000, 5, "", 200), true).atMillis()).isEqualTo(1_000);
  }

  private static Hit well(long at, int latency) {
    return line(at, 200, latency, new Hit.Tries("10.0.1.5:5000", "200", "0"));
  }

  @Test
  void aGoodAnswerThatTookAsLongAsTheUserWaitedCameTooLate() {
    Request late = request(0, 10_000, "timeout", 0);

    assertThat(joined(late, well(9_000, 9_000)).cause()).isEqualTo(Cause.TOO_SLOW);
    Caused inTime = joined(late, well(9_000, 8_999));
    assertThat(inTime.cause()).isEqualTo(Cause.LOAD);
    assertThat(inTime.story()).isEqualTo("no answer within 10.0 s at +0 ms: nginx answered 200");
  }

  @Test
  void aGoodAnswerThatTheUserDidNotGetIsTheLoadsOrNobodyKnows() {
    assertThat(joined(request(0, 5, "closed", 0), well(5, 5)).cause()).isEqualTo(Cause.LOAD);
    assertThat(joined(request(0, 5, "refused", 0), well(5, 5)).cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(joined(request(0, 9_000, "closed", 0), well(9_000, 9_000)).cause())
        .as("only who gave up waited too long")
        .isEqualTo(Cause.LOAD);
  }

  @Test
  void anAnswerWithoutItsVersionWasAnErrorOfTheAppForOlderLabs() {
    Caused nameless = joined(request(0, 5, "wrong-answer", 200), well(5, 5));

    assertThat(nameless.cause()).isEqualTo(Cause.OWN_ERROR);
    assertThat(nameless.story()).contains("nginx asked 10.0.1.5, pyapp.1 (v1) on workerN1");
  }

  private static Request notGood(String wrong) {
    Request failed = request(0, 5, Request.NOT_GOOD, 200);
    return new Request(
        failed.id(),
        failed.user(),
        failed.population(),
        new Request.Times(failed.intendedAtMillis(), failed.actualAtMillis()),
        new Request.End(5, Outcome.FAILED, failed.error(), failed.status()),
        AppHeaders.NONE,
        new Request.Listed("GET /state", wrong));
  }

  @Test
  void anAnswerThatIsNotGoodIsTheAppsOwnErrorAndSaysWhatIsWrong() {
    Caused wrong =
        joined(notGood("answered 200, but /state was \"down\" instead of \"up\""), well(5, 5));

    assertThat(wrong.cause()).isEqualTo(Cause.OWN_ERROR);
    assertThat(wrong.setting()).as("no knob of the app makes it").isEmpty();
    assertThat(wrong.story())
        .isEqualTo(
            "an answer that is not good at +0 ms: nginx asked 10.0.1.5, pyapp.1 (v1) on workerN1,"
                + " which answered 200, but /state was \"down\" instead of \"up\"");
  }

  /** Only the other version's answer shows that; one of its own would be the app's error. */
  @Test
  void anAssetThatTheOtherVersionDoesNotHaveIsOfAnotherPage() throws IOException {
    assertThat(asset("v2", "v1").cause()).isEqualTo(Cause.OTHER_VERSION);
    assertThat(asset("v2", "v1").story())
        .isEqualTo(
            "an answer that is not good at +0 ms: its page (request 9) came from v2, and nginx asked"
                + " 10.0.1.5, pyapp.1 (v1) on workerN1, which does not have what that page names");
    assertThat(asset("v1", "v1").cause()).isEqualTo(Cause.OWN_ERROR);
    assertThat(asset("", "v1").cause())
        .as("nobody knows whose page it was")
        .isEqualTo(Cause.OWN_ERROR);
    assertThat(asset("v2", "").cause()).as("nobody knows who answered").isEqualTo(Cause.OWN_ERROR);
  }

  /** An asset that was not found, of a page of some version. */
  private Caused asset(String page, String answered) throws IOException {
    Histories listing =
        Histories.of(folder, "strategy: rolling\nload: {requests: [{name: page, assets: 1}]}\n")
            .address(-9_000, "a", 1, "v1", "10.0.1.5")
            .task(-8_000, "a", 1, "v1", "running");
    History run = listing.ok(9, -20, 5, page).build();
    Request asset =
        new Request(
            1,
            0,
            Population.NEW,
            new Request.Times(Histories.ZERO, Histories.ZERO),
            new Request.End(5, Outcome.FAILED, Request.NOT_GOOD, 404),
            new AppHeaders(answered, ""),
            new Request.Listed("page", "answered 404, and only 200 is good", 9));
    Hit line = line(5, 404, 5, new Hit.Tries("10.0.1.5:5000", "404", "0"));
    return new Joining(run, new Surroundings(run, Histories.ZERO), Histories.ZERO)
        .of(asset, Optional.of(line), false);
  }

  @Test
  void whatTheEdgeAnswersItselfIsNoErrorOfTheApp() {
    Caused wrong =
        joined(notGood("answered 404, and only 200-299 is good"), line(5, 404, 5, Hit.Tries.NONE));

    assertThat(wrong.cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(wrong.story())
        .endsWith(": nginx asked nobody, and answered 404, and only 200-299 is good");
  }

  /** It has 10.0.1.5 until 6 s, and b has it from 7 s on. */
  @Test
  void aLateAnswerIsOfWhoHadTheAddressWhenTheRequestCame() {
    history
        .task(6_000, "a", 1, "v1", "shutdown")
        .address(7_000, "b", 2, "v2", "10.0.1.5")
        .task(7_000, "b", 2, "v2", "running");
    Request late = request(0, 2_000, "timeout", 0);

    assertThat(joined(late, well(7_500, 1_500)).story()).contains("pyapp.1 (v1)");
    assertThat(joined(late, well(8_500, 1_500)).story()).contains("pyapp.2 (v2)");
  }

  @Test
  void whoWaitsBehindACopyCameWhileRequestsWereCopied() {
    Event.Route all = new Event.Route("pyapp", "v1", 100, List.of());
    history
        .routes(0, 0, all)
        .event(
            new Event.EdgeChange(
                Histories.ZERO + 5_000, Histories.ZERO + 5_000, List.of(all), "shadow"));
    Request late = request(4_000, 5_000, "timeout", 0);

    assertThat(joined(late, line(5_300, 499, 300, Hit.Tries.NONE)).cause())
        .isEqualTo(Cause.BEHIND_COPIES);
    assertThat(joined(late, line(5_300, 499, 301, Hit.Tries.NONE)).cause())
        .isEqualTo(Cause.UNKNOWN);
    assertThat(joined(late, line(5_300, 502, 300, Hit.Tries.NONE)).cause())
        .as("its user did not go away")
        .isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void nobodyIsReadyWhereTheRoutesLeadOnly() {
    history
        .task(-8_000, "old", "blue", 1, "v1", "running", "running")
        .task(0, "old", "blue", 1, "v1", "shutdown", "shutdown");
    Request failed = request(20_000, 2, "http-502", 502);
    Hit line = line(20_002, 502, 2, Hit.Tries.NONE);

    Caused nobody = joined(failed, line);
    assertThat(nobody.cause()).isEqualTo(Cause.NOBODY_READY);
    assertThat(nobody.story()).contains("nginx knew no address of blue");

    history.routes(0, 0, new Event.Route("pyapp", "v1", 100, List.of()));
    assertThat(joined(failed, line).cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void atAnAddressThatIsNobodysOnlyAnAnswerExplainsItself() {
    Request failed = request(0, 5, "http-500", 500);

    assertThat(joined(failed, line(5, 500, 5, new Hit.Tries("10.0.1.9:5000", "500", "0"))).cause())
        .isEqualTo(Cause.OWN_ERROR);
    assertThat(joined(failed, line(5, 502, 5, new Hit.Tries("10.0.1.9:5000", "502"))).cause())
        .isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void behindAVirtualAddressAnAnswerIsTheAppsAsWell() {
    history.vip();
    Hit line = line(5, 500, 5, new Hit.Tries("10.0.1.2:5000", "500", "0"));

    Caused own = joined(request(0, 5, "http-500", 500), line);
    assertThat(own.cause()).isEqualTo(Cause.OWN_ERROR);
    assertThat(own.story()).contains("nginx asked 10.0.1.2, one of its tasks");
  }

  @Test
  void behindAVirtualAddressTheTaskIsTheOneWhoseContainerTheAnswerNames() {
    history.vip().container(-8_500, "a", 1, "v1", "c0ffee000001");
    Hit named =
        new Hit(
            Histories.ZERO + 5,
            1,
            "10.77.0.1",
            new Hit.Answer(500, 5),
            new Hit.Tries("10.0.1.2:5000", "500", "0"),
            new AppHeaders("", "c0ffee000001"),
            new Hit.Connection("edge1", 30, 1, 1));

    assertThat(joined(request(0, 5, "http-500", 500), named).story())
        .contains("nginx asked 10.0.1.2, pyapp.1 (v1) on workerN1, which answered so itself");
  }

  /** The header is the answer's: without one nobody knows whom the kernel chose. */
  @Test
  void behindAVirtualAddressATryWithoutAnAnswerHasNoTask() {
    history
        .vip()
        .container(-8_500, "a", 1, "v1", "c0ffee000001")
        .task(3_000, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(7_000, "a", "pyapp", 1, "v1", "shutdown", "shutdown")
        .task(-8_000, "b", 2, "v1", "running");

    Caused silent = joined(request(1_000, 10_000, "timeout", 0), line(11_000, 499, 10_000, ASKED));

    assertThat(silent.cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(silent.story()).contains("nginx asked 10.0.1.5, one of its tasks");
  }

  @Test
  void whereTheEdgeKnewNobodyAllMayHaveBeenGivenUpForTheirHealth() {
    history.event(
        new Event.TaskChange(
            Histories.ZERO + 20_000,
            Histories.ZERO + 20_000,
            new TaskRef("a", "pyapp", 1, "workerN1", "v1"),
            "failed",
            "running",
            "task: unhealthy container"));
    Request soon = request(3_990, 2, "http-502", 502);
    Request later = request(4_000, 2, "http-502", 502);

    assertThat(joined(soon, empty(3_992)).cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(joined(later, empty(4_002)).cause()).isEqualTo(Cause.NOBODY_READY);
    assertThat(joined(later, empty(4_002)).story())
        .contains(
            "nginx knew no address of pyapp: the last one, pyapp.1 (v1) on workerN1,"
                + " given up by its health check, and gone 16.0 s later");
  }

  /** The rollback goes on from 5 s after x = 0 on. */
  @Test
  void theSettingIsOfTheMomentOfTheRequest() {
    history
        .task(4_000, "a", "pyapp", 1, "v1", "running", "shutdown")
        .event(new Event.UpdateChange(Histories.ZERO + 5_000, "pyapp", "rollback_started", ""));

    assertThat(joined(request(4_990, 2, "http-502", 502), empty(4_992)).setting())
        .startsWith("rolling.update: ");
    assertThat(joined(request(5_000, 2, "http-502", 502), empty(5_002)).setting())
        .startsWith("rolling.rollback: ");
  }

  private static Hit empty(long at) {
    return line(at, 502, 2, Hit.Tries.NONE);
  }

  /**
   * The new task is healthy and the old one is told to stop: nodes may not know the new one yet.
   */
  @Test
  void behindAVirtualAddressTheNewTaskMayNotBeKnownWhenTheOldOneGoes(@TempDir Path folder)
      throws IOException {
    History overlap =
        Histories.of(folder, "strategy: rolling\napp: {healthCheck: {interval: 1s}}\n")
            .vip()
            .task(-8_000, "a", 1, "v1", "running")
            .task(20_000, "b", 1, "v2", "running")
            .task(20_050, "a", "pyapp", 1, "v1", "running", "shutdown")
            .build();
    Hit refused = line(20_202, 502, 2, new Hit.Tries("pyapp:5000", "502"));

    Caused nobody =
        new Joining(overlap, new Surroundings(overlap, Histories.ZERO), Histories.ZERO)
            .of(request(20_200, 2, "http-502", 502), Optional.of(refused), false);

    assertThat(nobody.cause()).isEqualTo(Cause.NOBODY_READY);
    assertThat(nobody.story())
        .contains("the last one, pyapp.1 (v1) on workerN1, told to stop")
        .contains("the next one, pyapp.1 (v2) on workerN1, was running")
        .endsWith("and the nodes' kernels may not have known it yet");
  }
}
