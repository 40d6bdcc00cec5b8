package io.rolloutlab.app.choice;

import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.stack.scenario.AskedScenario;
import io.rolloutlab.stack.scenario.ScenarioFiles;
import io.rolloutlab.testbed.StepFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Mixin;
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

  @Mixin private RunsOfEach ofEach;
  @Mixin private HowPatient howPatient;

  @Option(
      names = "--into",
      defaultValue = "${sys:lab.into}",
      paramLabel = "FOLDER",
      description = "Where runs, report and log go. Default: target/rollout-lab")
  private Path into;

  /**
   * Reads the scenarios, and warns of what they set without effect.
   *
   * @throws io.rolloutlab.scenario.read.InvalidScenarioException when a file is none
   * @throws StepFailedException when a name, or a pattern of names, is of none of them, or the
   *     patience is none
   */
  public List<AskedScenario> scenarios(Path home) {
    List<Path> from = Folders.named(scenarios).orElse(List.of(home.resolve("scenarios")));
    List<AskedScenario> all =
        new ScenarioFiles(System.getenv(), howPatient.patience()).readAll(from);
    Selection selection = new Selection(only);
    selection.check("scenario", all.stream().map(one -> one.scenario().name()).toList());
    List<AskedScenario> chosen =
        all.stream().filter(one -> selection.takes(one.scenario().name())).toList();
    chosen.forEach(one -> one.warnings().forEach(Choice::warn));
    return chosen;
  }

  /**
   * One run of a scenario.
   *
   * @param scenario with the seed of this run
   * @param name of the run's folder, as {@link Scenario#runName} has it
   * @param stack that docker itself deploys, of the same scenario; empty where the lab makes the
   *     app's service
   */
  public record Run(Scenario scenario, String name, Optional<StackRollout> stack) {
    /**
     * One of a scenario's runs.
     *
     * @param repeat counted from 0
     */
    public static Run of(Scenario scenario, int repeat) {
      return new Run(scenario.repeat(repeat), scenario.runName(repeat), Optional.empty());
    }

    /** The first run of a stack. */
    public static Run of(StackRollout stack) {
      return new Run(stack.scenario(), stack.scenario().name(), Optional.of(stack));
    }

    private static Run of(AskedScenario asked, int repeat) {
      return new Run(
          asked.scenario().repeat(repeat),
          asked.scenario().runName(repeat),
          asked.stack().map(stack -> stack.repeat(repeat)));
    }
  }

  /**
   * The runs of scenarios: first one of each, then the second of those that have one, so that what
   * changes on the machine meanwhile meets all alike.
   *
   * @throws StepFailedException when there would be too many of one, or two of one name
   */
  public List<Run> runs(List<AskedScenario> chosen) {
    OptionalInt asked = ofEach.number();
    List<Run> runs = new ArrayList<>();
    for (int repeat = 0; repeat < Scenario.MOST_REPEATS; repeat++) {
      for (AskedScenario one : chosen) {
        if (repeat < asked.orElse(one.scenario().repeats())) {
          runs.add(Run.of(one, repeat));
        }
      }
    }
    refuseOneName(runs);
    return List.copyOf(runs);
  }

  private static void refuseOneName(List<Run> runs) {
    Set<String> seen = new HashSet<>();
    for (Run run : runs) {
      if (!seen.add(run.name())) {
        throw new StepFailedException(
            "%s is the name of a scenario and of a repeat of another one: rename the scenario"
                .formatted(run.name()));
      }
    }
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
