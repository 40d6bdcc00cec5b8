package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.compare.AgainstBaseline;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.compare.Claims;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
  private static final List<Findings> SAMPLES =
      SampleRuns.all(1).stream().map(Analysis::analyse).toList();

  private static Claim claim(String key, List<Findings> runs) {
    return Claims.of(runs).stream().filter(c -> c.key().equals(key)).findFirst().orElseThrow();
  }

  private static Findings sample(Strategy strategy) {
    return SAMPLES.stream()
        .filter(run -> run.manifest().scenario().strategy() == strategy)
        .findFirst()
        .orElseThrow();
  }

  /** The samples, had the run of one strategy come out otherwise. */
  private static List<Findings> had(Strategy strategy, UnaryOperator<Findings> otherwise) {
    return SAMPLES.stream()
        .map(run -> run.manifest().scenario().strategy() == strategy ? otherwise.apply(run) : run)
        .toList();
  }

  private static List<Findings> without(Strategy strategy) {
    List<Findings> others = new ArrayList<>(SAMPLES);
    others.removeIf(run -> run.manifest().scenario().strategy() == strategy);
    return others;
  }

  @Test
  void allThatAreAboutAGoodV2HoldInTheSampleRuns() {
    assertThat(Claims.of(SAMPLES))
        .extracting(Claim::key, Claim::holds)
        .containsExactly(
            holds("rolling-mixes"),
            holds("rolling-rollback"),
            unknown("rolling-rollback-bad"),
            holds("blue-green-twice"),
            holds("blue-green-rollback"),
            unknown("blue-green-rollback-bad"),
            holds("canary-exposure"),
            unknown("canary-risk"),
            holds("canary-few-users"),
            holds("canary-ip"));
  }

  private static org.assertj.core.groups.Tuple holds(String key) {
    return org.assertj.core.groups.Tuple.tuple(key, Claim.Holds.HOLDS);
  }

  private static org.assertj.core.groups.Tuple unknown(String key) {
    return org.assertj.core.groups.Tuple.tuple(key, Claim.Holds.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rolling-mixes", "blue-green-rollback", "canary-few-users", "canary-ip"})
  void aClaimAboutOneStrategyIsUnknownWithoutItsRun(String key) {
    assertThat(claim(key, List.of(sample(Strategy.BASELINE))).holds())
        .isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim(key, List.of(sample(Strategy.BASELINE))).measured()).startsWith("no run of ");
  }

  @Test
  void eachClaimSaysOnWhichBalancingItRests() {
    List<Findings> mixed =
        had(
            Strategy.BLUE_GREEN,
            run ->
                Changed.with(
                    run, "manifest", Changed.with(run.manifest(), "balancing", Balancing.VIP)));

    assertThat(claim("rolling-rollback", SAMPLES).balancing()).containsExactly("dnsrr");
    assertThat(claim("rolling-mixes", mixed).balancing()).containsExactly("dnsrr");
    assertThat(claim("blue-green-twice", mixed).balancing()).containsExactly("vip");
    assertThat(claim("rolling-rollback", mixed).balancing()).containsExactly("dnsrr", "vip");
    assertThat(claim("rolling-rollback", mixed).measured())
        .endsWith("differ: balancing: dnsrr / vip");
    assertThat(claim("rolling-rollback", without(Strategy.BLUE_GREEN)).balancing()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rolling-rollback", "canary-exposure"})
  void aClaimThatComparesIsUnknownUnlessTheRunsShareTheirConditions(String key) {
    Claim otherReplicas = claim(key, had(Strategy.BLUE_GREEN, run -> Changed.replicas(run, 20)));

    assertThat(otherReplicas.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(otherReplicas.measured())
        .contains("the conditions of")
        .contains("blue-green differ: app.replicas: 4 / 20");
    assertThat(claim(key, without(Strategy.BLUE_GREEN)).measured())
        .isEqualTo("no run of blue-green");
    assertThat(
            claim(
                    key,
                    had(
                        Strategy.BLUE_GREEN,
                        run -> Changed.stopGrace(run, java.time.Duration.ofSeconds(1))))
                .holds())
        .as("what is chosen for a rollout is no condition")
        .isEqualTo(Claim.Holds.HOLDS);
  }

  @Test
  void delaysOfTheFileDoNotMakeAMix() {
    Claim claim = claim("rolling-mixes", had(Strategy.ROLLING, run -> mixed(run, 31_900)));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim.fromSettings())
        .isEqualTo("rolling.update.delay 10s between 4 slots makes 30.00 s of it.");
    assertThat(claim.measured())
        .startsWith("Both versions were served for 31.90 s of the update, 1.90 s of that beyond");
    assertThat(claim("rolling-mixes", had(Strategy.ROLLING, run -> mixed(run, 32_100))).holds())
        .isEqualTo(Claim.Holds.HOLDS);
  }

  private static Findings mixed(Findings run, long millis) {
    VersionMix mix = run.versions().orThrow();
    Optional<Span> window = Optional.of(new Span(0, millis));
    return Changed.with(run, "versions", Part.known(Changed.with(mix, "mixedWindow", window)));
  }

  @Test
  void aRollingUpdateThatIsRolledBackSoonIsNotHardToRollBack() {
    double blueGreen = blueGreenBackMillis();

    Claim claim =
        claim(
            "rolling-rollback",
            had(Strategy.ROLLING, run -> Changed.back(run, (long) (4.9 * blueGreen))));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim.measured()).endsWith("4.90×.");
    assertThat(claim.fromSettings()).startsWith("Rolling has to replace 4 tasks");
  }

  private static double blueGreenBackMillis() {
    return sample(Strategy.BLUE_GREEN).transitions().orThrow().stream()
        .filter(one -> one.kind() == Transition.Kind.ROLLBACK)
        .mapToLong(one -> one.servedAfterMillis().orElseThrow())
        .max()
        .orElseThrow();
  }

  @Test
  void whatCostsAboutHalfMoreDoesNotCostTwice() {
    assertThat(claim("blue-green-twice", had(Strategy.BLUE_GREEN, run -> cost(run, 1.4))).holds())
        .isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(
            claim(
                    "blue-green-twice",
                    had(Strategy.BLUE_GREEN, run -> memory(run, OptionalDouble.of(1.5))))
                .holds())
        .isEqualTo(Claim.Holds.DOES_NOT);
  }

  @Test
  void twiceTheTasksDoNotDecideWhereNoMemoryWasMeasured() {
    Claim unmeasured =
        claim(
            "blue-green-twice",
            had(Strategy.BLUE_GREEN, run -> memory(run, OptionalDouble.empty())));

    assertThat(unmeasured.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(unmeasured.measured())
        .contains("not measured, so that half of the claim is unknown");
    assertThat(unmeasured.fromSettings())
        .contains("the tasks at the peak (8 for 4 replicas) would come out of any run");
  }

  private static Findings cost(Findings run, double ratio) {
    Tasks tasks = run.tasks().orThrow();
    Tasks.ReplicaSeconds other = Changed.with(tasks.replicaSeconds(), "ratio", ratio);
    return Changed.with(run, "tasks", Part.known(Changed.with(tasks, "replicaSeconds", other)));
  }

  private static Findings memory(Findings run, OptionalDouble ratio) {
    Resources resources = Changed.with(run.resources().orThrow(), "memoryPeakRatio", ratio);
    return Changed.with(run, "resources", Part.known(resources));
  }

  @Test
  void aCanaryThatExposesMoreThanAnotherIsNotTheLeast() {
    Claim claim =
        claim(
            "canary-exposure",
            had(
                Strategy.CANARY,
                run -> Changed.with(run, "versions", sample(Strategy.BLUE_GREEN).versions())));

    assertThat(claim.holds())
        .as("as blue-green, so more than rolling")
        .isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim.claim() + claim.criterion())
        .as("whom v2 hurts is another claim")
        .startsWith("Canary exposes the fewest users to v2")
        .doesNotContain("risk", "harm");
  }

  @Test
  void exposuresWhoseIntervalsOverlapAreNotToldApart() {
    Claim claim =
        claim(
            "canary-exposure",
            had(
                Strategy.CANARY,
                run -> Changed.with(run, "versions", sample(Strategy.ROLLING).versions())));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim.measured()).endsWith("too few answers to tell these apart.");
  }

  @Test
  void aFirstStepThatMostUsersMeetIsNotOfFewUsers() {
    Claim claim = claim("canary-few-users", had(Strategy.CANARY, run -> met(run, 120)));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(claim.measured())
        .as("a complete count has no interval")
        .startsWith("Of the users, 60 % (120 of 200) got v2 in the first step, in ");
    assertThat(claim.fromSettings())
        .startsWith(
            "200 users, 40 requests/s and 10 % for 15s: some 26 % of the users would get v2");
  }

  private static Findings met(Findings run, int users) {
    List<CanaryStep> steps = new ArrayList<>(run.canarySteps().orThrow());
    steps.set(0, Changed.with(steps.get(0), "exposedUsers", Share.counted(users, 200)));
    return Changed.with(run, "canarySteps", Part.known(List.copyOf(steps)));
  }

  @Test
  void aListedUserThatGotV1BreaksTheRule() {
    Claim broken = claim("canary-ip", had(Strategy.CANARY_IP, run -> ruled(run, List.of(3))));

    assertThat(broken.holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(broken.measured()).contains("listed users were answered, of them 1 got v1");
  }

  private static Findings ruled(Findings run, List<Integer> gotV1) {
    UserRule rule = run.userRules().orThrow().get(0);
    rule = Changed.with(Changed.with(rule, "listedThatGotV1", gotV1), "verdict", Verdict.FAIL);
    return Changed.with(run, "addressRules", Part.known(List.of(rule)));
  }

  /** Before the rule every listed user was served by v1, so "ever" would be wrong. */
  @Test
  void whoGotWhatIsSaidOfTheTimeTheRuleWasInForce() {
    assertThat(claim("canary-ip", SAMPLES).measured())
        .matches(
            "While the rule was in force \\(\\d+\\.\\d\\d s\\) 16 listed users were answered, of them"
                + " 0 got v1, and \\d+ others, of them 0 got v2 then and 0 at any time of the run\\.");
  }

  @Test
  void aClaimWhoseRunDidNotReconcileIsUnknown() {
    Histories history = rollback(10).hit(99, 1000, 200, "v1");

    Claim claim = claim("blue-green-rollback", List.of(Analysis.analyse(history.build())));

    assertThat(claim.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim.measured()).isEqualTo("blue-green: its requests do not reconcile");
  }

  @Test
  void aSlowRollbackIsNotAtOnce() {
    Claim fast = claim("blue-green-rollback", List.of(Analysis.analyse(rollback(2000).build())));
    Claim slow = claim("blue-green-rollback", List.of(Analysis.analyse(rollback(3000).build())));

    assertThat(fast.holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(slow.holds()).isEqualTo(Claim.Holds.DOES_NOT);
    assertThat(slow.measured()).isEqualTo("v1 served everybody again 3.00 s after the command.");
    assertThat(slow.fromSettings()).isEmpty();
  }

  /** A blue-green run whose last v2 answer is sent 10 ms before v1 serves everybody again. */
  private static Histories rollback(long served) {
    Histories history =
        Histories.of(Strategy.BLUE_GREEN)
            .phase(0, PhaseKind.ROLLOUT)
            .phase(1000, PhaseKind.ROLLBACK)
            .routes(100, 200, new Event.Route("green", "v2", 100, List.of()))
            .routes(1000, 1500, new Event.Route("pyapp", "v1", 100, List.of()))
            .ok(1, 500, 10, "v2")
            .ok(2, 1000 + served - 10, 10, "v2");
    for (int i = 0; i < 20; i++) {
      history.ok(3 + i, 1000 + served + i, 10, "v1");
    }
    return history.end(8000, Event.End.COMPLETED);
  }

  @Test
  void realAndSimulatedRunsAreNeverMixed() {
    List<Findings> mixed =
        List.of(
            SAMPLES.get(0),
            Analysis.analyse(Histories.of(Strategy.CANARY).simulated().runId("t1").build()));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Claims.of(mixed))
        .withMessage(
            "real (LIVE) and simulated (TWIN) runs must not be compared with each other:"
                + " baseline-sample-1 is LIVE, t1 is TWIN");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Comparison.of(mixed));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> AgainstBaseline.of(mixed.get(1), mixed.get(0)));
  }
}
