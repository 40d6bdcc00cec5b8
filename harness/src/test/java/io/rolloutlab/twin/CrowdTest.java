package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What starts and what is probed takes the cores from requests, seen from outside. */
class CrowdTest {
  private static final double WAIT_MILLIS = 300;

  /** The longest that anything else lets a request wait in these runs. */
  private static final int STALLED_MILLIS = 40;

  @TempDir Path folder;

  private TwinRun run(double waitMillis, String... lines) {
    return TwinRun.of(
        folder.resolve("%s-%s".formatted(waitMillis, String.join(" ", lines).hashCode())),
        TwinSettingsWith.crowdWait(waitMillis),
        lines);
  }

  private TwinRun blueGreen(double waitMillis) {
    return run(
        waitMillis,
        "strategy: blue-green",
        "load: {warmUp: 2s, coolDown: 1s}",
        "blueGreen: {keepBlue: 1s}");
  }

  private TwinRun checkedEvery(int seconds) {
    return run(
        WAIT_MILLIS,
        "strategy: baseline",
        "app: {replicas: 6, healthCheck: {interval: %ss}}".formatted(seconds),
        "baseline: {hold: 20s}",
        "load: {warmUp: 2s, coolDown: 1s}");
  }

  private static List<Request> slow(TwinRun run) {
    return run.history().requests().stream()
        .filter(request -> request.latencyMillis() > STALLED_MILLIS)
        .toList();
  }

  /** Green's four tasks start together, each a job beyond the first that the cores carry. */
  @Test
  void requestsWaitWhileContainersStart() {
    TwinRun run = blueGreen(WAIT_MILLIS);
    long rollout =
        run.history()
            .events(Event.PhaseStarted.class)
            .filter(phase -> phase.phase() == PhaseKind.ROLLOUT)
            .findFirst()
            .orElseThrow()
            .atMillis();

    assertThat(slow(blueGreen(0))).isEmpty();
    assertThat(slow(run)).hasSizeGreaterThan(20);
    assertThat(slow(run)).allMatch(request -> request.actualAtMillis() >= rollout);
    // Of exponential waits of two means, one in five is longer than three.
    assertThat(slow(run)).anyMatch(request -> request.latencyMillis() > 3 * WAIT_MILLIS);
  }

  /** Long before any rollout. */
  @Test
  void healthChecksTakeTheCoresForAsLongAsTheirTasksRun() {
    int seldom = slow(checkedEvery(10)).size();
    int often = slow(checkedEvery(1)).size();

    assertThat(seldom).isPositive();
    assertThat(often).isGreaterThan(3 * seldom);
  }
}
