package io.rolloutlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.twin.model.TwinSettings;
import java.nio.file.Path;

/** Plays whole scenarios on the twin, for tests. */
public final class OnTheTwin {
  private static final Commit COMMIT = new Commit("test", false);

  private OnTheTwin() {}

  /**
   * What was recorded of a scenario, however its run ended.
   *
   * @param folder for the history
   */
  public static History history(Scenario scenario, Path folder) {
    return history(scenario, Calibrated.DELIVERED.settings(), folder);
  }

  /** The same where things take other times. */
  public static History history(Scenario scenario, TwinSettings settings, Path folder) {
    new TwinTrial(scenario, settings, COMMIT, folder, () -> false).run();
    return HistoryReader.read(folder);
  }

  /** The same of a run that must come to its end. */
  public static History completed(Scenario scenario, Path folder) {
    History history = history(scenario, folder);
    Event.RunEnded end = history.end().orElseThrow();
    assertThat(end.end()).as(end.cause()).isEqualTo(Event.End.COMPLETED);
    return history;
  }
}
