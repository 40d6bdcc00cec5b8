package io.rolloutlab.app.choice;

import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.testbed.StepFailedException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much longer than usual is waited, in scenarios that do not say it themselves. */
public final class HowPatient {
  /** Maven passes an empty one where nothing was said. */
  @Option(
      names = "--patience",
      defaultValue = "${sys:lab.patience}",
      paramLabel = "FACTOR",
      description =
          "Makes every limit of the lab's own waits so many times as long, and so the limits and the"
              + " times of a health check that a scenario does not say: for slow machines, 1 to "
              + Patience.MOST
              + ". Default: 1")
  private String asked;

  /**
   * The patience; empty where nothing was said.
   *
   * @throws StepFailedException when it is no number from 1 to {@value Patience#MOST}
   */
  public Optional<Patience> patience() {
    if (asked == null || asked.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Patience(Double.parseDouble(asked.strip())));
    } catch (IllegalArgumentException none) {
      throw new StepFailedException(
          "--patience %s: this must be a number from 1 to %s".formatted(asked, Patience.MOST),
          none);
    }
  }
}
