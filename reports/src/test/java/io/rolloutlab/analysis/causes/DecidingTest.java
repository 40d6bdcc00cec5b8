package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.cluster.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting that decides a cause is one that the file has, or the default it goes by. */
class DecidingTest {
  private static final String ROLLING = "strategy: rolling\n";
  private static final String STOP_FIRST = "rolling.update: order stop-first, parallelism 1";

  @TempDir Path folder;

  private Histories of(String yaml) throws IOException {
    return Histories.of(folder, ROLLING + yaml);
  }

  private static String setting(
      Histories history, Cause cause, String version, TaskTimes task, long at, String error) {
    Scene scene = new Scene("nginx", "", 0, false, "pyapp", version, task, null, "");
    return new Deciding(history.build(), Histories.ZERO).setting(cause, scene, at, error);
  }

  private static String byVersion(Histories history, Cause cause, String version) {
    return setting(history, cause, version, null, 0, "http-502");
  }

  private static String nobodyReady(Histories history, TaskSample last, long at) {
    return setting(history, Cause.NOBODY_READY, "", last.build(), at, "http-502");
  }

  /** Told to stop at 5 s. */
  private static TaskSample told() {
    return TaskSample.of("v1", 0).told(5_000);
  }

  private static Event happened(long at, long until, String target, Event.Effect effect) {
    return new Event.Happened(
        Histories.ZERO + at, Histories.ZERO + until, "drain", target, effect, "it was");
  }

  /** Only the kernel knows whom a new connection goes to, whatever connections are kept. */
  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"TOLD_TO_STOP", "GONE"})
  void whoTakesNoConnectionAnyMoreWasNotAskedOverOneThatIsKept(Cause cause) throws IOException {
    String kept = "edge: {nginx: {keepalive: 4}}\n";
    String late = kept + "app: {v1: {env: {APP_STOP_DELAY_SECONDS: \"5\"}}}\n";

    assertThat(byVersion(of(kept).vip(), cause, "v1")).isEmpty();
    assertThat(byVersion(of(late).vip(), cause, "v1"))
        .isEqualTo("app.v1.env.APP_STOP_DELAY_SECONDS: 5");
    assertThat(byVersion(of(kept), cause, "v1")).isEqualTo("edge.dnsValid: 1s");
  }

  @Test
  void theKillOfItsNodeTookTheLastOne() throws IOException {
    Histories run =
        of("")
            .event(Event.Happened.nodeLost(Histories.ZERO + 1_000, "workerN2"))
            .event(Event.Happened.nodeLost(Histories.ZERO + 2_000, "workerN1"));

    assertThat(nobodyReady(run, TaskSample.of("v1", 0).lost(2_000), 3_000))
        .isEqualTo("during: kill workerN1");
    assertThat(nobodyReady(of(""), TaskSample.of("v1", 0).lost(2_000), 3_000)).isEmpty();
  }

  @Test
  void whoEndedByItselfIsMadeTo() throws IOException {
    TaskSample ended = TaskSample.of("v2", 0).ended(4_000, "failed", "task: non-zero exit (1)");

    assertThat(nobodyReady(of("app: {v2: {env: {APP_CRASH_AFTER_SECONDS: \"4\"}}}"), ended, 5_000))
        .isEqualTo("app.v2.env.APP_CRASH_AFTER_SECONDS: 4");
    assertThat(
            nobodyReady(of("app: {v2: {env: {APP_UNHEALTHY_AFTER_SECONDS: \"4\"}}}"), ended, 5_000))
        .isEqualTo("app.v2.env.APP_UNHEALTHY_AFTER_SECONDS: 4");
    assertThat(nobodyReady(of("app: {v1: {env: {APP_CRASH_AFTER_SECONDS: \"4\"}}}"), ended, 5_000))
        .as("v1 is another version")
        .isEmpty();
  }

  @Test
  void whoWasToldToStopWasReplacedByTheUpdate() throws IOException {
    assertThat(nobodyReady(of(""), told(), 6_000)).isEqualTo(STOP_FIRST);
    assertThat(nobodyReady(of("rolling: {update: {order: start-first}}"), told(), 6_000))
        .isEqualTo("rolling.update: order start-first, failureAction pause");
  }

  @Test
  void aRollbackHasItsOwnSettings() throws IOException {
    Histories run =
        of("rolling: {rollback: {parallelism: 2}}")
            .event(change(1_000, "updating"))
            .event(change(5_000, "rollback_started"))
            .event(change(8_000, "updating"));

    assertThat(nobodyReady(run, told(), 4_999)).isEqualTo(STOP_FIRST);
    assertThat(nobodyReady(run, told(), 5_000))
        .isEqualTo("rolling.rollback: order stop-first, parallelism 2");
    assertThat(nobodyReady(run, told(), 8_000)).as("the last one counts").isEqualTo(STOP_FIRST);
  }

  private static Event change(long at, String state) {
    return new Event.UpdateChange(Histories.ZERO + at, "pyapp", state, "");
  }

  /** Swarm may tell tasks to stop up to 10 s after it was ordered to. */
  @Test
  void whatHappensToANodeTellsItsTasksToStop() throws IOException {
    assertThat(nobodyReady(drained(5_000, 6_000), told(), 7_000))
        .isEqualTo("during: drain workerN1");
    assertThat(nobodyReady(drained(5_001, 6_000), told(), 7_000))
        .as("it was told before")
        .isEqualTo(STOP_FIRST);
    assertThat(nobodyReady(drained(-9_000, -5_000), told(), 7_000))
        .isEqualTo("during: drain workerN1");
    assertThat(nobodyReady(drained(-9_000, -5_001), told(), 7_000)).isEqualTo(STOP_FIRST);
  }

  private Histories drained(long at, long until) throws IOException {
    return of("").event(happened(at, until, "workerN1", Event.Effect.NODE_EMPTIED));
  }

  @Test
  void onlyWhatHappensToItsNodeOrItsServiceTellsATaskToStop() throws IOException {
    assertThat(
            nobodyReady(
                of("").event(happened(4_000, 4_000, "pyapp", Event.Effect.NONE)), told(), 7_000))
        .isEqualTo("during: drain pyapp");
    assertThat(
            nobodyReady(
                of("").event(happened(4_000, 4_000, "workerN2", Event.Effect.NODE_EMPTIED)),
                told(),
                7_000))
        .isEqualTo(STOP_FIRST);
    assertThat(
            nobodyReady(
                of("").event(happened(4_000, 4_000, "workerN1", Event.Effect.NONE)), told(), 7_000))
        .isEqualTo(STOP_FIRST);
    assertThat(
            nobodyReady(
                of("").event(Event.Happened.nodeLost(Histories.ZERO - 4_000, "workerN1")),
                told(),
                7_000))
        .as("nobody tells the tasks of a node that is gone")
        .isEqualTo(STOP_FIRST);
  }

  /** While both versions serve, by the routes, by the update, or by the edge's own. */
  @Test
  void whatHasBothVersionsAnswerOneVisitDecidesWhereTheyMeet() throws IOException {
    String byConfig = "edge: {update: {order: stop-first, parallelism: 1}}\n";

    assertThat(byVersion(of(""), Cause.OTHER_VERSION, "v2")).isEqualTo(STOP_FIRST);
    assertThat(byVersion(of("rolling: {update: {order: start-first}}"), Cause.OTHER_VERSION, "v2"))
        .as("what Swarm does when an update fails has no part in it")
        .isEqualTo("rolling.update: order start-first, parallelism 1");
    assertThat(byVersion(strategy("canary"), Cause.OTHER_VERSION, "v2"))
        .isEqualTo("canary.splitBy: request");
    assertThat(byVersion(strategy("canary\ncanary: {splitBy: second}"), Cause.OTHER_VERSION, "v2"))
        .isEqualTo("canary.splitBy: second");
    assertThat(byVersion(strategy("canary\ncanary: {splitBy: user}"), Cause.OTHER_VERSION, "v2"))
        .as("a user stays, and a step alone moves him")
        .isEmpty();
    assertThat(byVersion(strategy("blue-green"), Cause.OTHER_VERSION, "v2"))
        .as("nothing but the moment of the reload")
        .isEmpty();
    assertThat(byVersion(strategy("blue-green\n" + byConfig), Cause.OTHER_VERSION, "v2"))
        .isEqualTo("edge.update: order stop-first, parallelism 1");
    assertThat(
            byVersion(
                strategy(
                    "blue-green\nbalancing: vip\n"
                        + "edge: {update: {order: start-first, parallelism: 2}}\n"),
                Cause.OTHER_VERSION,
                "v2"))
        .isEqualTo("edge.update: order start-first, parallelism 2");
  }

  private Histories strategy(String yaml) throws IOException {
    return Histories.of(folder, "strategy: " + yaml);
  }

  @Test
  void whereNoUpdateIsMadeNoneDecides() throws IOException {
    assertThat(nobodyReady(Histories.of(folder, "strategy: canary"), told(), 7_000)).isEmpty();
  }

  /** Settings of a strategy that scales to nothing. */
  public record Scaling() implements StrategySettings {
    @Override
    public Duration expected(Scenario scenario, Pace pace) {
      return Duration.ZERO;
    }

    @Override
    public Duration longest(Scenario scenario) {
      return Duration.ZERO;
    }

    @Override
    public Optional<String> leavesNobody() {
      return Optional.of("strategy: scaling");
    }
  }

  @Test
  void aStrategyThatLeavesNobodyDecidesWhereNoUpdateIsMade() throws IOException {
    Scenario s = of("").build().manifest().scenario();
    Strategy scaling = new Strategy("scaling", Scaling.class);
    Scenario scenario =
        new Scenario(
            s.name(),
            s.question(),
            scaling,
            s.seed(),
            s.balancing(),
            s.cluster(),
            s.app(),
            s.edge(),
            s.load(),
            new Scaling(),
            s.expect());

    assertThat(nobodyReady(Histories.of(scenario), told(), 7_000)).isEqualTo("strategy: scaling");
  }

  @Test
  void aVersionsOwnKnobDecides() throws IOException {
    Histories run =
        of(
            """
            app:
              v1: {env: {APP_ERROR_SHARE: "0.1"}}
              v2: {env: {APP_CRASH_AFTER_SECONDS: "4"}}
            """);

    assertThat(byVersion(run, Cause.OWN_ERROR, "v1")).isEqualTo("app.v1.env.APP_ERROR_SHARE: 0.1");
    assertThat(byVersion(run, Cause.OWN_ERROR, "v2")).isEmpty();
    assertThat(byVersion(run, Cause.OWN_ERROR, "")).as("nobody knows which").isEmpty();
    assertThat(byVersion(run, Cause.CRASHED, "v2"))
        .isEqualTo("app.v2.env.APP_CRASH_AFTER_SECONDS: 4");
    assertThat(byVersion(run, Cause.CRASHED, "v1")).isEmpty();
  }

  private static final String OWN =
      "app: {limits: {memory: 64MiB}, v1: {image: \"a:1\"}, v2: {image: \"a:2\"}}";

  private static String crashed(Histories run, TaskSample task) {
    return setting(run, Cause.CRASHED, "v2", task.build(), 5_000, "http-502");
  }

  private static TaskSample exits(TaskSample task, int code) {
    return task.ended(4_000, "failed", "task: non-zero exit (%s)".formatted(code));
  }

  @Test
  void whoIsKilledUnderAMemoryLimitIsKilledByThat() throws IOException {
    TaskSample killed = exits(TaskSample.of("v2", 0), 137);

    assertThat(crashed(of(OWN), killed)).isEqualTo("app.limits.memory: 64MiB");
    assertThat(nobodyReady(of(OWN), killed, 5_000)).isEqualTo("app.limits.memory: 64MiB");
    assertThat(crashed(of(OWN.replace("memory: 64MiB", "cpus: 1")), killed))
        .as("there is none")
        .isEmpty();
    assertThat(crashed(of(OWN), exits(TaskSample.of("v2", 0), 1))).as("it ended itself").isEmpty();
  }

  @Test
  void otherKillsAreNotTheLimits() throws IOException {
    TaskSample atTheGracesEnd = exits(TaskSample.of("v2", 0).told(1_000), 137);
    TaskSample unhealthy =
        TaskSample.of("v2", 0)
            .ended(4_000, "failed", "task: non-zero exit (137): dockerexec: unhealthy container");

    assertThat(crashed(of(OWN), atTheGracesEnd)).isEmpty();
    assertThat(nobodyReady(of(OWN), atTheGracesEnd, 5_000)).isEqualTo(STOP_FIRST);
    assertThat(nobodyReady(of(OWN), unhealthy, 5_000)).isEmpty();
  }

  @Test
  void theFaultThatTakesTheMemoryDecidesBeforeItsLimit() throws IOException {
    String limited = "app: {limits: {memory: 64MiB}, v2: {%s}}";
    TaskSample killed = exits(TaskSample.of("v2", 0), 137);

    assertThat(crashed(of(limited.formatted("fault: leaks")), killed))
        .isEqualTo("app.v2.fault: leaks");
    assertThat(crashed(of(limited.formatted("fault: crashes")), killed))
        .as("that ends with another exit code")
        .isEqualTo("app.limits.memory: 64MiB");
    assertThat(crashed(of(limited.formatted("fault: crashes")), exits(killed, 1)))
        .isEqualTo("app.v2.fault: crashes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.25", "2"})
  void whoIsOverloadedIsSoByItsLimitOfCpu(String cpus) throws IOException {
    Histories run = of("app: {limits: {cpus: %s}}".formatted(cpus));

    assertThat(byVersion(run, Cause.OVERLOADED, "v2")).isEqualTo("app.limits.cpus: " + cpus);
  }

  private static String slow(Histories history, String error) {
    return setting(history, Cause.TOO_SLOW, "v2", null, 0, error);
  }

  private Histories slowBy(int millis, String more) throws IOException {
    return of("app: {v2: {env: {APP_LATENCY_MILLIS: \"%s\"}}}\n%s".formatted(millis, more));
  }

  @Test
  void whoIsMadeAsSlowAsTheUsersWaitIsTooSlowByThat() throws IOException {
    assertThat(slow(slowBy(10_000, ""), "timeout"))
        .isEqualTo("app.v2.env.APP_LATENCY_MILLIS: 10000");
    assertThat(slow(slowBy(9_999, ""), "timeout")).isEqualTo("load.requestTimeout: 10s");
    assertThat(slow(of(""), "timeout")).isEqualTo("load.requestTimeout: 10s");
  }

  @Test
  void nginxsLimitDecidesWhereItIsNginxThatGivesUp() throws IOException {
    String said = "edge: {nginx: {readTimeout: 5s}}\n";

    assertThat(slow(of(said), "http-504")).isEqualTo("edge.nginx.readTimeout: 5s");
    assertThat(slow(slowBy(5_000, said), "http-504"))
        .isEqualTo("app.v2.env.APP_LATENCY_MILLIS: 5000");
    assertThat(slow(slowBy(4_999, said), "http-504")).isEqualTo("edge.nginx.readTimeout: 5s");
    assertThat(slow(of(""), "http-504")).as("nobody has set the usual 60 s").isEmpty();
    assertThat(slow(slowBy(60_000, ""), "http-504"))
        .isEqualTo("app.v2.env.APP_LATENCY_MILLIS: 60000");
    assertThat(slow(slowBy(60_000, said), "closed")).as("no limit was over").isEmpty();
  }

  @Test
  void theEdgesNodeIsLostWhereItWasKilled() throws IOException {
    Histories run = of("").event(Event.Happened.nodeLost(Histories.ZERO + 2_000, "workerN1"));
    assertThat(edgeGone(run, TaskSample.of("", 0).lost(2_000))).isEqualTo("during: kill workerN1");
  }

  private static String edgeGone(Histories run, TaskSample task) {
    return setting(run, Cause.EDGE_GONE, "", task.build(), 6_000, "refused");
  }

  /** Its node is lost at 2 s. */
  @Test
  void whatBringsNewRoutesTellsTheEdgesTasksToStop() throws IOException {
    Histories run =
        of("edge: {update: {order: stop-first, parallelism: 1}}")
            .event(Event.Happened.nodeLost(Histories.ZERO + 2_000, "workerN1"));
    String update = "edge.update: order stop-first, parallelism 1";
    String kill = "during: kill workerN1";

    assertThat(edgeGone(run, TaskSample.of("", 0).told(1_000))).isEqualTo(update);
    assertThat(edgeGone(run, TaskSample.of("", 0).told(1_999).lost(2_000))).isEqualTo(update);
    assertThat(edgeGone(run, TaskSample.of("", 0).told(2_000).lost(2_000))).isEqualTo(kill);
    assertThat(edgeGone(run, TaskSample.of("", 0).told(5_000).lost(2_000))).isEqualTo(kill);
    assertThat(edgeGone(of(""), TaskSample.of("", 0).told(1_000)))
        .as("a reload brings them, and tells nobody to stop")
        .isEmpty();
  }
}
