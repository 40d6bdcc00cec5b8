package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The manager of the twin against swarmkit's: 400 drawn rollouts, and the outcomes that swarmkit's
 * orchestrator, updater and restart supervisor (of February 2024, the time of engine 26) gave in
 * three runs each with a simulated agent. The twin's must be one of them.
 */
class SwarmkitOutcomesTest {
  private static final long SEED = 1;
  private static final JsonMapper JSON = new JsonMapper();

  /** In these the twin comes out otherwise; why, and what shows it: see the second test. */
  private static final Map<Integer, String> OTHERWISE =
      Map.of(
          22,
          "v1 runs again 30 ms before the second change: when it is later, a slot is still dirty",
          57,
          "the order of slots decides whether the scale-down takes the last dirty one",
          76,
          "one v2 task fails in the moment in which the other runs: how much is to be taken back?",
          184,
          "a v2 task fails 20 ms before the rollback by hand: when later, it comes back as v1",
          321,
          "the order of slots decides whether the scale-down takes the last dirty one");

  /** Those with limited restarts in which an agent that is some milliseconds late decides. */
  private static final Set<Integer> MOMENTS_DECIDE = Set.of(42, 96, 165, 251, 270);

  @Test
  void theTwinDecidesAsSwarmkitDoes() throws IOException {
    Map<Integer, String> others = new TreeMap<>();
    int cases = 0;
    for (JsonNode line : lines("swarmkit-outcomes.jsonl")) {
      if (!agrees(line, SEED, 0)) {
        others.put(line.path("case").path("id").asInt(), line.toString());
      }
      cases++;
    }
    assertThat(cases).isEqualTo(400);
    others.keySet().removeAll(OTHERWISE.keySet());
    assertThat(others).isEmpty();
  }

  /**
   * Agents of real processes are some milliseconds late each time: with such ones, and slots in
   * another order, the twin gives swarmkit's outcome in these as well.
   */
  @Test
  void whereMomentsOrTheOrderOfSlotsDecideOtherOnesGiveSwarmkitsOutcome() throws IOException {
    for (JsonNode line : lines("swarmkit-outcomes.jsonl")) {
      int id = line.path("case").path("id").asInt();
      if (OTHERWISE.containsKey(id)) {
        assertThat(LongStream.rangeClosed(1, 200).anyMatch(seed -> agrees(line, seed, 20)))
            .as("%s: %s", OTHERWISE.get(id), line)
            .isTrue();
      }
    }
  }

  /**
   * 300 rollouts of services whose restarts are limited, with tasks that fail and tasks that end in
   * order. In a few the moments or the order of slots decide, as above.
   */
  @Test
  void theTwinRestartsAsSwarmkitDoes() throws IOException {
    Map<Integer, String> others = new TreeMap<>();
    int cases = 0;
    for (JsonNode line : lines("swarmkit-restarts.jsonl")) {
      cases++;
      int id = line.path("case").path("id").asInt();
      boolean same =
          isAmong(line, left(line, SEED, 0))
              || MOMENTS_DECIDE.contains(id)
                  && LongStream.rangeClosed(1, 200)
                      .anyMatch(seed -> isAmong(line, left(line, seed, 20)));
      if (!same) {
        others.put(id, "%s%n  twin: %s".formatted(line, left(line, SEED, 0)));
      }
    }
    assertThat(cases).isEqualTo(300);
    assertThat(others).isEmpty();
  }

  private static DrawnRestarts.Left left(JsonNode line, long seed, int lateMillis) {
    return new DrawnRestarts(line.path("case"), seed, lateMillis).left();
  }

  private static boolean agrees(JsonNode line, long seed, int lateMillis) {
    return isAmong(line, new DrawnRollout(line.path("case"), seed, lateMillis).outcome());
  }

  private static boolean isAmong(JsonNode line, Record outcome) {
    JsonNode twin = JSON.valueToTree(outcome);
    List<JsonNode> swarmkit = new ArrayList<>();
    line.path("swarmkit").forEach(swarmkit::add);
    return swarmkit.contains(twin);
  }

  private static List<JsonNode> lines(String resource) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                SwarmkitOutcomesTest.class.getResourceAsStream(resource),
                StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }
}
