package io.rolloutlab.app.choice;

import io.rolloutlab.testbed.StepFailedException;
import picocli.CommandLine.Option;

/** How many real runs are made at the same time. */
public final class AtOnce {
  /** Where nobody says it. */
  public static final int DEFAULT = 1;

  private static final String OPTION = "--at-once";

  /** More of them leave no idle time on any machine that the lab has been tried on. */
  private static final int MOST = 8;

  /** A text, since Maven passes an empty one where nothing was said. */
  @Option(
      names = OPTION,
      defaultValue = "${sys:lab.atOnce}",
      paramLabel = "N",
      description =
          "Makes so many real runs at once, on a cluster each, at most "
              + MOST
              + "; one that found the machine without idle time is repeated alone. Default: "
              + DEFAULT)
  private String asked;

  /**
   * The number.
   *
   * @throws StepFailedException when it is none, or is not from 1 to 8
   */
  public int number() {
    return WholeNumber.said(OPTION, asked, MOST).orElse(DEFAULT);
  }
}
