package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.manager.Placement;
import io.rolloutlab.twin.model.CoresAndMemory;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final long MINUTE_MICROS = 60_000_000;

  private final Node one = new Node(0, "workerN1", false, CoresAndMemory.NONE, Map.of());
  private final Node two = new Node(1, "workerN2", false, CoresAndMemory.NONE, Map.of());
  private final List<Node> nodes = List.of(one, two);
  private final Service service = TestTasks.service();
  private final Task task = TestTasks.of(service);

  private Node taken(long atMicros) {
    List<Node> taken = new ArrayList<>();
    new Placement(task, nodes, atMicros, new Chance(1, "test"))
        .place(new ArrayDeque<>(List.of(task)), (placed, node) -> taken.add(node));
    return taken.get(0);
  }

  @Test
  void fewestTasksOfTheServiceComeBeforeFewestTasks() {
    one.add(TestTasks.of(service));
    two.add(TestTasks.of(TestTasks.service()));
    two.add(TestTasks.of(TestTasks.service()));

    assertThat(taken(0)).isEqualTo(two);

    two.add(TestTasks.of(service));

    assertThat(taken(0)).isEqualTo(one);
  }

  @Test
  void aNodeOnWhichTheMakeFailsAgainAndAgainComesLastForFiveMinutes() {
    two.add(TestTasks.of(service));
    for (int i = 0; i < 4; i++) {
      one.fail(task, i);
    }
    assertThat(taken(MINUTE_MICROS)).isEqualTo(one);

    one.fail(task, 4);

    assertThat(taken(MINUTE_MICROS)).isEqualTo(two);
    assertThat(taken(5 * MINUTE_MICROS + 5)).isEqualTo(one);
  }

  @Test
  void failuresOfAnotherMakeDoNotCount() {
    two.add(TestTasks.of(service));
    for (int i = 0; i < 9; i++) {
      one.fail(TestTasks.of(new Service(TestTasks.anotherMake())), 0);
    }

    assertThat(taken(1)).isEqualTo(one);
  }

  /** In Swarm the order of a Go map. */
  @Test
  void amongEqualNodesChanceDecides() {
    Set<Node> taken = new HashSet<>();
    for (int seed = 1; seed <= 50; seed++) {
      new Placement(task, nodes, 0, new Chance(seed, "test"))
          .place(new ArrayDeque<>(List.of(task)), (placed, node) -> taken.add(node));
    }

    assertThat(taken).containsExactlyInAnyOrder(one, two);
  }

  /** Though it still bears less than the next. */
  @Test
  void aNodeThatHasNoMoreRoomLeavesTheOthersToTheNext() {
    Service reserving =
        new Service(
            TestTasks.make(
                1,
                PlacementRules.within(List.of()),
                new Reservation(null, Memory.parse("190MiB"))));
    Node small = new Node(0, "small", false, new CoresAndMemory(0, 300_000_000), Map.of());
    Node heavy = new Node(1, "heavy", false, new CoresAndMemory(0, 3_000_000_000L), Map.of());
    heavy.add(TestTasks.of(reserving));
    heavy.add(TestTasks.of(reserving));
    Deque<Task> waiting =
        new ArrayDeque<>(List.of(TestTasks.of(reserving), TestTasks.of(reserving)));
    List<Node> taken = new ArrayList<>();

    new Placement(waiting.peek(), List.of(small, heavy), 0, new Chance(1, "test"))
        .place(
            waiting,
            (placed, node) -> {
              node.add(placed);
              taken.add(node);
            });

    assertThat(taken).containsExactly(small, heavy);
  }
}
