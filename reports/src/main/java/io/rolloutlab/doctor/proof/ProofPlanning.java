package io.rolloutlab.doctor.proof;

import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Doctor;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedService;
import io.rolloutlab.stack.asked.Asking;
import io.rolloutlab.stack.read.InvalidStackException;
import io.rolloutlab.stack.read.StackChange;
import io.rolloutlab.stack.read.StackReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes two questions to the lab of each finding: the service as it is, and with the change. */
public final class ProofPlanning {
  static final String BY_SOURCES =
      "no run of the lab shows it: it rests on what the file says and on its sources";

  static final String NO_DIFFERENCE = "the change makes no difference to what the lab can run";

  /** So long a bad v2 is left alone: that is as fast as a person notices and acts. */
  private static final Duration NOBODY_ACTS = Duration.ofMinutes(1);

  private static final int MOST_REQUESTS = 20_000;
  private static final double USUAL_RATE = 40;
  private static final double LEAST_RATE = 5;

  private final Doctor doctor;
  private final StackReader reader;

  /**
   * @param reader that has read what is planned for
   */
  public ProofPlanning(Doctor doctor, StackReader reader) {
    this.doctor = doctor;
    this.reader = reader;
  }

  /**
   * A plan for each finding, in their order.
   *
   * @param files which the diagnosis is of
   */
  public List<ProofPlan> plans(Diagnosis diagnosis, List<Path> files) {
    return diagnosis.findings().stream()
        .map(finding -> plan(finding, diagnosis.stack(), files))
        .toList();
  }

  private ProofPlan plan(Finding finding, Stack stack, List<Path> files) {
    Optional<Remedy> remedy = doctor.remedy(finding, stack);
    Optional<Demonstration> run = remedy.flatMap(Remedy::shownBy);
    if (run.isEmpty()) {
      return ProofPlan.none(finding, remedy, BY_SOURCES);
    }
    try {
      StackChange change = new StackChange(finding.service(), remedy.get().byKey());
      Stack changed = reader.changed(files, change);
      return plan(
          finding,
          remedy.get(),
          stack.service(finding.service()).orElseThrow(),
          changed.service(finding.service()).orElseThrow(),
          run.get());
    } catch (InvalidStackException impossible) {
      return ProofPlan.none(finding, remedy, unchangeable(impossible));
    } catch (InvalidScenarioException impossible) {
      return ProofPlan.none(finding, remedy, unaskable(impossible));
    }
  }

  /** Why a change cannot be tried. */
  static String unchangeable(InvalidStackException why) {
    return "the change cannot be made in this file (%s)".formatted(why.getMessage());
  }

  /** Why a service cannot be asked so that it shows. */
  static String unaskable(InvalidScenarioException why) {
    return "the lab cannot run this service so that it shows (%s)".formatted(why.getMessage());
  }

  private static ProofPlan plan(
      Finding finding, Remedy remedy, StackService before, StackService after, Demonstration run) {
    Asking asking = asking(before, run);
    double rate =
        Math.min(rate(asked(before, asking).scenario()), rate(asked(after, asking).scenario()));
    AskedService one = asked(before, asking.atRate(rate));
    AskedService other = asked(after, asking.atRate(rate));
    if (one.scenario().equals(other.scenario())) {
      return ProofPlan.none(finding, Optional.of(remedy), NO_DIFFERENCE);
    }
    List<StackNote> notes = one.notes();
    return new ProofPlan(
        finding, Optional.of(remedy), List.of(one.scenario(), other.scenario()), "", notes);
  }

  private static AskedService asked(StackService service, Asking asking) {
    return AskedService.of(service, asking);
  }

  /** What is asked of a service so that it shows. */
  static Asking asking(StackService service, Demonstration run) {
    Asking asking = Asking.update(service.name());
    Asking there = run.crowded() ? asking.onFewNodes() : asking;
    Asking its = run.back() ? there.andBack() : there;
    return run.fault().map(fault -> its.withFault(fault, NOBODY_ACTS)).orElse(its);
  }

  /** Fewer a second where it lasts long, so that no run has more than a file of requests. */
  private static double rate(Scenario scenario) {
    double seconds = Math.max(1, scenario.settings().expected(scenario, Pace.USUAL).toSeconds());
    return Math.max(LEAST_RATE, Math.min(USUAL_RATE, Math.floor(MOST_REQUESTS / seconds)));
  }
}
