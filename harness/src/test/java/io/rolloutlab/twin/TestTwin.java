package io.rolloutlab.twin;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A scenario's testbed on the twin, on which a test plays as much of a run as it likes. */
public final class TestTwin implements AutoCloseable {
  private final Scenario scenario;
  private final HistoryWriter history;
  private final TwinTestbed testbed;
  private final List<Event> events = new ArrayList<>();

  private TestTwin(Scenario scenario, HistoryWriter history) {
    this.scenario = scenario;
    this.history = history;
    testbed =
        new TwinTestbed(
            scenario,
            Balancing.DNSRR,
            Calibrated.DELIVERED.settings(),
            history,
            events::add,
            () -> false);
  }

  /**
   * Sets it up.
   *
   * @param folder for the scenario's file and the history
   * @param lines of that file but for name and question, for example {@code strategy: rolling}
   */
  public static TestTwin of(Path folder, String... lines) {
    String text = "name: x\nquestion: Why?\n" + String.join("\n", lines) + "\n";
    try {
      Scenario scenario =
          new ScenarioReader().read(Files.writeString(folder.resolve("x.yaml"), text));
      return new TestTwin(
          scenario,
          new HistoryWriter(
              folder.resolve("run"), SampleFindings.history(Strategy.ROLLING, 1).manifest()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A stage on it, of which nothing is made yet. */
  public Stage stage() {
    return stage(testbed);
  }

  /**
   * The same on a testbed that stands in its place.
   *
   * @param other knows {@link #testbed()}, for example
   */
  public Stage stage(Testbed other) {
    return new Stage(scenario, other);
  }

  /** Its ports. */
  public Testbed testbed() {
    return testbed;
  }

  /** What was recorded so far; a list that grows. */
  public List<Event> events() {
    return events;
  }

  @Override
  public void close() {
    testbed.close();
    history.close();
  }
}
