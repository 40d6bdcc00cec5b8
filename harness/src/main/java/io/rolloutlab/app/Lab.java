package io.rolloutlab.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The lab's command line. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description =
        "Measures what happens to users, and what it costs, while v2 of a service replaces v1 on"
            + " Docker Swarm.",
    subcommands = {
      RunCommand.class,
      SimulateCommand.class,
      GapCommand.class,
      CalibrateCommand.class,
      ReportCommand.class
    })
public final class Lab {
  /** Every expectation held. */
  static final int PASSED = 0;

  /** A scenario broke an expectation, or is UNKNOWN. */
  static final int NOT_PASSED = 1;

  /** What was asked makes no sense: nothing was run. */
  static final int BAD_INPUT = 2;

  /** Somebody stopped it. */
  static final int INTERRUPTED = 130;

  Lab() {}

  public static void main(String[] arguments) {
    // Charts are drawn into files; no window system is needed, nor looked for.
    System.setProperty("java.awt.headless", "true");
    System.exit(new CommandLine(new Lab()).execute(arguments));
  }
}
