package io.rolloutlab.twin;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.twin.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A drawn rollout of a service whose restarts are limited, with tasks that end in many ways: {@code
 * restart} is the policy (attempts and window 0 for none), {@code v1} and {@code v2} say how the
 * first tasks of a version end, and how long after they ran; v3 goes as v2. v1 runs for 2.5 s
 * before the change, and the outcome is read 9 s after it.
 */
final class DrawnRestarts extends DrawnRollout {
  private static final long V1_RUNS_MILLIS = 2500;
  private static final long READ_AFTER_MILLIS = 9000;

  /**
   * What came of it.
   *
   * @param states of the update, repeats folded
   * @param wanted tasks by version
   * @param made tasks by version
   * @param empty slots: how many replicas have no wanted task
   * @param status the update's last state
   */
  record Left(
      List<String> states,
      Map<String, Integer> wanted,
      Map<String, Integer> made,
      int empty,
      String status) {}

  /**
   * @param drawn as the file of outcomes has it; times are milliseconds
   * @param seed of what chance decides: the order of slots, and how late the agent is
   * @param lateMillis how late it is at most, each time
   */
  DrawnRestarts(JsonNode drawn, long seed, int lateMillis) {
    super(drawn, seed, lateMillis);
  }

  Left left() {
    Service service = play(V1_RUNS_MILLIS, READ_AFTER_MILLIS);
    return new Left(
        states(),
        wanted(service),
        made(),
        service.spec().replicas() - service.slots().size(),
        service.updateState());
  }

  @Override
  Fate fate(String version, int before) {
    JsonNode its = drawn.path(version.equals("v1") ? "v1" : "v2");
    return before < its.path("tasks").asInt()
        ? new Fate(its.path("how").asText(), its.path("after").asLong())
        : Fate.GOOD;
  }

  @Override
  RestartPlan restart() {
    JsonNode its = drawn.path("restart");
    int attempts = its.path("attempts").asInt();
    long window = its.path("window").asLong();
    return new RestartPlan(
        RestartPlan.Condition.valueOf(
            its.path("condition").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
        Duration.ofMillis(its.path("delay").asLong()),
        attempts == 0 ? null : attempts,
        window == 0 ? null : Duration.ofMillis(window));
  }
}
