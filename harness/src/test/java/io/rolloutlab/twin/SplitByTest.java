package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.users.SplitBy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Canaries whose requests are not decided on each by itself. */
class SplitByTest {
  @TempDir Path folder;

  private TwinRun canary(String splitBy, String balancing) {
    return TwinRun.of(
        folder,
        "strategy: canary",
        "balancing: " + balancing,
        "canary: {splitBy: " + splitBy + "}",
        "load: {users: 600}",
        // Under vip a block of one server has no other to try.
        "expect: {stepsWithinInterval: true, errorShareAtMost: 0.005}");
  }

  private static VersionMix.Pass firstPass(TwinRun run) {
    return run.findings().versions().orThrow().passes().get(0);
  }

  private static List<CanaryStep> steps(TwinRun run) {
    return run.findings().canarySteps().orThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "user, dnsrr",
    "user, vip",
    "address, dnsrr",
    "address, vip",
    "cookie, dnsrr",
    "cookie, vip"
  })
  void whoHasSeenV2NeverSeesV1AgainWhileTheShareGrows(String splitBy, String balancing) {
    TwinRun run = canary(splitBy, balancing);

    assertThat(firstPass(run).sawV1Again().total()).isGreaterThan(100);
    assertThat(firstPass(run).sawV1Again().count()).isZero();
    assertThat(run.findings().reasons()).isEmpty();
    assertThat(run.findings().verdict()).isEqualTo(Verdict.PASS);
  }

  /** Each user is one draw, and some 380 of 600 are met in a step of 600 requests. */
  @Test
  void aStepIsJudgedByItsUsers() {
    CanaryStep first = steps(canary("user", "dnsrr")).get(0);

    assertThat(first.splitBy()).isEqualTo(SplitBy.USER);
    assertThat(first.v2().total()).isGreaterThan(500);
    assertThat(first.draws().total()).isBetween(340, 420);
    assertThat(first.draws().high() - first.draws().low())
        .isGreaterThan(first.v2().high() - first.v2().low());
  }

  @Test
  void whereEachRequestIsDecidedOnByItselfManyAreBackOnV1() {
    TwinRun run = canary("request", "dnsrr");

    assertThat(firstPass(run).sawV1Again().share()).isGreaterThan(0.2);
    assertThat(steps(run)).allMatch(step -> step.draws() == null);
    assertThat(run.history().events(Event.ShareHeld.class))
        .allMatch(held -> held.splitBy() == SplitBy.REQUEST);
  }

  /** Fifteen seconds are fifteen draws, whatever the number of requests. */
  @ParameterizedTest
  @ValueSource(strings = {"dnsrr", "vip"})
  void secondsGoOneWayEachAndAreTooFewToSay(String balancing) {
    TwinRun run = canary("second", balancing);

    CanaryStep half = steps(run).get(2);
    assertThat(half.draws().total()).isBetween(15, 17);
    assertThat(half.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(secondsWithBoth(run, half)).isEmpty();
    assertThat(run.findings().reasons()).hasSize(1);
    assertThat(run.findings().expectations().get(1).measured())
        .contains("had too few seconds to say");
    assertThat(firstPass(run).sawV1Again().count()).isPositive();
  }

  /** Of the edge's clock, by requests that are well within one. */
  private static Set<Long> secondsWithBoth(TwinRun run, CanaryStep step) {
    long zero = run.findings().timeline().zeroAtEpochMillis();
    Set<Long> ids =
        run.history().requests().stream()
            .filter(r -> r.actualAtMillis() - zero >= step.held().startMillis())
            .filter(r -> r.actualAtMillis() - zero < step.held().endMillis() - 100)
            .map(Request::id)
            .collect(Collectors.toSet());
    Set<Long> ofV1 = new HashSet<>();
    Set<Long> ofV2 = new HashSet<>();
    for (Hit hit : run.history().hits()) {
      long began = hit.atMillis() - hit.latencyMillis();
      if (ids.contains(hit.id()) && began % 1000 >= 5 && began % 1000 <= 995) {
        (hit.version().equals("v2") ? ofV2 : ofV1).add(began / 1000);
      }
    }
    assertThat(ofV1).isNotEmpty();
    assertThat(ofV2).isNotEmpty();
    ofV1.retainAll(ofV2);
    return ofV1;
  }
}
