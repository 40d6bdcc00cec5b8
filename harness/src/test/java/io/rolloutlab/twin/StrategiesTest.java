package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Event.End;
import io.rolloutlab.scenario.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy with every way in which v2 can be bad. */
class StrategiesTest {
  private static final Map<String, List<String>> KNOBS =
      Map.ofEntries(
          Map.entry("none", List.of()),
          Map.entry("start delay", List.of("APP_START_DELAY_SECONDS: \"4\"")),
          Map.entry("errors", List.of("APP_ERROR_SHARE: \"0.2\"")),
          Map.entry("slow", List.of("APP_LATENCY_MILLIS: \"300\"")),
          Map.entry("crash", List.of("APP_CRASH_AFTER_SECONDS: \"3\"")),
          Map.entry("never healthy", List.of("APP_NEVER_HEALTHY: \"true\"")),
          Map.entry("memory", List.of("APP_MEMORY_GROWTH_MIB_PER_SECOND: \"10\"")),
          Map.entry("ignores SIGTERM", List.of("APP_IGNORE_SIGTERM: \"true\"")),
          Map.entry("stop delay", List.of("APP_STOP_DELAY_SECONDS: \"3\"")),
          Map.entry("no drain", List.of("APP_DRAIN_SECONDS: \"0\"", "APP_LATENCY_MILLIS: \"300\"")),
          Map.entry("bad knob", List.of("APP_SPEED: \"11\"")));

  /** With these v2 never comes to serve; a crash is caught by the rolling update's monitor only. */
  private static final Set<String> HOPELESS = Set.of("never healthy", "bad knob");

  private static final Strategy RECREATE = Strategy.of("recreate");
  private static final Strategy SHADOW = Strategy.of("shadow");

  @TempDir Path folder;

  static Stream<Arguments> all() {
    return Stream.concat(Strategy.OF_THE_EXERCISE.stream(), Stream.of(RECREATE, SHADOW))
        .flatMap(s -> KNOBS.keySet().stream().sorted().map(knob -> Arguments.of(s, knob)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("all")
  void isRecordedAndJudged(Strategy strategy, String knob) {
    TwinRun run = run(strategy, knob);

    assertThat(run.findings().reconciliation().known().orElseThrow().reasons()).isEmpty();
    assertThat(run.findings().damage()).isEmpty();
    assertThat(run.findings().violations().known().orElseThrow())
        .filteredOn(Violation::spoilsRun)
        .isEmpty();
    assertThat(run.findings().errors().known().orElseThrow().sinceRollout().total()).isPositive();
    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(End.COMPLETED);
    assertThat(run.history().events(Event.GivenUp.class))
        .hasSize(isGivenUp(strategy, knob) ? 1 : 0);
    boolean v2Fails =
        !Set.of(Strategy.BASELINE, Strategy.BLUE_GREEN, SHADOW).contains(strategy)
            && knob.equals("errors");
    boolean leavesNobody = strategy.equals(RECREATE);
    boolean mayFail =
        v2Fails || leavesNobody || Set.of("crash", "start delay", "no drain").contains(knob);
    if (!mayFail) {
      assertThat(run.failed()).isZero();
    }
    if (v2Fails || leavesNobody) {
      assertThat(run.failed()).isPositive();
    }
  }

  static Stream<String> changingRoutes() {
    return Stream.of(
        "baseline",
        "rolling",
        "recreate",
        "blue-green",
        "blue-green\nblueGreen: {mirrorFor: 2s}",
        "canary",
        "canary\ncanary: {steps: [{canary: 5}, {canary: 50}], abortAfter: 1}",
        "canary-ip",
        "ab-cookie",
        "ab-header",
        "shadow",
        "toy-swap");
  }

  /** What is expected of a run's length hangs on it; v1's own routes come before the load. */
  @ParameterizedTest
  @MethodSource("changingRoutes")
  void routesChangeAsOftenAsTheSettingsSay(String strategy) {
    TwinRun run = TwinRun.of(folder, "strategy: " + strategy, "load: {ratePerSecond: 5}");

    assertThat(run.end().end()).as(run.end().cause()).isEqualTo(End.COMPLETED);
    assertThat(run.history().events(Event.EdgeChange.class))
        .hasSize(1 + run.history().manifest().scenario().settings().routeChanges());
  }

  private static boolean isGivenUp(Strategy strategy, String knob) {
    // Whatever Swarm makes of its update is its own affair; a service that never runs is waited for
    // in vain.
    boolean secondService = !Set.of(Strategy.BASELINE, Strategy.ROLLING).contains(strategy);
    // The smoke test stands between errors and users.
    boolean caught =
        strategy.equals(Strategy.BLUE_GREEN) && knob.equals("errors") || HOPELESS.contains(knob);
    return secondService && caught;
  }

  private TwinRun run(Strategy strategy, String knob) {
    List<String> lines =
        new ArrayList<>(List.of("strategy: " + strategy.fileName(), "load: {ratePerSecond: 20}"));
    lines.add("app:");
    if (HOPELESS.contains(knob)) {
      lines.add("  healthCheck: {interval: 1s}");
    }
    lines.add("  replicas: 3");
    if (!KNOBS.get(knob).isEmpty()) {
      lines.add("  v2:");
      if (knob.equals("bad knob")) {
        // The reader refuses it for the lab's own image.
        lines.add("    image: mine");
      }
      lines.add("    env:");
      KNOBS.get(knob).forEach(line -> lines.add("      " + line));
    }
    return TwinRun.of(folder, lines.toArray(String[]::new));
  }
}
