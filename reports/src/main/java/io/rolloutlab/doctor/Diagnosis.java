package io.rolloutlab.doctor;

import io.rolloutlab.stack.Stack;
import java.util.List;

/**
 * All that was found in a stack.
 *
 * @param findings in the order of the files
 */
public record Diagnosis(Stack stack, List<Finding> findings) {
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** How many of the findings are as sure as that. */
  public long count(Sureness sureness) {
    return findings.stream().filter(finding -> finding.sureness() == sureness).count();
  }
}
