package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.rollout.Rollouts;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.Scenario;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader refuses what a strategy does not declare: so what it does must be declared. */
class DeclaredCourseTest {
  private static final Set<String> OF_EVERY_RUN = Set.of("SETUP", "WARM_UP", "TEARDOWN");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategy: baseline\nbaseline: {hold: 2s}",
        "strategy: rolling\nrolling: {hold: 1s, update: {delay: 1s}, rollback: {delay: 1s}}",
        "strategy: blue-green\nblueGreen: {keepBlue: 1s}",
        "strategy: canary\n"
            + "canary: {steps: [{canary: 20, hold: 2s}, {canary: 100, hold: 2s}], abortAfter: 1}",
        "strategy: canary-ip\ncanaryIp: {hold: 2s}",
        "strategy: recreate\nrecreate: {hold: 1s}",
        "strategy: shadow\nshadow: {copyFor: 2s}",
        "strategy: ab-header\nabHeader: {hold: 2s}",
        "strategy: ab-cookie\nabCookie: {hold: 2s}",
        "strategy: toy-swap"
      })
  void aStrategyHasThePhasesAndServicesThatItDeclares(String lines) {
    TwinRun run =
        TwinRun.of(
            folder,
            lines,
            "app: {replicas: 2}",
            "load: {ratePerSecond: 5, warmUp: 1s, coolDown: 1s}");
    Scenario scenario = run.history().manifest().scenario();

    assertThat(run.history().events(Event.PhaseStarted.class))
        .extracting(phase -> phase.phase().name())
        .filteredOn(phase -> !OF_EVERY_RUN.contains(phase))
        .hasSameElementsAs(
            new Rollouts()
                .phases(scenario).orElseThrow().stream()
                    .map(Happening.Phase::name)
                    .collect(Collectors.toSet()));
    assertThat(run.tasks())
        .extracting(Event.TaskChange::service)
        .hasSameElementsAs(scenario.services());
  }
}
