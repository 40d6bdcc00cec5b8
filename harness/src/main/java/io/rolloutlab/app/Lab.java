package io.rolloutlab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.LoggerFactory;
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
      SweepCommand.class,
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
    // The same words and numbers everywhere, whatever the machine's language.
    Locale.setDefault(Locale.ROOT);
    // A library's thread that dies is a matter for the log; what it breaks is noticed where it
    // counts.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            LoggerFactory.getLogger(Lab.class).error("thread {} died", thread.getName(), failure));
    int code = execute(arguments);
    System.exit(code == PASSED && !markPassed() ? NOT_PASSED : code);
  }

  /**
   * Runs a command; whatever happens, people get a sentence and an exit code, never a stack trace.
   */
  static int execute(String... arguments) {
    return new CommandLine(new Lab())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              LoggerFactory.getLogger(Lab.class)
                  .error("{} failed", command.getCommandName(), failure);
              System.err.printf("%s (the log has the details)%n", failure);
              return NOT_PASSED;
            })
        .execute(arguments);
  }

  /** Leaves the file by which Maven knows, where it is Maven that calls. */
  private static boolean markPassed() {
    String marker = System.getProperty("lab.passed", "");
    if (marker.isEmpty()) {
      return true;
    }
    try {
      Files.writeString(Path.of(marker), "");
      return true;
    } catch (IOException failed) {
      System.err.printf("%s: cannot be written: %s%n", marker, failed.getMessage());
      return false;
    }
  }
}
