package io.rolloutlab.doctor;

import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import java.util.List;
import java.util.Optional;

/**
 * Knows one trap. A class that is named in {@code META-INF/services/io.rolloutlab.doctor.Rule} of
 * its own is asked by {@link Doctor} for every service, and stands in docs/doctor-rules.md.
 */
public interface Rule {
  About about();

  /**
   * Looks at one service whose tasks are to stay.
   *
   * @param stack that it is of
   * @return what it has found, often nothing
   */
  List<Finding> judge(StackService service, Stack stack);

  /**
   * The change that a finding of its own speaks of.
   *
   * @param service that the finding is about
   * @return empty where the file alone does not tell which setting helps
   */
  default Optional<Remedy> remedy(Finding finding, StackService service) {
    return Optional.empty();
  }
}
