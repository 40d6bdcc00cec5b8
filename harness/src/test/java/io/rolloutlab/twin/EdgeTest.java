package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeTest {
  private static final String ROLLING = "rolling: {update: {delay: 1s}}";

  @TempDir Path folder;

  private TwinRun rolling(String edge) {
    return TwinRun.of(folder.resolve("" + edge.hashCode()), "strategy: rolling", ROLLING, edge);
  }

  /**
   * The stop signal comes 2 s after the name is gone: a cache that lives longer sends users to it.
   */
  @Test
  void namesThatAreKeptTooLongSendUsersToTasksThatAreGone() {
    long brief = rolling("edge: {dnsValid: 1s, retries: false}").failed();
    long lasting = rolling("edge: {dnsValid: 10s, retries: false}").failed();

    assertThat(lasting).isGreaterThan(20 * (brief + 1));
  }

  /**
   * Nobody refuses a connection to an address that is gone: who is sent there waits until they give
   * up, and nginx never gets to another address. Retries help only who is refused, while the
   * container still has its address.
   */
  @Test
  void whoIsSentToATaskThatIsGoneWaitsInVainWhateverTheRetries() {
    TwinRun run = rolling("edge: {dnsValid: 10s, retries: true}");

    List<Request> failed =
        run.history().requests().stream().filter(r -> r.outcome() == Outcome.FAILED).toList();
    assertThat(failed)
        .hasSizeGreaterThan(20)
        .allMatch(request -> request.error().equals("timeout"))
        .allMatch(request -> request.latencyMillis() >= 10_000);
    assertThat(run.history().hits())
        .filteredOn(hit -> hit.status() == 499)
        .hasSizeGreaterThan(20)
        .anyMatch(hit -> !hit.upstream().contains(",") && hit.upstreamStatus().isEmpty());
    assertThat(run.findings().reconciled()).isTrue();
  }

  /** While its container still has its address, the connection is refused and another tried. */
  @Test
  void retriesHideRefusals() {
    assertThat(rolling("edge: {dnsValid: 3s, retries: false}").history().hits())
        .anyMatch(hit -> hit.status() == 502);
    assertThat(rolling("edge: {dnsValid: 3s, retries: true}").history().hits())
        .noneMatch(hit -> hit.status() == 502)
        .anyMatch(hit -> hit.upstreamStatus().equals("502, 200"));
  }

  /** A v2 that crashes later than the monitor looks: users meet addresses of the dead. */
  @Test
  void aCrashLeavesUsersWaitingForAnAddressThatIsGone() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: rolling",
            "app: {replicas: 3, healthCheck: {interval: 1s, timeout: 1s, retries: 2},",
            "  v2: {env: {APP_CRASH_AFTER_SECONDS: \"9\"}}}",
            "rolling: {update: {delay: 0s, failureAction: rollback}, hold: 20s, backAgain: false}");

    assertThat(run.updates()).containsExactly("updating", "completed");
    List<Request> failed =
        run.history().requests().stream().filter(r -> r.outcome() == Outcome.FAILED).toList();
    assertThat(failed).filteredOn(r -> r.error().equals("timeout")).hasSizeGreaterThan(30);
    assertThat(failed).filteredOn(r -> !r.error().equals("timeout")).hasSizeLessThan(10);
  }

  /** Linux forgets the hardware address after 23 to 53 s; from then on a connect fails in 3 s. */
  @Test
  void whoWaitsLongEnoughLearnsThatTheAddressIsGone() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: rolling",
            "load: {requestTimeout: 2m, ratePerSecond: 10}",
            "app: {replicas: 1, healthCheck: {interval: 2s}}",
            "edge: {dnsValid: 15s}",
            "rolling: {update: {delay: 0s, order: start-first}, hold: 20s, backAgain: false}");

    assertThat(run.history().requests())
        .filteredOn(r -> r.error().equals("http-502") && r.latencyMillis() > 1000)
        .isNotEmpty()
        .allMatch(r -> r.latencyMillis() < 60_000);
  }

  @Test
  void weightsAreKeptUnderBothWaysOfBalancing() {
    for (String balancing : new String[] {"dnsrr", "vip"}) {
      TwinRun run =
          TwinRun.of(folder.resolve(balancing), "strategy: canary", "balancing: " + balancing);

      run.findings()
          .canarySteps()
          .known()
          .orElseThrow()
          .forEach(
              step ->
                  assertThat(step.v2().share())
                      .as(balancing + ": " + step.label())
                      .isCloseTo(step.weight(), within(0.1)));
      assertThat(run.findings().reconciled()).isTrue();
    }
  }

  @Test
  void listedAddressesAloneGetTheCanaryUnderVip() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: canary-ip",
            "balancing: vip",
            "expect: {onlyListedUsersSeeV2: true, errorShareAtMost: 0}");

    assertThat(run.findings().reasons()).isEmpty();
  }

  @Test
  void aReloadReplacesTheWorkersAndClosesKeptConnections() {
    TwinRun run = TwinRun.of(folder, "strategy: blue-green");

    assertThat(run.history().hits().stream().map(hit -> hit.worker()).distinct()).hasSize(8);
    assertThat(run.history().requests()).allMatch(request -> request.outcome() == Outcome.OK);
  }

  /** Also when the switch comes while copies are not answered yet. */
  @Test
  void aMirrorBeforeTheSwitchFailsNobodyButASlowOneMakesSomeWait() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: blue-green",
            "blueGreen: {mirrorFor: 10s}",
            "app: {v2: {env: {APP_LATENCY_MILLIS: \"300\"}}}");

    long mirrored = edgeChange(run, 1);
    long switched = edgeChange(run, 2);
    List<Request> copied =
        run.history().requests().stream()
            .filter(r -> r.actualAtMillis() >= mirrored && r.actualAtMillis() < switched - 1000)
            .toList();
    assertThat(run.history().requests()).allMatch(r -> r.outcome() == Outcome.OK);
    assertThat(run.findings().reconciled()).isTrue();
    assertThat(copied).hasSizeGreaterThan(300).allMatch(r -> r.version().equals("v1"));
    assertThat(copied)
        .filteredOn(r -> r.latencyMillis() > 250)
        .isNotEmpty()
        .allMatch(r -> r.population() == Population.REUSED);
  }

  /** When the n-th routes were in force, from 0. */
  private static long edgeChange(TwinRun run, int number) {
    return run.history()
        .events(Event.EdgeChange.class)
        .skip(number)
        .findFirst()
        .orElseThrow()
        .doneAtMillis();
  }

  /** Requests of 3 s are in flight when the stop signal comes. */
  @Test
  void aDrainServesWhatIsInFlightAndItsAbsenceCutsIt() {
    String app = "app: {v1: {env: {APP_LATENCY_MILLIS: \"3000\", APP_DRAIN_SECONDS: \"%s\"}}}";
    String edge = "edge: {retries: false}";
    String load = "load: {ratePerSecond: 10}";
    TwinRun drained =
        TwinRun.of(
            folder.resolve("d"), "strategy: rolling", ROLLING, edge, load, app.formatted("8"));
    TwinRun cut =
        TwinRun.of(
            folder.resolve("c"), "strategy: rolling", ROLLING, edge, load, app.formatted("0"));

    assertThat(cutInFlight(drained)).isZero();
    assertThat(cutInFlight(cut)).isPositive();
  }

  /** Who is refused learns it at once. */
  private static long cutInFlight(TwinRun run) {
    return run.history().requests().stream()
        .filter(request -> request.outcome() == Outcome.FAILED && request.latencyMillis() > 100)
        .count();
  }

  @Test
  void whoWaitsLongerThanTheTimeoutGivesUpAndNginxSaysSo() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: canary",
            "load: {requestTimeout: 1s}",
            "app: {v2: {env: {APP_LATENCY_MILLIS: \"1500\"}}}");

    assertThat(run.history().requests()).anyMatch(request -> request.error().equals("timeout"));
    assertThat(run.history().hits()).anyMatch(hit -> hit.status() == 499);
    assertThat(run.findings().reconciled()).isTrue();
  }

  /** Three replicas of a v2 whose tasks crash one after the other. */
  private TwinRun crashing(String edge) {
    return TwinRun.of(
        folder.resolve("crash" + edge.hashCode()),
        "strategy: rolling",
        "app: {replicas: 3, healthCheck: {interval: 1s, timeout: 1s, retries: 2},",
        "  v2: {env: {APP_CRASH_AFTER_SECONDS: \"9\"}}}",
        "rolling: {update: {delay: 0s, failureAction: rollback}, hold: 20s, backAgain: false}",
        "balancing: dnsrr",
        edge);
  }

  /** What hangs for the user's ten seconds by default is tried elsewhere after one. */
  @Test
  void aShortConnectTimeoutTurnsHangsIntoRetries() {
    TwinRun patient = crashing("edge: {}");
    TwinRun quick = crashing("edge: {nginx: {connectTimeout: 1s}}");

    assertThat(patient.failed()).isGreaterThan(30);
    assertThat(quick.failed()).isLessThan(patient.failed() / 2);
    assertThat(quick.history().hits())
        .filteredOn(hit -> hit.upstreamStatus().equals("504, 200"))
        .hasSizeGreaterThan(10)
        .allMatch(hit -> hit.latencyMillis() >= 1000 && hit.connectMillis().equals("-, 0"))
        .allMatch(hit -> hit.tries() == 2);
  }

  @Test
  void anAnswerThatTakesLongerThanTheReadTimeoutIsGivenUp() {
    String slow = "app: {v1: {env: {APP_LATENCY_MILLIS: \"1500\"}}}";
    String load = "load: {ratePerSecond: 5, warmUp: 2s, coolDown: 1s}";
    String hold = "baseline: {hold: 5s}";
    TwinRun patient =
        TwinRun.of(folder.resolve("p"), "strategy: baseline", "balancing: vip", hold, load, slow);
    TwinRun hasty =
        TwinRun.of(
            folder.resolve("h"),
            "strategy: baseline",
            "balancing: vip",
            hold,
            load,
            slow,
            "edge: {nginx: {readTimeout: 1s}}");

    assertThat(patient.history().requests()).allMatch(r -> r.outcome() == Outcome.OK);
    assertThat(hasty.history().requests())
        .isNotEmpty()
        .allMatch(r -> r.error().equals("http-504"))
        .allMatch(r -> r.latencyMillis() >= 1000 && r.latencyMillis() < 1400);
    assertThat(hasty.history().hits()).allMatch(hit -> hit.connectMillis().equals("0"));
  }

  @Test
  void withOneTryARefusalIsTheUsers() {
    assertThat(rolling("edge: {dnsValid: 3s, nginx: {tries: 1}}").history().hits())
        .anyMatch(hit -> hit.status() == 502)
        .noneMatch(hit -> hit.upstreamStatus().contains(","));
    assertThat(rolling("edge: {dnsValid: 3s, nginx: {tries: 2}}").history().hits())
        .anyMatch(hit -> hit.upstreamStatus().equals("502, 200"))
        .allMatch(hit -> hit.tries() <= 2);
  }

  @Test
  void errorsOfTheAppAreTriedElsewhereOnlyWhereThatIsAsked() {
    String app = "app: {v1: {env: {APP_ERROR_SHARE: \"0.3\"}}}";
    String dns = "balancing: dnsrr";
    TwinRun shown = TwinRun.of(folder.resolve("s"), "strategy: baseline", dns, app);
    TwinRun hidden =
        TwinRun.of(
            folder.resolve("h"),
            "strategy: baseline",
            dns,
            app,
            "edge: {nginx: {retryOn: [error, timeout, http-500]}}");

    assertThat(shown.history().hits()).allMatch(hit -> hit.tries() == 1);
    assertThat(hidden.history().hits())
        .anyMatch(hit -> hit.upstreamStatus().equals("500, 500, 200"));
    // Four tasks, so 0.3 to the fourth.
    assertThat(hidden.failed()).isLessThan(shown.failed() / 10);
  }

  /** IPVS balances connections, not requests. */
  @Test
  void aWorkerThatKeepsConnectionsGoesToTheSameTaskAgain() {
    String baseline = "strategy: baseline";
    TwinRun anew = TwinRun.of(folder.resolve("a"), baseline, "balancing: vip");
    TwinRun kept =
        TwinRun.of(
            folder.resolve("k"), baseline, "balancing: vip", "edge: {nginx: {keepalive: 8}}");

    // All workers share one balancer, so that now and then it comes to the same one again.
    assertThat(sameTaskAgain(anew)).isLessThan(0.5);
    assertThat(sameTaskAgain(kept)).isGreaterThan(0.8);
    assertThat(kept.history().requests()).allMatch(r -> r.outcome() == Outcome.OK);
  }

  private static double sameTaskAgain(TwinRun run) {
    Map<String, String> last = new HashMap<>();
    int same = 0;
    int all = 0;
    for (Hit hit : run.history().hits()) {
      String before = last.put(hit.edge() + hit.worker(), hit.replica());
      same += hit.replica().equals(before) ? 1 : 0;
      all++;
    }
    return (double) same / all;
  }

  /** A kept connection whose other end is gone costs nobody an error: it is tried again. */
  @Test
  void keptConnectionsSurviveARollingUpdate() {
    String edge = "edge: {nginx: {keepalive: 8}}";
    TwinRun run =
        TwinRun.of(
            folder, "strategy: rolling", "balancing: vip", "rolling: {update: {delay: 2s}}", edge);

    assertThat(run.failed()).isLessThan(run.history().requests().size() / 50);
    assertThat(run.findings().reconciled()).isTrue();
  }
}
