package io.rolloutlab.app;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tab completion. */
@Command(
    name = "completion",
    description =
        "Prints a script for bash and zsh that completes this command line: source <(./lab"
            + " completion)")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    System.out.print(AutoComplete.bash("lab", spec.root().commandLine()));
  }
}
