package io.rolloutlab.doctor.proof;

import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.stack.StackNote;
import java.util.List;
import java.util.Optional;

/**
 * How a finding is to be shown.
 *
 * @param remedy the change that it speaks of; empty where the file alone does not tell one
 * @param scenarios the service as it is, and with the change; none where no run can show it
 * @param whyNot why there are none, a sentence without its full stop; empty where there are two
 * @param notes what of the service is not in its scenarios
 */
public record ProofPlan(
    Finding finding,
    Optional<Remedy> remedy,
    List<Scenario> scenarios,
    String whyNot,
    List<StackNote> notes) {
  public ProofPlan {
    scenarios = List.copyOf(scenarios);
    notes = List.copyOf(notes);
  }

  /** One that no run can show. */
  static ProofPlan none(Finding finding, Optional<Remedy> remedy, String why) {
    return new ProofPlan(finding, remedy, List.of(), why, List.of());
  }

  /** The change, for people; empty where the file alone does not tell one. */
  String change() {
    return remedy.map(Remedy::print).orElse("");
  }

  /**
   * The run that shows it.
   *
   * @throws java.util.NoSuchElementException where none does
   */
  Demonstration run() {
    return remedy.flatMap(Remedy::shownBy).orElseThrow();
  }

  /** Whether runs can show it. */
  public boolean isRun() {
    return !scenarios.isEmpty();
  }
}
