package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.manager.Placement;
import io.rolloutlab.twin.model.CoresAndMemory;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks spread over labels: the facts of swarmkit's tests, whatever chance decides. */
class SpreadOverLabelsTest {
  private static final int SEEDS = 50;
  private static final long MEMORY = 1_000_000_000;
  private static final List<String> ZONE = List.of("node.labels.az");
  private static final List<String> ZONE_AND_RACK = List.of("node.labels.az", "node.labels.rack");

  private final List<Node> nodes = new ArrayList<>();
  private Service service;

  private void node(String name, long memory, String zone, String rack) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("az", zone);
    labels.put("rack", rack);
    labels.values().removeIf(String::isEmpty);
    nodes.add(new Node(nodes.size(), name, false, new CoresAndMemory(0, memory), labels));
  }

  private void service(List<String> spread, Integer maxPerNode, String memory) {
    Reservation reserve = memory.isEmpty() ? null : new Reservation(null, Memory.parse(memory));
    ServiceSpec spec =
        TestTasks.make(1, new PlacementRules(List.of(), maxPerNode, spread, null), reserve);
    service = new Service(spec);
  }

  private void bears(String name, int tasks) {
    for (int i = 0; i < tasks; i++) {
      give(TestTasks.of(service), node(name));
    }
  }

  private Node node(String name) {
    return nodes.stream().filter(n -> n.hostname().equals(name)).findFirst().orElseThrow();
  }

  private static void give(Task task, Node node) {
    task.node(node);
    node.add(task);
  }

  /** Node → how many of these tasks it got; those that got none are not in it. */
  private Map<String, Integer> placed(int tasks, int seed) {
    Deque<Task> waiting = new ArrayDeque<>();
    for (int i = 0; i < tasks; i++) {
      waiting.add(TestTasks.of(service));
    }
    Map<String, Integer> got = new TreeMap<>();
    new Placement(waiting.peek(), nodes, 0, new Chance(seed, "test"))
        .place(
            waiting,
            (task, node) -> {
              give(task, node);
              got.merge(node.hostname(), 1, Integer::sum);
            });
    return got;
  }

  /** TestPreferences: a zone of one node gets as much as one of four. */
  @Test
  void zonesAreMadeEvenBeforeNodes() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      nodes.clear();
      node("id1", MEMORY, "az1", "");
      for (int i = 2; i <= 5; i++) {
        node("id" + i, MEMORY, "az2", "");
      }
      service(ZONE, null, "");

      assertThat(placed(8, seed))
          .isEqualTo(Map.of("id1", 4, "id2", 1, "id3", 1, "id4", 1, "id5", 1));
    }
  }

  /** TestMultiplePreferences: what does not fit into a zone goes to the other, rack by rack. */
  @Test
  void racksWithinZonesAreMadeEvenAsFarAsThereIsRoom() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      nodes.clear();
      node("id0", MEMORY / 10, "az1", "rack1");
      node("id1", MEMORY, "az1", "rack1");
      for (int i = 2; i <= 6; i++) {
        node("id" + i, MEMORY, "az2", i <= 4 ? "rack1" : "rack2");
      }
      service(ZONE_AND_RACK, null, "190MiB");

      Map<String, Integer> got = placed(12, seed);

      assertThat(got).doesNotContainKey("id0").containsEntry("id1", 5).hasSize(6);
      List<Integer> rack1 = List.of(got.get("id2"), got.get("id3"), got.get("id4"));
      List<Integer> rack2 = List.of(got.get("id5"), got.get("id6"));
      if (rack1.stream().mapToInt(tasks -> tasks).sum() == 4) {
        assertThat(rack1).containsExactlyInAnyOrder(1, 1, 2);
        assertThat(rack2).containsExactlyInAnyOrder(1, 2);
      } else {
        assertThat(rack1).containsExactly(1, 1, 1);
        assertThat(rack2).containsExactly(2, 2);
      }
    }
  }

  /** TestMultiplePreferencesScaleUp: an older manager looped here for ever. */
  @Test
  void unevenRacksAreFilledUpAndTheManagerGoesOn() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      nodes.clear();
      node("id11", MEMORY, "dc1", "r1");
      node("id12", MEMORY, "dc1", "r2");
      node("id21", MEMORY, "dc2", "r1");
      service(ZONE_AND_RACK, null, "");
      bears("id11", 3);
      bears("id12", 1);
      bears("id21", 3);

      Map<String, Integer> got = placed(2, seed);

      assertThat(got.getOrDefault("id12", 0) + got.getOrDefault("id21", 0)).isEqualTo(2);
    }
  }

  /** nodeset.go: the value of a label that is not there is empty. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void nodesWithoutTheLabelAreAGroupOfTheirOwn(int seed) {
    node("a1", MEMORY, "a", "");
    node("b1", MEMORY, "b", "");
    node("none1", MEMORY, "", "");
    node("none2", MEMORY, "", "");
    service(ZONE, null, "");

    Map<String, Integer> got = placed(6, seed);

    assertThat(got).isEqualTo(Map.of("a1", 2, "b1", 2, "none1", 1, "none2", 1));
  }

  /** A zone that has no more room leaves its part to the others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aFullZoneLeavesItsPartToTheOthers(int seed) {
    node("a1", MEMORY, "a", "");
    node("b1", MEMORY, "b", "");
    node("b2", MEMORY, "b", "");
    node("b3", MEMORY, "b", "");
    service(ZONE, 2, "");

    assertThat(placed(7, seed).values().stream().mapToInt(tasks -> tasks).sum()).isEqualTo(7);
    assertThat(node("a1").wanted(service)).isEqualTo(2);
    assertThat(placed(2, seed).values()).containsExactly(1);
    assertThat(new Placement(TestTasks.of(service), nodes, 0, new Chance(1, "test")).explanation())
        .isEqualTo("no suitable node (max replicas per node limit exceed)");
  }

  /** The first task of a wave looks at what is there: one at a time goes where fewest are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void oneMoreGoesToTheZoneThatHasFewest(int seed) {
    node("a1", MEMORY, "a", "");
    node("b1", MEMORY, "b", "");
    node("b2", MEMORY, "b", "");
    service(ZONE, null, "");
    bears("a1", 2);
    bears("b1", 2);
    bears("b2", 1);

    assertThat(placed(1, seed)).isEqualTo(Map.of("a1", 1));
  }

  /** What does not divide evenly is one more for as many zones as are left over, and no more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsLeftOverGoesToOneZoneEach(int seed) {
    for (String zone : List.of("a", "b", "c")) {
      node(zone, MEMORY, zone, "");
    }
    service(ZONE, null, "");

    assertThat(placed(4, seed).values()).containsExactlyInAnyOrder(2, 1, 1);
  }

  /** Go's maps have no order, so which zone is first is chance. */
  @Test
  void amongEqualZonesChanceDecides() {
    Set<String> taken = new TreeSet<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      nodes.clear();
      for (String zone : List.of("a", "b", "c")) {
        node(zone, MEMORY, zone, "");
      }
      service(ZONE, null, "");
      taken.addAll(placed(1, seed).keySet());
    }

    assertThat(taken).containsExactly("a", "b", "c");
  }

  /** One of four zones has no room: what was its part is worked out anew for the other three. */
  @Test
  void thePartOfAFullZoneIsDividedAmongTheThreeOthers() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      nodes.clear();
      node("full", MEMORY / 10, "full", "");
      for (String zone : List.of("a", "b", "c")) {
        node(zone, MEMORY, zone, "");
      }
      service(ZONE, null, "190MiB");

      Map<String, Integer> got = placed(5, seed);

      assertThat(got.keySet()).containsExactly("a", "b", "c");
      assertThat(got.values().stream().mapToInt(tasks -> tasks).sum()).isEqualTo(5);
    }
  }

  /** The full zone's own task is not among what the others are to make even. */
  @Test
  void whatAFullZoneBearsDoesNotCountForTheOthers() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      nodes.clear();
      node("a", MEMORY, "a", "");
      node("b", MEMORY, "b", "");
      node("full", MEMORY / 4, "full", "");
      service(ZONE, null, "190MiB");
      bears("a", 2);
      bears("b", 1);
      bears("full", 1);

      assertThat(placed(2, seed)).isEqualTo(Map.of("b", 2));
    }
  }

  /** A zone that is looked at twice has each of its nodes once. */
  @Test
  void nodesStayEvenInAZoneThatGetsThePartOfAnother() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      nodes.clear();
      node("full", MEMORY / 10, "full", "");
      node("b1", MEMORY, "b", "");
      node("b2", MEMORY, "b", "");
      service(ZONE, null, "190MiB");

      assertThat(placed(4, seed)).isEqualTo(Map.of("b1", 2, "b2", 2));
    }
  }

  /** The lighter rack gets more than was asked of its zone; swarmkit before 2.0.0 went on here. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aZoneThatGetsMoreThanItsPartDoesNotKeepTheManagerBusy(int seed) {
    node("full", MEMORY / 4, "dc1", "r1");
    node("light", MEMORY, "dc2", "r1");
    node("heavy", MEMORY, "dc2", "r2");
    service(ZONE_AND_RACK, null, "190MiB");
    bears("full", 1);
    bears("heavy", 3);

    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> placed(4, seed)))
        .isEqualTo(Map.of("light", 4));
  }
}
