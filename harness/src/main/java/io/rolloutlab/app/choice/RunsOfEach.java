package io.rolloutlab.app.choice;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.testbed.StepFailedException;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/**
 * How many runs each scenario, or each cell of a matrix, is given in place of what its file says.
 */
public final class RunsOfEach {
  @Option(
      names = "--repeats",
      defaultValue = "${sys:lab.repeats:-0}",
      paramLabel = "N",
      description =
          "How many runs each scenario, or each cell of a matrix, is given, each with the seed after"
              + " the last one's, 1 to "
              + Scenario.MOST_REPEATS
              + ". Default: as its file says.")
  private int repeats;

  /**
   * The number; empty where nothing was said.
   *
   * @throws StepFailedException when it is not from 1 to {@value Scenario#MOST_REPEATS}
   */
  public OptionalInt number() {
    if (repeats < 0 || repeats > Scenario.MOST_REPEATS) {
      throw new StepFailedException(
          "--repeats %s: it must be from 1 to %s".formatted(repeats, Scenario.MOST_REPEATS));
    }
    return repeats == 0 ? OptionalInt.empty() : OptionalInt.of(repeats);
  }
}
