package io.rolloutlab.app.choice;

import picocli.CommandLine.Option;

/** Whether a command only says what it would make. */
public final class DryRun {
  @Option(
      names = "--dry-run",
      description =
          "Says what would be run, and how long that takes, and runs nothing; needs no engine.")
  private boolean asked;

  /** Whether it does; Maven says it by the property {@code lab.dryRun}. */
  public boolean asked() {
    return asked || Boolean.getBoolean("lab.dryRun");
  }
}
