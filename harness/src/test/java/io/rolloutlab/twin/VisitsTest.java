package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Caused;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.measure.VisitMeasures;
import io.rolloutlab.analysis.versions.PageVisits;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who ask for a page and then for what it names, on the simulated Swarm. */
class VisitsTest {
  private static final int ASSETS = 3;

  private static final String LOAD =
      "load: {ratePerSecond: 20, requests: [{name: page, assets: %s, weight: 3}, {path: /healthz}]}"
          .formatted(ASSETS);

  @TempDir Path folder;

  private TwinRun run(String strategy, String... more) {
    String[] lines = new String[more.length + 2];
    lines[0] = "strategy: " + strategy;
    lines[1] = LOAD;
    System.arraycopy(more, 0, lines, 2, more.length);
    return TwinRun.of(folder.resolve("" + List.of(lines).hashCode()), lines);
  }

  private static PageVisits visits(TwinRun run) {
    assertThat(run.findings().list(PageVisits.class).orThrow()).hasSize(1);
    return run.findings().list(PageVisits.class).orThrow().get(0);
  }

  private static List<Request> assets(TwinRun run) {
    return run.history().requests().stream().filter(Request::hasPage).toList();
  }

  private static Map<Long, Request> byId(TwinRun run) {
    return run.history().requests().stream()
        .collect(Collectors.toMap(Request::id, Function.identity()));
  }

  @Test
  void aTaskAnswersOnlyTheAssetsOfItsOwnVersion() {
    TwinRun run = run("rolling");
    Map<Long, Request> all = byId(run);

    assertThat(assets(run)).hasSizeGreaterThan(1_000);
    assertThat(assets(run))
        .filteredOn(one -> one.status() > 0 && one.status() < 500)
        .allSatisfy(
            one -> {
              boolean found = one.version().equals(all.get(one.visit()).version());
              assertThat(one.status()).isEqualTo(found ? 200 : 404);
              assertThat(one.error()).isEqualTo(found ? "" : Request.NOT_GOOD);
              assertThat(one.wrong()).isEqualTo(found ? "" : "answered 404, and only 200 is good");
            })
        .anyMatch(one -> one.status() == 404);
    assertThat(run.findings().reconciled()).isTrue();
    assertThat(run.findings().violations().orThrow()).isEmpty();
  }

  @Test
  void assetsAreAskedForOneAfterTheOtherByTheUserOfThePage() {
    TwinRun run = run("baseline");
    Map<Long, Request> all = byId(run);
    Map<Long, List<Request>> visits =
        assets(run).stream().collect(Collectors.groupingBy(Request::visit));

    assertThat(visits).hasSizeGreaterThan(300);
    visits.forEach(
        (page, its) -> {
          Request before = all.get(page);
          assertThat(before.name()).isEqualTo("page");
          assertThat(its).hasSizeLessThanOrEqualTo(ASSETS);
          for (Request asset : its) {
            assertThat(asset.user()).isEqualTo(before.user());
            assertThat(asset.population()).isEqualTo(before.population());
            assertThat(asset.actualAtMillis())
                .isGreaterThanOrEqualTo(before.actualAtMillis() + before.latencyMillis());
            before = asset;
          }
        });
    assertThat(visits(run).broken()).isZero();
    assertThat(visits(run).visits()).isGreaterThan(300);
    assertThat(visits(run).cutShort()).isLessThan(5);
  }

  /** Most of them break while both versions serve, and none when one has everybody. */
  @Test
  void aRollingUpdateBreaksVisitsWhileItGoesOn() {
    TwinRun run = run("rolling");
    PageVisits visits = visits(run);

    assertThat(visits.betweenVersions()).isPositive();
    assertThat(visits.brokenPercent().orElseThrow()).isBetween(20.0, 80.0);
    assertThat(phase(run, PhaseKind.ROLLOUT)).isGreaterThan(40);
    assertThat(phase(run, PhaseKind.HOLD)).isZero();
    assertThat(phase(run, PhaseKind.WARM_UP)).isZero();
    assertThat(VisitMeasures.BROKEN_VISITS_PERCENT.of(run.findings().evidence()).orThrow())
        .isCloseTo(visits.brokenPercent().orElseThrow(), within(1e-9));
  }

  private static double phase(TwinRun run, PhaseKind kind) {
    return VisitMeasures.BROKEN_VISITS_PERCENT.in(run.findings().evidence(), kind).orThrow().get(0);
  }

  @Test
  void theCauseNamesBothVersionsAndHowSwarmUpdates() {
    TwinRun run = run("rolling");
    List<Caused> causes =
        run.findings().part(Causes.class).orThrow().requests().stream()
            .filter(one -> one.error().equals(Request.NOT_GOOD))
            .toList();

    assertThat(run.findings().part(Causes.class).orThrow().unknown()).isZero();
    assertThat(causes).isNotEmpty().allMatch(one -> one.cause() == Cause.OTHER_VERSION);
    assertThat(causes)
        .extracting(Caused::setting)
        .containsOnly(
            "rolling.update: order stop-first, parallelism 1",
            "rolling.rollback: order stop-first, parallelism 1");
    assertThat(causes)
        .allSatisfy(
            one ->
                assertThat(one.story())
                    .containsAnyOf(") came from v1, and nginx asked", ") came from v2, and nginx")
                    .containsPattern("came from v1.* \\(v2\\) on |came from v2.* \\(v1\\) on ")
                    .endsWith(", which does not have what that page names"));
  }

  /** A reload changes all at one moment: a visit breaks only where that falls into it. */
  @Test
  void blueGreenBreaksOnlyVisitsThatAreInFlightWhenTheRoutesChange() {
    TwinRun run = run("blue-green");
    Map<Long, Request> all = byId(run);
    List<Event.EdgeChange> changes = run.history().events(Event.EdgeChange.class).toList();

    assertThat(changes).hasSizeGreaterThan(1);
    assertThat(assets(run))
        .filteredOn(one -> one.status() == 404)
        .allSatisfy(
            one ->
                assertThat(changes)
                    .anyMatch(
                        change ->
                            all.get(one.visit()).actualAtMillis() <= change.doneAtMillis()
                                && one.actualAtMillis() + one.latencyMillis()
                                    >= change.atMillis()));
    assertThat(visits(run).visits()).isGreaterThan(500);
    assertThat(visits(run).brokenPercent().orElseThrow()).isLessThan(1);
  }

  @Test
  void aCanaryBreaksVisitsUnlessItKeepsUsersWhereTheyAre() {
    TwinRun byRequest = run("canary");
    TwinRun byUser = run("canary", "canary: {splitBy: user}");

    assertThat(visits(byRequest).brokenPercent().orElseThrow()).isGreaterThan(20);
    assertThat(visits(byUser).brokenPercent().orElseThrow()).isLessThan(1);
    assertThat(byRequest.findings().part(Causes.class).orThrow().requests())
        .filteredOn(one -> one.cause() == Cause.OTHER_VERSION)
        .isNotEmpty()
        .extracting(Caused::setting)
        .containsOnly("canary.splitBy: request");
    assertThat(byRequest.findings().reconciled()).isTrue();
  }

  /** Who arrives when, and asks for what, is as it would be without assets. */
  @Test
  void assetsComeOnTopOfTheRateAndChangeNoArrival() {
    TwinRun with = run("rolling");
    TwinRun without =
        TwinRun.of(folder.resolve("without"), "strategy: rolling", LOAD.replace("assets: 3, ", ""));

    assertThat(first(with)).isEqualTo(first(without));
    assertThat(with.findings().sending().orThrow().achievedPerSecond().orElseThrow())
        .isCloseTo(20, withinPercentage(2));
    assertThat(assets(without)).isEmpty();
    assertThat(without.findings().list(PageVisits.class).orThrow()).isEmpty();
  }

  private static List<Tuple> first(TwinRun run) {
    long start = run.history().requests().get(0).intendedAtMillis();
    return run.history().requests().stream()
        .filter(one -> !one.hasPage())
        .limit(1_000)
        .map(one -> Tuple.tuple(one.user(), one.name(), one.intendedAtMillis() - start))
        .toList();
  }
}
