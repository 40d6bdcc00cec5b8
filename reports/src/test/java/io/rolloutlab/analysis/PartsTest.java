package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Strategy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What analyses are made of: parts that are asked for, and what was done, on the time axis. */
class PartsTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING).phase(0, PhaseKind.ROLLOUT).ok(1, 100, 5, "v1");

  /** It asks for its own part. */
  private static final class Circular implements HistoryAnalysis<String> {
    @Override
    public String key() {
      return "circular";
    }

    @Override
    public String words() {
      return "circles";
    }

    @Override
    public Class<?> type() {
      return String.class;
    }

    @Override
    public String of(Inquiry run) {
      return run.part(String.class).orThrow();
    }
  }

  @Test
  void aPartThatNobodyMakesIsUnknown() {
    assertThat(new Inquiry(history.build(), List.of()).part(String.class))
        .isEqualTo(Part.unknown("no analysis makes String"));
  }

  @Test
  void aPartThatNeedsItselfIsUnknown() {
    assertThat(new Inquiry(history.build(), List.of(new Circular())).part(String.class))
        .isEqualTo(Part.unknown("String needs itself to be found out"));
  }

  @Test
  void whatAnAnalysisThrowsIsTheCauseThatItsPartIsUnknown() {
    assertThat(
            Part.of(
                () -> {
                  throw new IOException("the disk is gone");
                }))
        .isEqualTo(Part.unknown("java.io.IOException: the disk is gone"));
  }

  @Test
  void onlyAPassAndARunThatExpectsNothingAreFine() {
    assertThat(Verdict.values())
        .filteredOn(Verdict::isFine)
        .containsExactly(Verdict.PASS, Verdict.NOTHING_EXPECTED);
    assertThat(Verdict.NOTHING_EXPECTED.inWords()).isEqualTo("NOTHING EXPECTED");
  }

  @Test
  void whatWasDoneStandsOnTheTimeAxis() {
    long zero = Histories.ZERO;
    history
        .event(new Event.Step(zero + 1000, "update", List.of("docker service update"), ""))
        .event(new Event.UpdateChange(zero + 2000, "pyapp", "updating", "in progress"))
        .event(new Event.Fault(zero + 3000, "task failed", "exit 1", false))
        .routes(4000, 4100, new Event.Route("pyapp", "v1", 100, List.of()));

    Journal journal = Analysis.analyse(history.build()).journal();

    assertThat(journal.steps())
        .containsExactly(new Journal.Step(1000, "update", List.of("docker service update"), ""));
    assertThat(journal.updateStates())
        .containsExactly(new Journal.UpdateState(2000, "pyapp", "updating", "in progress"));
    assertThat(journal.faults()).containsExactly(new Journal.Fault(3000, "task failed", "exit 1"));
    assertThat(journal.edgeChanges())
        .extracting(
            Journal.EdgeChange::atMillis,
            Journal.EdgeChange::doneAtMillis,
            Journal.EdgeChange::reloadMillis)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(4000L, 4100L, 100L));
  }
}
