package io.rolloutlab.app.choice;

import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.StepFailedException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which scenarios a command takes, and where its results go. */
public final class Choice {
  @Parameters(
      paramLabel = "SCENARIO",
      defaultValue = "${sys:lab.scenarios}",
      split = ",",
      description = "Scenario files, or folders of them. Default: the project's own.")
  private List<Path> scenarios = List.of();

  @Option(
      names = "--only",
      defaultValue = "${sys:lab.only}",
      split = ",",
      paramLabel = "NAME",
      description = "Runs only the scenarios of these names; 'rolling*' names several.")
  private List<String> only = List.of();

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "Where runs, report and log go. Default: target/rollout-lab")
  private Path into;

  /**
   * Reads the scenarios, and warns of what they set without effect.
   *
   * @throws StepFailedException when a name, or a pattern of names, is of none of them
   */
  public List<Scenario> scenarios(Path home) {
    List<Path> from = Folders.named(scenarios).orElse(List.of(home.resolve("scenarios")));
    ScenarioReader reader = new ScenarioReader();
    List<Scenario> all = reader.readAll(from);
    Selection selection = new Selection(only);
    selection.check("scenario", all.stream().map(Scenario::name).toList());
    List<Scenario> chosen = all.stream().filter(s -> selection.takes(s.name())).toList();
    chosen.forEach(scenario -> reader.warnings(scenario).forEach(Choice::warn));
    return chosen;
  }

  /** Says what is no reason to stop. */
  public static void warn(String sentence) {
    System.err.println("warning: " + sentence);
  }

  /** Where runs, report and log go. */
  public Path target(Path home) {
    return Folders.target(home, into);
  }
}
