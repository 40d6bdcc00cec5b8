package io.rolloutlab.twin;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.OnTheTwin;
import io.rolloutlab.twin.model.TwinSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A scenario run on the twin: what was recorded, and what came of it. */
record TwinRun(Path folder, History history, Findings findings) {
  /**
   * Runs a scenario.
   *
   * @param lines of its file but for name and question, for example {@code strategy: rolling}
   */
  static TwinRun of(Path folder, String... lines) {
    return of(folder, Calibrated.DELIVERED.settings(), lines);
  }

  /** The same where things take other times. */
  static TwinRun of(Path folder, TwinSettings settings, String... lines) {
    String text = "name: test\nquestion: Why?\n" + String.join("\n", lines) + "\n";
    try {
      Files.createDirectories(folder);
      return of(
          folder.resolve("run"),
          settings,
          new ScenarioReader().read(Files.writeString(folder.resolve("scenario.yaml"), text)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static TwinRun of(Path folder, Scenario scenario) {
    return of(folder, Calibrated.DELIVERED.settings(), scenario);
  }

  private static TwinRun of(Path folder, TwinSettings settings, Scenario scenario) {
    History history = OnTheTwin.history(scenario, settings, folder);
    return new TwinRun(folder, history, Analysis.analyse(history));
  }

  Event.RunEnded end() {
    return history.end().orElseThrow();
  }

  List<Event.TaskChange> tasks() {
    return history
        .events(Event.TaskChange.class)
        .filter(change -> !change.version().isEmpty())
        .toList();
  }

  /** The words of the update's states, in order. */
  List<String> updates() {
    return history.events(Event.UpdateChange.class).map(Event.UpdateChange::state).toList();
  }

  Event.UpdateChange update(String state) {
    return history
        .events(Event.UpdateChange.class)
        .filter(change -> change.state().equals(state))
        .findFirst()
        .orElseThrow(() -> new AssertionError(state + " is not among " + updates()));
  }

  /** When each task of a version came to run, in order. */
  List<Event.TaskChange> started(String version) {
    return tasks().stream()
        .filter(task -> task.version().equals(version) && task.state().equals("running"))
        .collect(
            Collectors.toMap(
                Event.TaskChange::task,
                task -> task,
                (first, again) -> first,
                java.util.LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  /** When a task was first wanted to end. */
  long toldToStop(String task) {
    return changes(task)
        .filter(change -> change.desired().equals("shutdown"))
        .findFirst()
        .orElseThrow()
        .seenAtMillis();
  }

  /** When a task was first wanted to run. */
  long toldToRun(String task) {
    return changes(task)
        .filter(change -> change.desired().equals("running"))
        .findFirst()
        .orElseThrow()
        .seenAtMillis();
  }

  /** When a task was first in a state, by its node's clock. */
  long reached(String task, String state) {
    return changes(task)
        .filter(change -> change.state().equals(state))
        .findFirst()
        .orElseThrow()
        .atMillis();
  }

  Stream<Event.TaskChange> changes(String task) {
    return tasks().stream().filter(change -> change.task().equals(task));
  }

  long failed() {
    return findings.errors().known().orElseThrow().sinceRollout().count();
  }
}
