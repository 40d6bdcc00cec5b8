package io.rolloutlab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedClaimsTest {
  private static final String MIXES = "rolling-mixes";
  private static final String CALM = "1".repeat(25);

  @TempDir Path folder;

  private static Claim of(String key, List<Findings> runs) {
    return RepeatedClaims.of(runs).stream()
        .filter(claim -> claim.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void ofOneRunEachTheyAreJudgedAsEver() {
    List<Findings> runs = SampleFindings.all(1);

    assertThat(RepeatedClaims.of(runs)).isEqualTo(Claims.of(runs));
  }

  @Test
  void whatComesOutOfEveryRepeatHoldsAndIsTold() {
    List<Findings> runs = new ArrayList<>(SampleFindings.all(1));
    runs.addAll(SampleFindings.all(2));

    Claim claim = of(MIXES, runs);

    assertThat(claim.holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(claim.measured()).startsWith("The same comes out of all 2 repeats; the first: Both");
  }

  @Test
  void whatComesOutOtherwiseInOneIsUnknown() {
    List<Findings> runs = new ArrayList<>(SampleFindings.all(1));
    Findings rolling =
        runs.stream()
            .filter(run -> run.manifest().scenario().strategy().equals(Strategy.ROLLING))
            .findFirst()
            .orElseThrow();
    runs.add(
        SampleFindings.brokenOff(
            "broken", Manifest.Origin.LIVE, rolling.manifest().scenario(), "1111", "2222"));

    Claim claim = of(MIXES, runs);

    assertThat(claim.holds()).isEqualTo(Claim.Holds.UNKNOWN);
    assertThat(claim.measured()).startsWith("It holds in 1 of 2 repeats; the first: Both");
  }

  /** Runs of one strategy with two faults are no repeats of each other. */
  @Test
  void whatIsClaimedOfABadV2IsJudgedWithEveryFaultInEveryRepeat() throws IOException {
    List<Findings> runs = new ArrayList<>();
    for (int repeat = 0; repeat < 2; repeat++) {
      runs.add(calledBack("errors", "1x21"));
      runs.add(calledBack("crashes", repeat == 0 ? "1x21" : "1221"));
    }

    Claim claim = of("blue-green-rollback-bad", runs);

    assertThat(claim.holds()).isEqualTo(Claim.Holds.HOLDS);
    assertThat(claim.measured())
        .startsWith("The same comes out of all 2 repeats; the first: With the fault errors: v1 ")
        .contains(" With the fault crashes: v1 served everybody again 0.01 s after the order");
  }

  /**
   * A blue-green run whose order comes at second 2.
   *
   * @param then the requests of that second, as in {@link SampleFindings#answers}
   */
  private Findings calledBack(String fault, String then) throws IOException {
    String text =
        "{name: %s, question: q, strategy: blue-green, app: {v2: {fault: %s}}}"
            .formatted(fault, fault);
    Scenario bad = new ScenarioReader().read(Files.writeString(folder.resolve("x.yaml"), text));
    return SampleFindings.calledBack(bad, 1500, 2000, "1111", "1x21", then, CALM, CALM);
  }
}
