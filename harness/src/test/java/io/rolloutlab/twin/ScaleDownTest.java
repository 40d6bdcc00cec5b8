package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.manager.Orchestrator;
import io.rolloutlab.twin.manager.Restarts;
import io.rolloutlab.twin.model.CoresAndMemory;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom a scale-down takes: the facts of swarmkit's TestReplicatedScaleDown. */
class ScaleDownTest {
  private final EventQueue queue = new EventQueue();
  private final Books books =
      new Books(queue, new TwinTimeline(queue, () -> false), recorded -> {});
  private final Chance chance = new Chance(1, "test");
  private final Orchestrator orchestrator =
      new Orchestrator(queue, books, new Restarts(queue, books, chance), List.of(), chance);
  private final Map<String, Node> nodes = new HashMap<>();
  private final List<Task> tasks = new ArrayList<>();

  /**
   * @param places of the tasks of slots 1, 2 and so on: a node's name, with {@code !} for a task
   *     that does not run yet; empty for none
   */
  private void create(String... places) {
    orchestrator.create(spec(places.length));
    queue.run(0);
    tasks.addAll(orchestrator.service("pyapp").tasks());
    for (int i = 0; i < places.length; i++) {
      String name = places[i].replace("!", "");
      if (!name.isEmpty()) {
        Task task = tasks.get(i);
        books.state(task, TaskState.PENDING, "test");
        books.assign(task, nodes.computeIfAbsent(name, ScaleDownTest::node));
        books.state(task, TaskState.STARTING, "test");
        if (name.equals(places[i])) {
          books.state(task, TaskState.RUNNING, "test");
        }
      }
    }
    queue.run(0);
  }

  private static Node node(String name) {
    return new Node(0, name, false, CoresAndMemory.NONE, Map.of());
  }

  private static ServiceSpec spec(int replicas) {
    return TestTasks.make(replicas);
  }

  /** Slots that are wanted when there are to be so many. */
  private List<Integer> scaledTo(int replicas) {
    orchestrator.change(orchestrator.service("pyapp"), spec(replicas));
    queue.run(0);
    return IntStream.rangeClosed(1, tasks.size())
        .filter(slot -> tasks.get(slot - 1).wanted())
        .boxed()
        .toList();
  }

  @Test
  void whatHasNoNodeGoesFirst() {
    create("n1!", "n2", "n2", "n3", "n3", "n3", "");

    assertThat(scaledTo(6)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void nodesStayEvenThoughTheLoneTaskDoesNotRun() {
    create("n1!", "n2", "n2", "n3", "n3", "n3");

    assertThat(scaledTo(4)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void amongTheFirstOfTheirNodesThoseThatDoNotRunGo() {
    create("n1!", "n2", "n2", "n3");

    assertThat(scaledTo(2)).containsExactly(2, 4);
  }
}
