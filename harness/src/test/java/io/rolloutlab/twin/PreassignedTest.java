package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.manager.Orchestrator;
import io.rolloutlab.twin.manager.Restarts;
import io.rolloutlab.twin.manager.Scheduler;
import io.rolloutlab.twin.model.CoresAndMemory;
import io.rolloutlab.twin.model.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose turn it is: the facts of swarmkit's TestPreassignedTasks. */
class PreassignedTest {
  private static final long SECOND_MICROS = 1_000_000;

  private final EventQueue queue = new EventQueue();
  private final Books books =
      new Books(queue, new TwinTimeline(queue, () -> false), recorded -> {});
  private final Chance chance = new Chance(1, "test");
  private final Node one =
      new Node(0, "name1", false, new CoresAndMemory(2_000_000_000L, 1 << 30), Map.of());
  private final Node two =
      new Node(1, "name2", false, new CoresAndMemory(2_000_000_000L, 1 << 30), Map.of());
  private final List<Node> nodes = List.of(one, two);
  private final Orchestrator orchestrator =
      new Orchestrator(queue, books, new Restarts(queue, books, chance), nodes, chance);

  @Test
  void tasksThatHaveTheirNodeComeBeforeThoseThatLookForOne() {
    new Scheduler(queue, books, nodes, chance);
    for (int i = 0; i < 10; i++) {
      orchestrator.create(
          TestTasks.spec("any" + i, ServiceMode.REPLICATED, "node.hostname != name3"));
    }
    for (int i = 0; i < 10; i++) {
      orchestrator.create(TestTasks.spec("one" + i, ServiceMode.GLOBAL, "node.hostname == name1"));
    }

    queue.run(SECOND_MICROS);

    assertThat(two.tasks()).hasSize(10).allMatch(task -> task.service().name().startsWith("any"));
    assertThat(one.tasks()).hasSize(10).allMatch(task -> task.service().name().startsWith("one"));
  }
}
