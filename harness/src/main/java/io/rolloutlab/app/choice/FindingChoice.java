package io.rolloutlab.app.choice;

import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.testbed.StepFailedException;
import java.util.List;
import picocli.CommandLine.Option;

/** Which findings of the doctor are told, shown and fixed; all unless said otherwise. */
public final class FindingChoice {
  @Option(
      names = "--only",
      split = ",",
      paramLabel = "RULE",
      description =
          "Takes the findings of these rules only, by the names that stand in each finding;"
              + " 'rollback*' names several.")
  private List<String> only = List.of();

  @Option(
      names = "--service",
      split = ",",
      paramLabel = "NAME",
      description = "Takes the findings about these services only, by their keys in the file.")
  private List<String> services = List.of();

  /**
   * Lets rules pass that there are.
   *
   * @param rules names of all
   * @throws StepFailedException when a name, or a pattern of names, is of none of them
   */
  public void checkRules(List<String> rules) {
    rules().check("rule", rules);
  }

  /**
   * Lets services pass that there are.
   *
   * @param all names of those of all stacks
   * @throws StepFailedException when a name is of none of them
   */
  public void checkServices(List<String> all) {
    for (String name : services) {
      if (!all.contains(name)) {
        throw new StepFailedException(
            "--service %s: there is no such service; known are %s"
                .formatted(name, String.join(", ", all)));
      }
    }
  }

  /** The same with those findings alone that are chosen. */
  public Diagnosis of(Diagnosis diagnosis) {
    return new Diagnosis(
        diagnosis.stack(), diagnosis.findings().stream().filter(this::takes).toList());
  }

  private boolean takes(Finding finding) {
    return rules().takes(finding.rule())
        && (services.isEmpty() || services.contains(finding.service()));
  }

  private Selection rules() {
    return new Selection(only);
  }
}
