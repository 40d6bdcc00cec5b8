package io.rolloutlab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedClaimsTest {
  private static final String MIXES = "rolling-mixes";

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
}
