package io.rolloutlab.app;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.console.ProgressLine;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.doctor.proof.ProofPlan;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.twin.model.TwinSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import me.tongfei.progressbar.ProgressBar;

/** Makes the simulated runs that show what the doctor says, one finding after the other. */
final class DoctorProofs {
  /** Four of each can tell two sides apart; one more shows a run that is unlike the others. */
  private static final int SEEDS = 5;

  private static final int THOUSAND = 1000;

  private final Commit commit;
  private final Path folder;
  private final BooleanSupplier stopped;
  private final TwinSettings settings;

  /**
   * @param settings of the twin; each node has a machine of its own here, as in a Swarm of users
   * @param commit of the lab itself
   * @param folder for the histories, which go when their runs are analysed
   * @param stopped whether somebody asked to stop
   */
  DoctorProofs(TwinSettings settings, Commit commit, Path folder, BooleanSupplier stopped) {
    this.settings = settings.withNodesShareMachine(false);
    this.commit = commit;
    this.folder = folder;
    this.stopped = stopped;
  }

  /**
   * Makes all runs.
   *
   * @param out is told how far it is
   * @return a proof for each plan, in their order; empty when somebody asked to stop
   * @throws io.rolloutlab.history.HistoryException when a run cannot be recorded
   */
  Optional<List<Proof>> prove(List<ProofPlan> plans, PrintStream out) {
    List<ProofPlan> run = plans.stream().filter(ProofPlan::isRun).toList();
    ProgressLine line = new ProgressLine(out, System.console() != null);
    line.note(
        "%s of %s findings are shown by runs: %s simulated runs"
            .formatted(run.size(), plans.size(), run.size() * 2 * SEEDS));
    long all = run.stream().mapToLong(plan -> runs(plan).expectedRequests()).sum();
    List<Proof> proofs = new ArrayList<>();
    try (ProgressBar bar = line.bar().setInitialMax(all).setUnit("k requests", THOUSAND).build()) {
      int done = 0;
      for (ProofPlan plan : plans) {
        if (!plan.isRun()) {
          proofs.add(Proof.notRun(plan, Manifest.Origin.TWIN));
          continue;
        }
        Optional<List<List<Findings>>> made = runs(plan).run(bar::stepBy);
        if (made.isEmpty()) {
          return Optional.empty();
        }
        proofs.add(Proof.of(plan, made.get().get(0), made.get().get(1), List.of()));
        bar.setExtraMessage(" %s of %s findings".formatted(++done, run.size()));
      }
    }
    return Optional.of(proofs);
  }

  private SimulatedRuns<Findings> runs(ProofPlan plan) {
    return new SimulatedRuns<>(
        plan.scenarios(), SEEDS, settings, commit, folder, stopped, Function.identity());
  }
}
