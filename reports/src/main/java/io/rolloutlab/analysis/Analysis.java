package io.rolloutlab.analysis;

import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.analysis.verdict.Expecting;
import io.rolloutlab.analysis.verdict.Judgement;
import io.rolloutlab.analysis.verdict.LatencyDoubt;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Makes the findings of a run from its history. */
public final class Analysis {
  private Analysis() {}

  /**
   * Analyses a history: pure, deterministic, in time that grows with its size. A part that cannot
   * be analysed is unknown with its cause, and the others stay.
   */
  public static Findings analyse(History history) {
    Evidence evidence = Evidence.of(history, analyses());
    Optional<RunEnd> end =
        history
            .end()
            .map(
                e ->
                    new RunEnd(
                        e.atMillis() - evidence.timeline().zeroAtEpochMillis(),
                        e.end(),
                        e.cause()));
    List<LatencyDoubt> doubts = LatencyDoubt.of(evidence);
    List<ExpectationResult> expectations =
        Expecting.judge(evidence, Part.unknown(Findings.NO_BASELINE));
    Judgement judgement =
        Judgement.of(end, evidence, history.events(Event.Fault.class).toList(), expectations);
    return new Findings(evidence, end, doubts, expectations, judgement);
  }

  /** Those that the lab brings, then every other one that is found. */
  private static List<HistoryAnalysis<?>> analyses() {
    List<HistoryAnalysis<?>> all = new ArrayList<>(DeliveredAnalyses.ALL);
    for (HistoryAnalysis<?> one : ServiceLoader.load(HistoryAnalysis.class)) {
      all.add(one);
    }
    return all;
  }
}
