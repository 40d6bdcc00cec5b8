package io.rolloutlab.app.choice;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.testbed.StepFailedException;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/**
 * How many runs each scenario, or each cell of a matrix, is given in place of what its file says.
 */
public final class RunsOfEach {
  private static final String OPTION = "--repeats";

  /** A text, since no number stands for nothing said. */
  @Option(
      names = OPTION,
      defaultValue = "${sys:lab.repeats}",
      paramLabel = "N",
      description =
          "How many runs each scenario, or each cell of a matrix, is given, each with the seed after"
              + " the last one's, 1 to "
              + Scenario.MOST_REPEATS
              + ". Default: as its file says.")
  private String asked;

  /**
   * The number; empty where nothing was said.
   *
   * @throws StepFailedException when it is none, or is not from 1 to {@value Scenario#MOST_REPEATS}
   */
  public OptionalInt number() {
    return WholeNumber.said(OPTION, asked, Scenario.MOST_REPEATS);
  }
}
