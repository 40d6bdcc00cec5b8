package io.rolloutlab.app;

import io.rolloutlab.app.console.MavenNotes;
import io.rolloutlab.app.console.Quiet;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.load.LoadProcess;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.trial.Commit;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The lab's command line. The script {@code lab} and the Maven profiles call this class. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Lab.Version.class,
    usageHelpAutoWidth = true,
    description =
        "Measures what happens to users, and what it costs, while v2 of a service replaces v1 on"
            + " Docker Swarm.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:what was asked for is done, and every expectation held",
      "1:an expectation did not hold, a verdict is UNKNOWN, or something could not be done",
      "2:what was asked makes no sense; nothing was run",
      "3:the lab itself broke, out of memory for example; what was recorded is kept",
      "130:somebody stopped it; what was recorded is kept"
    },
    subcommands = {
      RunCommand.class,
      SimulateCommand.class,
      SweepCommand.class,
      MatrixCommand.class,
      GapCommand.class,
      CalibrateCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      DoctorCommand.class,
      RequestsCommand.class,
      StackCommand.class,
      EngineCommand.class,
      CompletionCommand.class
    })
public final class Lab {
  /** Every expectation held. */
  static final int PASSED = 0;

  /** A scenario broke an expectation, or is UNKNOWN. */
  static final int NOT_PASSED = 1;

  /** What was asked makes no sense: nothing was run. */
  static final int BAD_INPUT = 2;

  /** The lab itself broke. */
  static final int BROKEN = 3;

  /** Somebody stopped it. */
  static final int INTERRUPTED = 130;

  Lab() {}

  public static void main(String[] arguments) {
    // Charts are drawn into files; no window system is needed, nor looked for.
    System.setProperty("java.awt.headless", "true");
    // The same words and numbers everywhere, whatever the machine's language.
    Locale.setDefault(Locale.ROOT);
    String home = System.getProperty("lab.home");
    if (home != null && System.getProperty("lab.log") == null) {
      Folders.logInto(Folders.target(Path.of(home), null));
    }
    if (Boolean.getBoolean("lab.stopWithParent")) {
      Quiet.beReady();
    }
    Breakdown.watchAllThreads();
    int code = execute(arguments);
    boolean noted = code != PASSED || MavenNotes.passed();
    System.exit(noted ? code : NOT_PASSED);
  }

  /**
   * Runs a command; whatever happens, people get a sentence and an exit code, never a stack trace.
   */
  static int execute(String... arguments) {
    try {
      int code =
          new CommandLine(new Lab())
              .setExecutionExceptionHandler(
                  (failure, command, parsed) ->
                      Breakdown.tell("lab " + command.getCommandName(), failure))
              .execute(arguments);
      return code == PASSED && Breakdown.happened() ? BROKEN : code;
    } catch (Error broken) {
      // The command line's own handler sees exceptions only.
      return Breakdown.tell("lab", broken);
    }
  }

  /** The commit is the version, as in the reports. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Commit commit = Commit.of(Engine.home());
      return new String[] {
        "Rollout Lab, commit " + commit.inWords(),
        "Java %s, Gatling %s"
            .formatted(System.getProperty("java.version"), LoadProcess.GATLING_VERSION)
      };
    }
  }
}
