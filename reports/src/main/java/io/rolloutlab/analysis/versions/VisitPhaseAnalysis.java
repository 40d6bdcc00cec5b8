package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.analysis.run.RunTimeline;
import java.util.List;

/** Finds out how many of the visits that began in each phase broke. */
public final class VisitPhaseAnalysis implements HistoryAnalysis<List<PhaseVisits>> {
  @Override
  public String key() {
    return "visitsByPhase";
  }

  @Override
  public String words() {
    return "visits by the phase in which they began";
  }

  @Override
  public Class<?> type() {
    return PhaseVisits.class;
  }

  /** One a phase, in order; none where no page names assets. */
  @Override
  public List<PhaseVisits> of(Inquiry run) {
    if (!run.history().manifest().scenario().load().namesAssets()) {
      return List.of();
    }
    List<Visit> all = run.part(Visits.class).orThrow().all();
    return run.timeline().phases().stream().map(phase -> of(phase, all)).toList();
  }

  private static PhaseVisits of(RunTimeline.Phase phase, List<Visit> all) {
    List<Visit> its = all.stream().filter(one -> one.phase() == phase.index()).toList();
    int known = VisitAnalysis.known(its);
    int broken = VisitAnalysis.broken(its);
    return new PhaseVisits(phase.label(), known, broken, VisitAnalysis.percent(broken, known));
  }
}
