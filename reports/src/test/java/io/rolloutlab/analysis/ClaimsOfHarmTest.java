package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.compare.Claims;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Percent;
import io.rolloutlab.scenario.update.UpdateEnd;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Claims about a bad v2. Every run here is called back at 2 s, the alarm has rung at 1.5 s; up to
 * some second one request a second fails, and from then on v1 answers all.
 */
class ClaimsOfHarmTest {
  private static final String CALM = "1".repeat(25);
  private static final String RISK = "canary-risk";
  private static final String ROLLING_BACK = "rolling-rollback-bad";
  private static final String BLUE_GREEN_BACK = "blue-green-rollback-bad";
  private static final AppFault ERRORS = AppFaultKind.ERRORS.byDefault();
  private static final AppFault CRASHES = AppFaultKind.CRASHES.byDefault();

  private static Claim claim(String key, Findings... runs) {
    return claim(key, List.of(runs));
  }

  private static Claim claim(String key, List<Findings> runs) {
    return Claims.of(runs).stream().filter(c -> c.key().equals(key)).findFirst().orElseThrow();
  }

  /** The delivered scenario of a strategy with a fault, and the alarm that comes with it. */
  private static Scenario bad(Strategy strategy, AppFault fault) {
    Scenario good = Histories.of(strategy).scenario();
    VersionPlan v2 = new VersionPlan(null, null, fault);
    Scenario bad = Changed.with(good, "app", Changed.with(good.app(), "v2", v2));
    String name = strategy.fileName() + "-" + AppFaultKind.of(fault).word();
    return Changed.with(Changed.with(bad, "alarm", AlarmPlan.DEFAULT), "name", name);
  }

  /**
   * Its run.
   *
   * @param lastFailing the second since x = 0 in which the last request fails, at least 1: v1
   *     serves everybody again so much and 11 to 19 ms later than x = 0, or, where it is 1, with
   *     the order
   */
  private static Findings back(Scenario scenario, int lastFailing) {
    List<String> seconds = new ArrayList<>(List.of("1111", "1x21"));
    while (seconds.size() <= lastFailing) {
      seconds.add("1x11");
    }
    seconds.add(CALM);
    seconds.add(CALM);
    return SampleFindings.calledBack(scenario, 1500, 2000, seconds.toArray(String[]::new));
  }

  private static Findings back(Strategy strategy, AppFault fault, int lastFailing) {
    return back(bad(strategy, fault), lastFailing);
  }

  private static Findings hurt(Strategy strategy, AppFault fault, int users) {
    return hurt(back(strategy, fault, 1), users);
  }

  private static Findings hurt(Findings run, int users) {
    Harm harm = Changed.with(run.harm().orThrow(), "users", Share.of(users, 200));
    return Changed.with(run, "harm", Part.known(harm));
  }

  /** One situation: how many of 200 users were hurt. */
  private static List<Findings> hurt(AppFault fault, int canary, int rolling, int blueGreen) {
    return List.of(
        hurt(Strategy.CANARY, fault, canary),
        hurt(Strategy.ROLLING, fault, rolling),
        hurt(Strategy.BLUE_GREEN, fault, blueGreen));
  }

  private static List<Findings> both(List<Findings> some, List<Findings> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {RISK, ROLLING_BACK, BLUE_GREEN_BACK})
  void withoutABadV2TheyAreUnknown(String key) {
    Claim claim = claim(key, SampleFindings.all(1));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim.measured()).matches("no run of (canary|rolling|blue-green) with a bad v2");
    assertThat(claim.fromSettings()).isEmpty();
  }

  @Test
  void claimsAboutAGoodV2DoNotLookAtABadOne() {
    List<Findings> good = SampleFindings.all(1);
    List<Findings> bad = both(hurt(ERRORS, 5, 60, 100), hurt(CRASHES, 5, 60, 100));
    List<String> ofABadV2 = List.of(RISK, ROLLING_BACK, BLUE_GREEN_BACK);

    assertThat(Claims.of(both(bad, good)))
        .filteredOn(claim -> !ofABadV2.contains(claim.key()))
        .hasSize(7)
        .isSubsetOf(Claims.of(good));
    assertThat(claim("blue-green-rollback", bad).measured())
        .as("it does not stand in for a good one")
        .isEqualTo("no run of blue-green with a good v2");
  }

  @Test
  void canaryIsTheLeastRiskyWhereItHurtsFewerThanBothWithEveryFault() {
    Claim claim = claim(RISK, both(hurt(ERRORS, 5, 60, 100), hurt(CRASHES, 0, 50, 90)));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(claim.measured())
        .startsWith("With the fault errors: of the users, 2.5 % (5 of 200; 95 % interval ")
        .contains(" were hurt in canary, 30 % (60 of 200; ", " in rolling, 50 % (100 of 200; ")
        .contains(") in blue-green. With the fault crashes: of the users, 0 % (0 of 200; ");
    assertThat(claim.fromSettings())
        .as("once, though it follows with both faults")
        .containsOnlyOnce("How many requests v2 is given before anybody looks follows from");
  }

  @Test
  void oneFaultWithWhichAnotherHurtsFewerRefutesIt() {
    List<Findings> blueGreenIsBetter = hurt(CRASHES, 80, 100, 40);

    assertThat(claim(RISK, both(hurt(ERRORS, 5, 60, 100), blueGreenIsBetter)).holds())
        .isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim(RISK, both(hurt(ERRORS, 55, 60, 100), blueGreenIsBetter)).holds())
        .as("whatever else is not told apart")
        .isEqualTo(Claim.Holds.DOES_NOT);
  }

  @Test
  void harmsWhoseIntervalsOverlapAreNotToldApart() {
    Claim claim = claim(RISK, both(hurt(ERRORS, 5, 60, 100), hurt(CRASHES, 55, 60, 100)));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim.measured()).endsWith("blue-green; canary is not told apart from rolling.");
    assertThat(claim.fromSettings()).isEmpty();
    assertThat(claim(RISK, hurt(ERRORS, 60, 60, 61)).measured())
        .endsWith("not told apart from rolling and blue-green.");
  }

  @Test
  void aFaultThatNotAllWereRunWithIsNotLookedAt() {
    List<Findings> runs = new ArrayList<>(hurt(ERRORS, 5, 60, 100));
    runs.add(hurt(Strategy.CANARY, CRASHES, 150));

    assertThat(claim(RISK, runs).holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(claim(RISK, runs).measured()).doesNotContain("crashes");
    assertThat(claim(RISK, runs.subList(0, 2)).measured())
        .isEqualTo("no run of blue-green with a bad v2");
    assertThat(
            claim(
                    RISK,
                    hurt(Strategy.CANARY, CRASHES, 5),
                    hurt(Strategy.ROLLING, ERRORS, 5),
                    hurt(Strategy.BLUE_GREEN, ERRORS, 5))
                .measured())
        .isEqualTo("no run of each of canary, rolling, blue-green with the same fault of v2");
  }

  @Test
  void harmsUnderOtherConditionsAreNotCompared() {
    List<Findings> runs = new ArrayList<>(hurt(ERRORS, 5, 60, 100));
    runs.set(2, Changed.replicas(runs.get(2), 20));

    assertThat(claim(RISK, runs).holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim(RISK, runs).measured())
        .isEqualTo(
            "With the fault errors it is not known: the conditions of canary and blue-green differ:"
                + " app.replicas: 4 / 20.");
  }

  @Test
  void aRunThatCannotBeTrustedIsNoEvidence() {
    List<Findings> runs = new ArrayList<>(hurt(ERRORS, 80, 100, 40));
    Scenario rolling = bad(Strategy.ROLLING, ERRORS);
    runs.set(1, SampleFindings.brokenOff("b", Manifest.Origin.LIVE, rolling, "11", "22"));

    assertThat(claim(RISK, runs).holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim(RISK, runs).measured()).contains("rolling-errors: the run was not completed");
  }

  @Test
  void twoFaultsOfAKindAreTwoSituations() {
    AppFault half = new AppFault.FailsSome(new Percent(0.5));

    assertThat(claim(RISK, both(hurt(ERRORS, 5, 60, 100), hurt(half, 5, 60, 100))).measured())
        .startsWith("With the fault errors (1): of the users, ")
        .contains(" With the fault errors (2): of the users, ");
  }

  @Test
  void rollingIsHardToRollBackWhereItTakesManyTimesAsLong() {
    Claim claim =
        claim(
            ROLLING_BACK, back(Strategy.ROLLING, ERRORS, 4), back(Strategy.BLUE_GREEN, ERRORS, 1));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(claim.measured())
        .isEqualTo(
            "With the fault errors: in rolling v1 served everybody again 2.02 s after the order, and"
                + " 3 requests failed on the way back; in blue-green v1 served everybody again"
                + " 0.00 s after the order, and no request failed on the way back: 20.19×.");
    assertThat(claim.fromSettings()).startsWith("Rolling has to replace the tasks that have v2");
  }

  @Test
  void oneFaultWithWhichRollingGoesBackSoonRefutesIt() {
    Claim claim =
        claim(
            ROLLING_BACK,
            back(Strategy.ROLLING, ERRORS, 4),
            back(Strategy.BLUE_GREEN, ERRORS, 1),
            back(Strategy.ROLLING, CRASHES, 4),
            back(Strategy.BLUE_GREEN, CRASHES, 3));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim.measured())
        .endsWith("1.02 s after the order, and 2 requests failed on the way back: 1.99×.");
  }

  @Test
  void whereNobodyOrderedTheWayBackItIsSaidAndNotJudged() {
    Findings harmless =
        SampleFindings.answers(
            "calm", Manifest.Origin.LIVE, bad(Strategy.BLUE_GREEN, CRASHES), "1111", "2222");
    List<Findings> runs = new ArrayList<>(List.of(back(Strategy.ROLLING, CRASHES, 4), harmless));

    Claim unknown = claim(ROLLING_BACK, runs);
    assertThat(unknown.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(unknown.measured())
        .isEqualTo(
            "With the fault crashes it is not known: in blue-green no harm was seen, so nobody"
                + " ordered the way back.");

    runs.addAll(List.of(back(Strategy.ROLLING, ERRORS, 2), back(Strategy.BLUE_GREEN, ERRORS, 2)));
    assertThat(claim(ROLLING_BACK, runs).holds())
        .as("another fault refutes it")
        .isEqualTo(Claim.Holds.DOES_NOT);
  }

  @Test
  void whatTheDelaysOfTheFileMayMakeIsNoEvidence() {
    Scenario slow = rollbackDelay(bad(Strategy.ROLLING, ERRORS), Duration.ofMillis(500));
    Findings blueGreen = back(Strategy.BLUE_GREEN, ERRORS, 1);

    Claim unknown = claim(ROLLING_BACK, back(slow, 3), blueGreen);
    assertThat(unknown.holds())
        .as("three delays at most, of 1.02 s")
        .isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(unknown.measured())
        .endsWith("between 0.00× and 10.15×, as rolling.rollback.delay makes up to 1.50 s of it.");
    assertThat(claim(ROLLING_BACK, back(slow, 4), blueGreen).holds())
        .as("0.5 s of 2 s are left")
        .isEqualTo(Claim.Holds.HOLDS);
  }

  private static Scenario rollbackDelay(Scenario scenario, Duration delay) {
    RollingPlan plan = scenario.settings(RollingPlan.class).orElseThrow();
    UpdatePlan rollback = Changed.with(plan.rollback(), "delay", delay);
    return Changed.with(scenario, "settings", Changed.with(plan, "rollback", rollback));
  }

  @Test
  void blueGreenRollsBackAtOnceWithinTwoSeconds() {
    Claim fast = claim(BLUE_GREEN_BACK, back(Strategy.BLUE_GREEN, ERRORS, 3));
    Claim slow =
        claim(
            BLUE_GREEN_BACK,
            back(Strategy.BLUE_GREEN, ERRORS, 3),
            back(Strategy.BLUE_GREEN, CRASHES, 4));

    assertThat(fast.holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(fast.measured())
        .isEqualTo(
            "With the fault errors: v1 served everybody again 1.02 s after the order, and 2 requests"
                + " failed on the way back.");
    assertThat(slow.holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(slow.measured())
        .contains("With the fault crashes: v1 served everybody again 2.02 s");
  }

  @Test
  void whoIsNotServedAgainProvesAsMuchAsIsSeen() {
    Scenario scenario = bad(Strategy.BLUE_GREEN, ERRORS);
    Findings late =
        SampleFindings.calledBack(scenario, 1500, 2000, "1111", "1x21", CALM, CALM, "1x");
    Findings cutShort = SampleFindings.calledBack(scenario, 1500, 2000, "1111", "1x21", "1x");

    assertThat(claim(BLUE_GREEN_BACK, late).holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim(BLUE_GREEN_BACK, late).measured())
        .contains("2.06 s after the order v1 did not serve everybody yet");
    assertThat(claim(BLUE_GREEN_BACK, cutShort).holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim(ROLLING_BACK, back(Strategy.ROLLING, ERRORS, 2), late).holds())
        .as("0.01 s, of more than two")
        .isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim(ROLLING_BACK, back(Strategy.ROLLING, ERRORS, 4), cutShort).holds())
        .isEqualTo(Claim.Holds.UNKNOWN);
  }

  private static Scenario rollsBackByItself(Scenario scenario) {
    RollingPlan plan = scenario.settings(RollingPlan.class).orElseThrow();
    UpdatePlan update =
        Changed.with(plan.update(), "failureAction", UpdatePlan.FailureAction.ROLLBACK);
    return Changed.with(scenario, "settings", Changed.with(plan, "update", update));
  }

  @Test
  void aRunWithAFailureActionIsAnotherVariantOfRolling() {
    Findings variant = back(rollsBackByItself(bad(Strategy.ROLLING, ERRORS)), 2);
    Findings plain = back(Strategy.ROLLING, ERRORS, 4);
    Findings blueGreen = back(Strategy.BLUE_GREEN, ERRORS, 1);
    Findings good = Analysis.analyse(SampleRuns.of(Strategy.ROLLING, 1));
    Findings goodVariant = Changed.of(good, rollsBackByItself(good.manifest().scenario()));

    assertThat(claim(ROLLING_BACK, variant, plain, blueGreen).holds())
        .as("where no good run says which is meant, the one that Swarm pauses")
        .isEqualTo(Claim.Holds.HOLDS);
    assertThat(claim(ROLLING_BACK, good, variant, plain, blueGreen).holds())
        .isEqualTo(Claim.Holds.HOLDS);
    assertThat(claim(ROLLING_BACK, goodVariant, plain, variant, blueGreen).holds())
        .as("asked as the good one")
        .isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim(ROLLING_BACK, variant, blueGreen).holds())
        .as("there is no other")
        .isEqualTo(Claim.Holds.DOES_NOT);
  }

  @Test
  void theRunThatStandsForAStrategyIsAskedAsItsGoodOne() {
    Findings good = Analysis.analyse(SampleRuns.of(Strategy.BLUE_GREEN, 1));
    Findings otherwise =
        Changed.stopGrace(back(Strategy.BLUE_GREEN, ERRORS, 4), Duration.ofSeconds(1));
    Findings alike = back(Strategy.BLUE_GREEN, ERRORS, 1);

    assertThat(claim(BLUE_GREEN_BACK, good, otherwise, alike).holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(claim(BLUE_GREEN_BACK, otherwise, alike).holds())
        .as("the first, where there is no good one")
        .isEqualTo(Claim.Holds.DOES_NOT);
  }

  @Test
  void swarmsOwnRollbackIsAWayBackAndItsPauseIsNone() {
    Findings blueGreen = back(Strategy.BLUE_GREEN, CRASHES, 1);

    Claim rolledBack =
        claim(ROLLING_BACK, swarmFirst("rollback_started", UpdateEnd.ROLLED_BACK), blueGreen);
    assertThat(rolledBack.holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(rolledBack.measured())
        .contains(
            "in rolling v1 served everybody again 3.00 s after Swarm had begun to roll back by"
                + " itself, and 1 request failed on the way back; in blue-green");

    Claim paused = claim(ROLLING_BACK, swarmFirst("paused", UpdateEnd.PAUSED), blueGreen);
    assertThat(paused.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(paused.measured())
        .contains("in rolling Swarm paused the update by itself, and nobody ordered the way back");
  }

  /** Swarm decides at 1 s; the last v2 answer is to a request of 3.99 s. */
  private static Findings swarmFirst(String state, UpdateEnd end) {
    long zero = Histories.ZERO;
    Histories history =
        Histories.of(bad(Strategy.ROLLING, CRASHES))
            .phase(0, PhaseKind.ROLLOUT)
            .ok(1, 500, 5, "v2")
            .event(new Event.UpdateChange(zero + 1000, "pyapp", state, ""))
            .phase(1100, PhaseKind.ROLLBACK)
            .refusedByEdge(2, 2000, 5, 502)
            .ok(3, 3990, 5, "v2")
            .event(new Event.UpdateEnded(zero + 6000, zero, "pyapp", false, end, ""));
    for (int i = 0; i < CALM.length(); i++) {
      history.ok(4 + i, 4000 + i, 5, "v1");
    }
    return Analysis.analyse(history.end(8000, Event.End.COMPLETED).build());
  }
}
