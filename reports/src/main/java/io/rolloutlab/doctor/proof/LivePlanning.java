package io.rolloutlab.doctor.proof;

import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Doctor;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.fix.Fixing;
import io.rolloutlab.scenario.read.FileText;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.Asking;
import io.rolloutlab.stack.deploy.Cast;
import io.rolloutlab.stack.deploy.StackName;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.stack.edit.UncertainEditException;
import io.rolloutlab.stack.read.InvalidStackException;
import io.rolloutlab.stack.read.StackChange;
import io.rolloutlab.stack.read.StackReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes two rollouts of each finding that docker itself can deploy: the stack as its files have it,
 * and with the text that {@code --fix} would write for this finding alone. Where that text cannot
 * be written with certainty, and where several files are laid over each other, the change is laid
 * over them as one more file.
 */
public final class LivePlanning {
  private final Doctor doctor;
  private final StackReader reader;

  /**
   * @param reader that has read what is planned for
   */
  public LivePlanning(Doctor doctor, StackReader reader) {
    this.doctor = doctor;
    this.reader = reader;
  }

  /**
   * A plan for each finding, in their order.
   *
   * @param files which the diagnosis is of
   * @throws InvalidStackException when one of them cannot be used any more
   */
  public List<LivePlan> plans(Diagnosis diagnosis, List<Path> files) {
    SaidStack said = reader.readSaid(files);
    return diagnosis.findings().stream().map(finding -> plan(finding, said, files)).toList();
  }

  private LivePlan plan(Finding finding, SaidStack said, List<Path> files) {
    Optional<Remedy> remedy = doctor.remedy(finding, said.stack());
    Optional<Demonstration> run = remedy.flatMap(Remedy::shownBy);
    if (run.isEmpty()) {
      return none(finding, remedy, ProofPlanning.BY_SOURCES);
    }
    try {
      StackService service = said.stack().service(finding.service()).orElseThrow();
      Asking asking = ProofPlanning.asking(service, run.get());
      String name = StackName.of(files.get(0));
      StackRollout before = StackRollout.of(name, said, service.name(), asking, Cast.ALL_PLAYED);
      StackRollout after =
          StackRollout.of(
              name, changed(finding, remedy.get(), files), service.name(), asking, Cast.ALL_PLAYED);
      return before.isLike(after)
          ? none(finding, remedy, ProofPlanning.NO_DIFFERENCE)
          : LivePlan.of(asked(finding, remedy.get(), before, after), before, after);
    } catch (InvalidStackException impossible) {
      return none(finding, remedy, ProofPlanning.unchangeable(impossible));
    } catch (InvalidScenarioException impossible) {
      return none(finding, remedy, ProofPlanning.unaskable(impossible));
    }
  }

  private static LivePlan none(Finding finding, Optional<Remedy> remedy, String why) {
    return LivePlan.none(ProofPlan.none(finding, remedy, why));
  }

  /** What docker is given in place of the file's words stands in the record of each run. */
  private static ProofPlan asked(
      Finding finding, Remedy remedy, StackRollout before, StackRollout after) {
    return new ProofPlan(
        finding, Optional.of(remedy), List.of(before.scenario(), after.scenario()), "", List.of());
  }

  private SaidStack changed(Finding finding, Remedy remedy, List<Path> files) {
    Path file = files.get(0);
    if (files.size() == 1) {
      try {
        String text = FileText.decode(file, FileText.read(file, "stack"));
        return reader.readSaid(file, Fixing.changed(text, finding, remedy));
      } catch (UncertainEditException uncertain) {
        // An anchor shares it, or a variable decides it: it is laid over that.
      }
    }
    return reader.changedSaid(files, new StackChange(finding.service(), remedy.byKey()));
  }
}
