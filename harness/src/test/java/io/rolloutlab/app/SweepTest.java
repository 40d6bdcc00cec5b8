package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.scenario.read.SweepReader;
import io.rolloutlab.sweep.SweepRun;
import io.rolloutlab.trial.Commit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SMALL =
      """
      name: small
      question: Which parallelism for 4 replicas?
      seeds: 2
      scenario:
        app: {healthCheck: {interval: 1s, retries: 30}}
        load: {ratePerSecond: 20, warmUp: 3s, coolDown: 3s}
        rolling: {hold: 2s}
      vary: {parallelism: [1, 0], delay: [0s, 5s], order: [stop-first, start-first], startUp: [3s]}
      """;

  @TempDir Path folder;

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("sweep.yaml"), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private LabRuns.Call sweep(String text, Path into) {
    return LabRuns.call("sweep", file(text).toString(), "--into", into.toString());
  }

  private static Path results(Path into) {
    return into.resolve("twin/sweep/small");
  }

  @Test
  void aSweepFileBecomesAnAnswerAPageAndATableForPrograms() throws IOException {
    LabRuns.Call call = sweep(SMALL, folder.resolve("lab"));

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output())
        .contains("small: 16 simulated runs", "16 of 16 runs", "SIMULATED: no Docker was used")
        .contains("4 replicas that take 3 s to start, 20 requests/s:")
        .contains("Fastest in which no request failed:\n    start-first, parallelism 0 (all)");
    assertThat(Files.readString(results(folder.resolve("lab")).resolve("index.html")))
        .contains("Simulated: no Docker was used", "start-first, parallelism 0 (all), delay 0s");
    assertThat(results(folder.resolve("lab")).resolve("runs")).doesNotExist();
  }

  /** What Swarm's rules say without a simulation. */
  @Test
  void theNumbersAreThoseOfSwarmsArithmetic() throws IOException {
    sweep(SMALL, folder.resolve("lab"));
    List<String> lines = Files.readAllLines(results(folder.resolve("lab")).resolve("sweep.csv"));

    // Each slot waits for the 3 s of start-up at least; delays lie between slots.
    double oneByOne = number(lines, "stop-first,1,0,", "seconds");
    double withDelay = number(lines, "stop-first,1,5,", "seconds");
    double allAtOnce = number(lines, "stop-first,0,0,", "seconds");
    assertThat(oneByOne).isGreaterThan(4 * (2 + 3)).isLessThan(4 * 12);
    assertThat(withDelay - oneByOne).isBetween(3 * 5 - 3.0, 3 * 5 + 3.0);
    assertThat(allAtOnce).isGreaterThan(2 + 3).isLessThan(12);
    assertThat(number(lines, "stop-first,0,0,", "leastTasks")).isZero();
    assertThat(number(lines, "stop-first,0,0,", "failedRequests")).isPositive();
    assertThat(number(lines, "stop-first,1,0,", "extraTasks")).isZero();
    assertThat(number(lines, "start-first,0,0,", "extraTasks")).isEqualTo(4);
    assertThat(number(lines, "start-first,0,0,", "failedRequests")).isZero();
  }

  private static double number(List<String> lines, String setting, String column) {
    int at = Arrays.asList(lines.get(0).split(",")).indexOf(column);
    return lines.stream()
        .filter(line -> line.contains("," + setting))
        .map(line -> Double.parseDouble(line.split(",")[at]))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSameSweepGivesTheSameBytes() throws IOException {
    sweep(SMALL, folder.resolve("one"));
    sweep(SMALL, folder.resolve("other"));

    for (String name : List.of("index.html", "sweep.csv")) {
      assertThat(results(folder.resolve("one")).resolve(name))
          .hasSameTextualContentAs(results(folder.resolve("other")).resolve(name));
    }
  }

  @Test
  void machinesOfTheirOwnStartFasterThanOneSharedMachine() throws IOException {
    // Users are served when the first task is there, the update is completed with the last.
    String manyAtOnce =
        SMALL
            .replace("parallelism: [1, 0]", "parallelism: [0]")
            .replace("app: {", "app: {replicas: 12, ");
    sweep(manyAtOnce, folder.resolve("own"));
    sweep(manyAtOnce + "machines: shared\n", folder.resolve("shared"));

    double own =
        number(
            Files.readAllLines(results(folder.resolve("own")).resolve("sweep.csv")),
            "stop-first,0,0,",
            "completedSeconds");
    double shared =
        number(
            Files.readAllLines(results(folder.resolve("shared")).resolve("sweep.csv")),
            "stop-first,0,0,",
            "completedSeconds");
    assertThat(own).isLessThan(shared);
    assertThat(results(folder.resolve("shared")).resolve("index.html"))
        .content()
        .contains("All nodes share the cores of one machine");
  }

  @Test
  void whereNoUpdateCanEndThereIsNoAnswerAndTheReasonIsNamed() {
    LabRuns.Call call =
        sweep(SMALL.replace("{hold: 2s}", "{hold: 2s, limit: 1s}"), folder.resolve("lab"));

    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output())
        .contains("no setting came to its end")
        .contains("v2 never served everybody: the update: never ended within its limit");
  }

  @Test
  void badInputGetsASentence() {
    LabRuns.Call unknown = sweep(SMALL.replace("delay:", "delays:"), folder);
    assertThat(unknown.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(unknown.output())
        .startsWith(folder.resolve("sweep.yaml") + ":8: vary.delays: unknown key")
        .doesNotContain("\tat ");

    LabRuns.Call none = LabRuns.call("sweep", folder.resolve("none.yaml").toString());
    assertThat(none.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(none.output()).contains("none.yaml: there is no such sweep file");

    LabRuns.Call scenario = LabRuns.call("sweep", "../scenarios/rolling.yaml");
    assertThat(scenario.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(scenario.output()).contains("rolling.yaml:1: scenario: is missing");
  }

  @Test
  void whoStopsASweepGetsNoPartOfIt() {
    AtomicInteger done = new AtomicInteger();
    SimulatedRuns<SweepRun> runs =
        SweepCommand.runs(
            new SweepReader().read(file(SMALL)),
            Calibrated.DELIVERED.settings(),
            new Commit("test", false),
            folder.resolve("runs"),
            () -> done.get() >= 3);

    assertThat(runs.run(requests -> done.incrementAndGet())).isEmpty();

    assertThat(done).hasValue(3);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aTermSignalEndsItWithoutAPage() throws Exception {
    Path output = folder.resolve("output");
    Process lab = LabRuns.fork(output, longSweep());

    awaitRuns(lab, output);
    lab.destroy();

    stopsInOrder(lab, output);
  }

  @Test
  void ctrlCAtATerminalEndsItWithoutAPage() throws Exception {
    Path output = folder.resolve("output");
    Process lab = LabRuns.forkAtTerminal(output, longSweep());

    awaitRuns(lab, output);
    lab.getOutputStream().write(3);
    lab.getOutputStream().flush();

    stopsInOrder(lab, output);
  }

  /** The project's own, which takes a minute. */
  private String[] longSweep() {
    return new String[] {"sweep", "--into", folder.resolve("lab").toString()};
  }

  private static void awaitRuns(Process lab, Path output) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(output) || !Files.readString(output).contains("k requests")) {
      assertThat(lab.isAlive()).isTrue();
      assertThat(System.nanoTime()).as("it has not begun in time").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private void stopsInOrder(Process lab, Path output) throws Exception {
    assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(lab.exitValue()).isNotZero();
    assertThat(Files.readString(output))
        .contains("stopping", "no page is written, since a part of a sweep is no answer")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("lab/twin/sweep/fifty-replicas/index.html")).doesNotExist();
    assertThat(folder.resolve("lab/twin/sweep/fifty-replicas/runs")).doesNotExist();
  }
}
