package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.way.Way;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.swarm.cluster.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The delivered scenarios of the mesh, and what virtual addresses show that names do not. */
class MeshTest {
  private static final String VIP = "vip";
  private static final String DNSRR = "dnsrr";

  @TempDir Path folder;

  /** A delivered scenario, with one way of balancing or the other. */
  private TwinRun run(String name, String balancing) {
    return run(name, balancing, 1);
  }

  private TwinRun run(String name, String balancing, int seed) {
    Path file = Engine.home().resolve("scenarios/mesh/%s.yaml".formatted(name));
    try {
      String text =
          Files.readString(file)
              .replace("balancing: vip", "seed: %s\nbalancing: %s".formatted(seed, balancing));
      String its = "%s-%s-%s".formatted(name, balancing, seed);
      Path copy = Files.writeString(folder.resolve(its + ".yaml"), text);
      return TwinRun.of(folder.resolve(its), new ScenarioReader().read(copy));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static double number(TwinRun run, String measure) {
    return Measures.find(measure).orElseThrow().value(run.findings().evidence()).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rolling",
        "blue-green",
        "canary",
        "kept-connections",
        "kept-without-retries",
        "drain"
      })
  void whatTheyExpectShowsOnTheTwin(String name) {
    TwinRun run = run(name, VIP);

    assertThat(run.findings().reasons()).isEmpty();
    assertThat(run.findings().verdict()).isEqualTo(Verdict.PASS);
  }

  /** Every task that took its place answered through the mesh: the app names its container. */
  @ParameterizedTest
  @ValueSource(strings = {"rolling", "blue-green", "canary"})
  void allReplicasAnswerThroughTheMesh(String name) {
    TwinRun run = run(name, VIP);

    Set<String> ran =
        run.tasks().stream()
            .filter(task -> task.state().equals("running"))
            .map(task -> task.task())
            .collect(Collectors.toSet());
    assertThat(run.findings().reconciliation().orThrow().tasks().tasks())
        .extracting(task -> task.task())
        .containsExactlyInAnyOrderElementsOf(ran);
  }

  /** moby#38841. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void overKeptConnectionsAStoppingTaskGoesOnAnsweringThoughItsSuccessorIsReady(int seed) {
    TwinRun virtual = run("kept-connections", VIP, seed);
    TwinRun named = run("kept-connections", DNSRR, seed);

    assertThat(number(virtual, "lastV1AnswerSeconds")).isGreaterThan(15);
    assertThat(number(named, "lastV1AnswerSeconds")).isLessThan(12);
    assertThat(answersAfterStop(virtual)).isGreaterThan(5 * (answersAfterStop(named) + 1));
    assertThat(virtual.failed()).isZero();
  }

  private static int answersAfterStop(TwinRun run) {
    return run.findings().part(Way.class).orThrow().stops().answersAfter();
  }

  /** moby#36638: weight 0 lets go of nobody; what waited behind the drain is sent again. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whatIsInHandWhenATaskIsToStopIsServedToItsEnd(int seed) {
    TwinRun run = run("drain", VIP, seed);

    assertThat(run.history().requests()).allMatch(request -> request.outcome() == Outcome.OK);
    assertThat(run.history().hits())
        .as("a kept connection is closed at the end of a drain, and the request sent again")
        .anyMatch(hit -> hit.upstreamStatus().equals("502, 200"));
  }

  /** Each new connection goes to the next one, whichever worker opens it. */
  @Test
  void oneBalancerServesAllWhoConnectOnANode() {
    TwinRun run =
        TwinRun.of(
            folder.resolve("even"),
            "strategy: baseline",
            "balancing: vip",
            "app: {replicas: 3}",
            "load: {newConnectionShare: 1}");

    assertThat(
            run.history().hits().stream()
                .collect(Collectors.groupingBy(Hit::replica, Collectors.counting()))
                .values()
                .stream()
                .mapToLong(count -> count)
                .summaryStatistics())
        .satisfies(
            counts -> {
              assertThat(counts.getCount()).isEqualTo(3);
              assertThat(counts.getMax() - counts.getMin()).isLessThanOrEqualTo(2);
            });
  }

  /** A POST is not sent again either, once it was sent. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void withoutRetriesAKeptConnectionToATaskThatEndsCostsAnAnswer(int seed) {
    TwinRun virtual = run("kept-without-retries", VIP, seed);
    TwinRun named = run("kept-without-retries", DNSRR, seed);

    assertThat(named.failed()).isZero();
    assertThat(virtual.failed()).isPositive();
    assertThat(virtual.history().requests())
        .filteredOn(request -> request.outcome() == Outcome.FAILED)
        .isNotEmpty()
        .extracting(Request::error)
        .containsOnly("http-502");
    assertThat(virtual.findings().part(Causes.class).orThrow().requests())
        .as("nobody knows whom the kernel had chosen, so no other cause may be claimed")
        .extracting(one -> one.cause())
        .containsAnyOf(Cause.CUT_OFF, Cause.UNKNOWN)
        .doesNotContain(Cause.CRASHED, Cause.OWN_ERROR);
  }
}
