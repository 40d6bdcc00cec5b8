package io.rolloutlab.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The limits beyond which two runs are told apart: at the limit they are not. */
class ApartTest {
  private static final Evidence SOME = run("some", "rolling", "1122");
  private static final Evidence OTHER = run("other", "rolling", "1122");

  private static Evidence run(String id, String strategy, String second) {
    String text = "name: %s\nquestion: Why?\nstrategy: %s\n".formatted(id, strategy);
    Scenario scenario =
        ScenarioReader.YAML
            .read(Path.of("toy.yaml"), text.getBytes(StandardCharsets.UTF_8))
            .value();
    return SampleFindings.answers(id, Manifest.Origin.LIVE, scenario, second).evidence();
  }

  private static Evidence baseline(String id, String second) {
    return run(id, "baseline", second);
  }

  /** A number that runs have by their ids; none where it is not listed. */
  private static Function<Evidence, OptionalDouble> numbers(Map<String, Double> byRun) {
    return run ->
        Optional.ofNullable(byRun.get(run.manifest().runId())).stream()
            .mapToDouble(Double::doubleValue)
            .findFirst();
  }

  private static boolean told(Apart apart, Evidence... peers) {
    boolean told = apart.test().told(SOME, OTHER, List.of(peers));
    assertThat(apart.test().told(OTHER, SOME, List.of(peers)))
        .as("which of the two comes first says nothing")
        .isEqualTo(told);
    return told;
  }

  private static boolean outages(double some, double other, Evidence... peers) {
    return told(Apart.outages(numbers(Map.of("some", some, "other", other, "calm", 3.0))), peers);
  }

  private static boolean times(double some, double other) {
    return told(Apart.times(numbers(Map.of("some", some, "other", other))));
  }

  private static boolean latencies(double some, double other, Evidence... peers) {
    return told(
        Apart.latencies(numbers(Map.of("some", some, "other", other)), Percentiles::p50Millis),
        peers);
  }

  private static boolean ratios(double some, double other, double calm) {
    return told(
        Apart.ratios(numbers(Map.of("some", some, "other", other, "calm", calm))),
        baseline("calm", "1111"));
  }

  private static boolean amounts(double some, double other, double calm) {
    return told(
        Apart.amounts(numbers(Map.of("some", some, "other", other, "calm", calm))),
        baseline("calm", "1111"));
  }

  @Test
  void countsAreAlwaysToldApart() {
    assertThat(told(Apart.counted())).isTrue();
  }

  @Test
  void sharesAreToldApartWhereTheirIntervalsDoNotOverlap() {
    assertThat(shares(Share.of(10, 100), Share.of(40, 100))).isTrue();
    assertThat(shares(Share.of(10, 100), Share.of(15, 100))).isFalse();
    assertThat(shares(Share.counted(10, 100), Share.counted(15, 100)))
        .as("another run would have counted others")
        .isFalse();
    assertThat(shares(Share.counted(10, 100), Share.counted(40, 100))).isTrue();
    assertThat(shares(Share.of(10, 100), null)).isFalse();
  }

  private static boolean shares(Share some, Share other) {
    return told(
        Apart.shares(
            run -> Optional.ofNullable(run.manifest().runId().equals("some") ? some : other)));
  }

  @Test
  void outagesDifferByMoreThanASecond() {
    assertThat(outages(5, 6)).isFalse();
    assertThat(outages(5, 6.25)).isTrue();
  }

  @Test
  void outagesDifferByMoreThanTheBaselinesOwn() {
    assertThat(outages(5, 8, baseline("calm", "1111"))).isFalse();
    assertThat(outages(5, 8.25, baseline("calm", "1111"))).isTrue();
    assertThat(outages(5, 8, run("calm", "rolling", "1122"))).as("it is no baseline").isTrue();
  }

  @Test
  void timesDifferByMoreThanASecond() {
    assertThat(times(2, 3)).isFalse();
    assertThat(times(2, 3.25)).isTrue();
  }

  @Test
  void timesDifferByMoreThanAFifthOfTheLongerOne() {
    assertThat(times(8, 10)).isFalse();
    assertThat(times(8.5, 10)).isFalse();
    assertThat(times(7.75, 10)).isTrue();
  }

  @Test
  void aTimeThatOneOfThemDoesNotHaveTellsNothing() {
    Function<Evidence, OptionalDouble> one = numbers(Map.of("some", 5.0));
    Evidence calm = baseline("calm", "1111");
    Evidence calmToo = baseline("calm-too", "1111");

    assertThat(told(Apart.outages(one))).isFalse();
    assertThat(told(Apart.times(one))).isFalse();
    assertThat(told(Apart.latencies(one, Percentiles::p50Millis), calm, calmToo)).isFalse();
    assertThat(told(Apart.ratios(numbers(Map.of("some", 5.0, "calm", 1.0))), calm)).isFalse();
    assertThat(told(Apart.amounts(numbers(Map.of("some", 5.0, "calm", 0.0))), calm)).isFalse();
  }

  /** The baselines' medians are 5 and 300 ms. */
  @Test
  void latenciesAreToldApartBeyondTheRatioOfTheCalmTimes() {
    Evidence quick = baseline("quick", "1111");
    Evidence slow = baseline("slow", "ssss");

    assertThat(latencies(10, 600, quick, slow)).isFalse();
    assertThat(latencies(10, 601, quick, slow)).isTrue();
  }

  @Test
  void oneCalmTimeDoesNotShowHowFarLatenciesScatter() {
    assertThat(latencies(10, 600, baseline("quick", "1111"))).isFalse();
    assertThat(latencies(10, 600)).isFalse();
  }

  @Test
  void aMillisecondTellsNoLatenciesApart() {
    Evidence[] equal = {baseline("quick", "1111"), baseline("quick-too", "1111")};

    assertThat(latencies(10, 11, equal)).isFalse();
    assertThat(latencies(10, 12, equal)).isTrue();
  }

  @Test
  void ratiosDifferByMoreThanTheBaselineFromOne() {
    assertThat(ratios(2, 2.5, 1.5)).isFalse();
    assertThat(ratios(2, 2.75, 1.5)).isTrue();
    assertThat(ratios(2, 2.5, 0.5)).as("below 1 is as far from it").isFalse();
    assertThat(ratios(2, 2.75, 0.5)).isTrue();
  }

  @Test
  void amountsDifferByMoreThanTheBaselineFromNothing() {
    assertThat(amounts(1, 1.5, 0.5)).isFalse();
    assertThat(amounts(1, 1.75, 0.5)).isTrue();
    assertThat(amounts(1, 1.75, -0.5)).isTrue();
    assertThat(amounts(1, 1.5, -0.5)).isFalse();
  }

  @Test
  void amountsDifferByMoreThanAFifthOfTheLargerOne() {
    assertThat(amounts(8, 10, 0.5)).isFalse();
    assertThat(amounts(7.75, 10, 0.5)).isTrue();
    assertThat(amounts(-8, -10, 0.5)).as("less than in the warm-up").isFalse();
    assertThat(amounts(-7.75, -10, 0.5)).isTrue();
  }

  @Test
  void withoutABaselineNeitherRatiosNorAmountsAreTold() {
    Function<Evidence, OptionalDouble> far = numbers(Map.of("some", 1.0, "other", 100.0));

    assertThat(told(Apart.ratios(far))).isFalse();
    assertThat(told(Apart.amounts(far))).isFalse();
    assertThat(told(Apart.NEVER)).isFalse();
  }
}
