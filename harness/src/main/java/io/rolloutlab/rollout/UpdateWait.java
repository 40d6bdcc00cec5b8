package io.rolloutlab.rollout;

import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.update.UpdateEnd;
import io.rolloutlab.testbed.Swarm;
import java.util.Optional;
import java.util.function.Function;

/**
 * A wait for the end of what Swarm was ordered to do with the app's service, and what came of it.
 */
final class UpdateWait {
  private UpdateEnd end = UpdateEnd.NEVER_ENDED;
  private String message = "";

  /**
   * Waits, at most for the scenario's limit of an update.
   *
   * @param what is waited for, for people
   * @param endOf the state of an update → what came of it; empty while it goes on
   */
  UpdateWait(Stage stage, String what, Function<UpdateState, Optional<UpdateEnd>> endOf) {
    Optional<String> never =
        stage.serviceComesTo(
            Stage.APP,
            what,
            stage.settings(RollingPlan.class).limit(),
            progress -> {
              Optional<UpdateEnd> found = UpdateState.of(progress.updateState()).flatMap(endOf);
              found.ifPresent(
                  known -> {
                    end = known;
                    message = progress.updateMessage();
                  });
              return found.isPresent() ? Optional.empty() : Optional.of(inWords(progress));
            });
    never.ifPresent(why -> message = why);
  }

  private static String inWords(Swarm.Progress progress) {
    return "%s tasks run v1, %s run v2, the update is %s"
        .formatted(
            progress.running(VersionPlan.V1),
            progress.running(VersionPlan.V2),
            progress.updateState());
  }

  /** What came of it. */
  UpdateEnd end() {
    return end;
  }

  /** Swarm's message; where it never ended, what was missing and what the tasks say. */
  String message() {
    return message;
  }
}
