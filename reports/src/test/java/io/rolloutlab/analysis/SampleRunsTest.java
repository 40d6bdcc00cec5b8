package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleRunsTest {
  static List<Strategy> strategies() {
    return Strategy.OF_THE_EXERCISE;
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void theSameSeedGivesAnEqualHistory(Strategy strategy) {
    assertThat(SampleRuns.of(strategy, 7)).isEqualTo(SampleRuns.of(strategy, 7));
    assertThat(SampleRuns.of(strategy, 7)).isNotEqualTo(SampleRuns.of(strategy, 8));
    assertThat(SampleRuns.of(strategy, 7).requests()).hasSizeGreaterThan(1000);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void equalHistoriesGiveEqualFindings(Strategy strategy) {
    assertThat(Analysis.analyse(SampleRuns.of(strategy, 7)))
        .isEqualTo(Analysis.analyse(SampleRuns.of(strategy, 7)));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void nothingIsWrongWithARunWhateverItsSeed(Strategy strategy) {
    for (long seed = 1; seed <= 5; seed++) {
      Findings findings = Analysis.analyse(SampleRuns.of(strategy, seed));
      assertThat(findings.reasons()).as("seed %s", seed).isEmpty();
      assertThat(findings.verdict()).isEqualTo(Verdict.PASS);
      assertThat(findings.violations().orThrow()).isEmpty();
    }
  }
}
