package io.rolloutlab.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On which mode the runs of a report rest, and what that is to its claims. */
class BalancingModesTest {
  private static final Claim CLAIM =
      new Claim("k", "c", Claim.Holds.HOLDS, "", "m", "when", List.of("dnsrr", "vip"));

  private static Findings run(Histories history) {
    return Analysis.analyse(
        history
            .phase(0, PhaseKind.ROLLOUT)
            .ok(1, 100, 5, "v1")
            .end(10_000, Event.End.COMPLETED)
            .build());
  }

  private static Findings dnsrr() {
    return run(Histories.of(Strategy.ROLLING));
  }

  private static Findings vip() {
    return run(Histories.of(Strategy.ROLLING).vip());
  }

  private static BalancingModes of(Findings... runs) {
    return BalancingModes.of(Runs.of(List.of(runs)));
  }

  @Test
  void oneModeIsSaidAndTheOtherIsNotClaimed() {
    BalancingModes modes = of(dnsrr(), dnsrr());

    assertThat(modes.differ()).isFalse();
    assertThat(modes.ofRuns())
        .isEqualTo(
            "Both runs rest on balancing: dnsrr (the edge asks the tasks by their own addresses, and"
                + " chooses itself). What vip does to users was not looked at.");
    assertThat(modes.ofClaims())
        .isEqualTo("Each claim rests on runs with balancing: dnsrr; nothing is claimed of vip.");
    assertThat(modes.behind(CLAIM)).isEmpty();
  }

  @Test
  void oneRunIsSaidAsOne() {
    assertThat(of(vip()).ofRuns())
        .isEqualTo(
            "This run rests on balancing: vip (the edge asks one virtual address a service, behind"
                + " which the kernel chooses a task). What dnsrr does to users was not looked at.");
  }

  @Test
  void thatModesDifferIsSaidWithTheRunsOfEach() {
    BalancingModes modes = of(dnsrr(), vip(), dnsrr());

    assertThat(modes.differ()).isTrue();
    assertThat(modes.ofRuns())
        .startsWith(
            "These runs rest on different modes of balancing: vip in rolling-2; dnsrr in rolling,"
                + " rolling-3. A difference between two runs of different modes may be that of the"
                + " modes");
    assertThat(modes.ofClaims()).contains("where a run of one mode would be held against");
    assertThat(modes.behind(CLAIM)).isEqualTo("Balancing of its runs: dnsrr, vip.");
  }

  @Test
  void aRunThatReachedNoClusterIsSaidByItself() {
    Findings nowhere =
        SampleFindings.withoutCluster(
            "nowhere", dnsrr().manifest().scenario(), "the engine has no image");

    assertThat(of(dnsrr(), nowhere).ofRuns())
        .startsWith("rolling rests on balancing: dnsrr")
        .endsWith("Of rolling-2 it is not known: no cluster was reached.");
    assertThat(of(nowhere).ofRuns())
        .isEqualTo("No run reached a cluster, so none rests on a mode of balancing.");
    assertThat(of(nowhere).ofClaims()).isEmpty();
  }
}
