package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import io.rolloutlab.twin.clock.Spread;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What starts and what is probed takes the cores from requests, seen from outside. */
class CrowdTest {
  private static final double WAIT_MILLIS = 300;

  /** The longest that anything else lets a request wait in these runs. */
  private static final int STALLED_MILLIS = 40;

  @TempDir Path folder;

  private TwinRun run(String folder, double waitMillis, String... lines) {
    return TwinRun.of(
        this.folder.resolve(folder),
        TwinSettingsWith.crowdWait(Spread.exactly(waitMillis)),
        lines);
  }

  private TwinRun blueGreen(double waitMillis) {
    return run(
        "blue-green-" + waitMillis,
        waitMillis,
        "strategy: blue-green",
        "load: {warmUp: 2s, coolDown: 1s}",
        "blueGreen: {keepBlue: 1s}");
  }

  private static List<Request> slow(TwinRun run) {
    return run.history().requests().stream()
        .filter(request -> request.latencyMillis() > STALLED_MILLIS)
        .toList();
  }

  /** Green's four tasks start together. */
  @Test
  void requestsWaitWhileMoreStartsThanTheCoresCarry() {
    TwinRun run = blueGreen(WAIT_MILLIS);
    long rollout =
        run.history()
            .events(Event.PhaseStarted.class)
            .filter(phase -> phase.phase() == PhaseKind.ROLLOUT)
            .findFirst()
            .orElseThrow()
            .atMillis();

    assertThat(slow(blueGreen(0))).isEmpty();
    assertThat(slow(run)).isNotEmpty();
    assertThat(slow(run)).allMatch(request -> request.actualAtMillis() >= rollout);
    // Four at a time on 1.35 cores: nearly two waits.
    assertThat(slow(run)).anyMatch(request -> request.latencyMillis() > 1.5 * WAIT_MILLIS);
  }

  @Test
  void oneThatStartsAtATimeTakesNothing() {
    TwinRun run =
        run(
            "rolling",
            WAIT_MILLIS,
            "strategy: rolling",
            "load: {warmUp: 2s, coolDown: 1s}",
            "rolling: {hold: 1s, update: {delay: 3s}}");

    assertThat(slow(run)).isEmpty();
  }

  /** Six tasks that are probed every second meet in their probes, long before any rollout. */
  @Test
  void healthChecksTakeTheCoresForAsLongAsTheirTasksRun() {
    long[] slow =
        IntStream.of(1, 4)
            .mapToLong(
                seconds ->
                    slow(run(
                            "checks-" + seconds,
                            WAIT_MILLIS,
                            "strategy: baseline",
                            "app: {replicas: 6, healthCheck: {interval: %ss}}".formatted(seconds),
                            "baseline: {hold: 20s}",
                            "load: {warmUp: 2s, coolDown: 1s}"))
                        .size())
            .toArray();

    assertThat(slow[1]).isPositive();
    assertThat(slow[0]).isGreaterThan(2 * slow[1]);
  }
}
