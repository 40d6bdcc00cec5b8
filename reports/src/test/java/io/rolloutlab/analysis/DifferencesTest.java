package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.compare.Differences;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.update.Order;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final Findings ROLLING = Analysis.analyse(SampleRuns.of(Strategy.ROLLING, 1));
  private static final Findings BLUE_GREEN =
      Analysis.analyse(SampleRuns.of(Strategy.BLUE_GREEN, 1));
  private static final Scenario SCENARIO = ROLLING.manifest().scenario();

  private static List<String> lines(Findings... runs) {
    List<String> names = List.of("one", "other", "third").subList(0, runs.length);
    return Differences.between(List.of(runs)).all().stream().map(d -> d.line(names)).toList();
  }

  @Test
  void theTwoDeliveredRollingUpdatesDifferInOrderAndHealthCheck() {
    Findings startFirst =
        Changed.of(
            ROLLING,
            new ScenarioReader().read(Path.of("..", "scenarios", "rolling-start-first.yaml")));

    assertThat(lines(ROLLING, startFirst))
        .contains(
            "rolling.update.order: stop-first / start-first",
            "rolling.rollback.order: stop-first / start-first")
        .anyMatch(line -> line.matches("app\\.healthCheck: not set / \\{.*interval: 1s, .*}"))
        .hasSize(3);
    assertThat(Differences.between(List.of(ROLLING, startFirst)).conditions())
        .as("these are chosen, not lived with")
        .isEmpty();
  }

  @Test
  void nameQuestionExpectationsAndSeedAreNoSettings() {
    Scenario other =
        Changed.with(
            Changed.with(Changed.with(SCENARIO, "name", "x"), "question", "Why?"), "seed", 7L);
    other = Changed.with(other, "expect", io.rolloutlab.scenario.expect.Expectations.NONE);

    assertThat(lines(ROLLING, Changed.of(ROLLING, other))).isEmpty();
  }

  @Test
  void whatHasToBeLivedWithIsACondition() {
    Map<String, String> env = Map.of("APP_ERROR_SHARE", "0.1");
    Scenario bad =
        Changed.with(
            SCENARIO, "app", Changed.with(SCENARIO.app(), "v2", new VersionPlan(null, env, null)));
    Scenario busy =
        Changed.with(SCENARIO, "load", Changed.with(SCENARIO.load(), "ratePerSecond", 80.0));
    Findings elsewhere =
        Changed.with(ROLLING, "manifest", Changed.with(ROLLING.manifest(), "cpus", 16));

    for (Findings other : List.of(Changed.of(ROLLING, bad), Changed.of(ROLLING, busy), elsewhere)) {
      assertThat(Differences.between(List.of(ROLLING, other)).conditions()).hasSize(1);
    }
    assertThat(lines(ROLLING, Changed.of(ROLLING, bad)))
        .containsExactly("app.v2.env.APP_ERROR_SHARE: not set / 0.1");
    assertThat(lines(ROLLING, elsewhere)).containsExactly("cpus: 2 / 16");
  }

  /** Whether it disturbed is recorded with each run, so it is told and keeps nobody apart. */
  @Test
  void howManyRunsWereMadeAtOnceIsToldAndIsNoCondition() {
    Findings beside =
        Changed.with(ROLLING, "manifest", Changed.with(ROLLING.manifest(), "beside", 1));

    assertThat(lines(ROLLING, beside)).containsExactly("runsAtOnce: 1 / 2");
    assertThat(Differences.between(List.of(ROLLING, beside)).conditions()).isEmpty();
    assertThat(Differences.asked(beside)).isEqualTo(Differences.asked(ROLLING));
  }

  /** Repeats are grouped by what was asked of all runs, those that failed at once among them. */
  @Test
  void aRunThatReachedNoClusterHasNoBalancing() {
    Findings nowhere =
        Changed.with(ROLLING, "manifest", Changed.with(ROLLING.manifest(), "balancing", null));

    assertThat(lines(ROLLING, nowhere)).containsExactly("balancing: dnsrr / unknown");
    assertThat(Differences.asked(nowhere)).isNotEqualTo(Differences.asked(ROLLING));
  }

  @Test
  void whereTasksMayBeIsACondition() {
    Scenario limited = Changed.with(SCENARIO, "app", Changed.with(SCENARIO.app(), "maxPerNode", 2));
    Scenario spread =
        Changed.with(
            SCENARIO, "app", Changed.with(SCENARIO.app(), "spread", List.of("node.labels.zone")));
    Scenario labelled =
        Changed.with(
            SCENARIO,
            "cluster",
            Changed.with(SCENARIO.cluster(), "labels", Map.of("workerN1", Map.of("zone", "a"))));

    assertThat(lines(ROLLING, Changed.of(ROLLING, limited)))
        .containsExactly("app.maxPerNode: not set / 2");
    assertThat(lines(ROLLING, Changed.of(ROLLING, spread)))
        .containsExactly("app.spread: not set / [node.labels.zone]");
    assertThat(lines(ROLLING, Changed.of(ROLLING, labelled)))
        .containsExactly("cluster.labels: not set / {workerN1: {zone: a}}");
    assertThat(Differences.between(List.of(ROLLING, Changed.of(ROLLING, limited))).conditions())
        .hasSize(1);
  }

  @Test
  void whatFollowsAnEndedTaskIsChosenNotLivedWith() {
    RestartPlan none = new RestartPlan(RestartPlan.Condition.NONE, null, null, null);
    RestartPlan twice = new RestartPlan(null, null, 2, null);

    assertThat(lines(ROLLING, restarting(none)))
        .containsExactly("app.restart.condition: any / none");
    assertThat(lines(ROLLING, restarting(twice)))
        .containsExactly("app.restart.maxAttempts: not set / 2");
    assertThat(Differences.between(List.of(ROLLING, restarting(none))).conditions()).isEmpty();
  }

  private static Findings restarting(RestartPlan plan) {
    return Changed.of(
        ROLLING, Changed.with(SCENARIO, "app", Changed.with(SCENARIO.app(), "restart", plan)));
  }

  @Test
  void aStrategysOwnSettingsAreComparedAmongItsRunsOnly() {
    RollingPlan rolling = SCENARIO.settings(RollingPlan.class).orElseThrow();
    Scenario startFirst =
        Changed.with(
            SCENARIO,
            "settings",
            Changed.with(
                rolling, "update", Changed.with(rolling.update(), "order", Order.START_FIRST)));

    assertThat(lines(ROLLING, BLUE_GREEN)).isEmpty();
    assertThat(
            Differences.between(List.of(ROLLING, BLUE_GREEN, Changed.of(ROLLING, startFirst)))
                .all())
        .containsExactly(
            new Differences.Difference(
                "rolling.update.order", false, List.of("stop-first", "", "start-first")));
  }

  @Test
  void ofManyRunsTheRareValuesComeFirstWithTheirNames() {
    assertThat(lines(ROLLING, Changed.replicas(ROLLING, 20), BLUE_GREEN))
        .containsExactly("app.replicas: 20 (other), otherwise 4");
  }

  @Test
  void aHealthCheckIsOneSettingWhereOthersHaveNone() {
    Scenario checked =
        Changed.with(
            SCENARIO,
            "app",
            Changed.with(SCENARIO.app(), "healthCheck", Changed.with(check(), "retries", 9)));

    assertThat(lines(Changed.of(ROLLING, checked), ROLLING)).hasSize(1);
    assertThat(
            lines(
                Changed.of(ROLLING, checked),
                Changed.of(
                    ROLLING,
                    Changed.with(
                        SCENARIO, "app", Changed.with(SCENARIO.app(), "healthCheck", check())))))
        .singleElement()
        .asString()
        .startsWith("app.healthCheck.retries: 9 / ");
  }

  private static HealthCheck check() {
    return new ScenarioReader()
        .read(Path.of("..", "scenarios", "rolling-start-first.yaml"))
        .app()
        .healthCheck();
  }
}
