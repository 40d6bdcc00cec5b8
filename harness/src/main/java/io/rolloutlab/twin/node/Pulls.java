package io.rolloutlab.twin.node;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images on their way to nodes. A task that lacks its image pulls it while it is prepared; tasks
 * that come meanwhile share the pull, and the last one that is told to shut down ends it (moby
 * {@code daemon/cluster/executor/container/controller.go} and {@code distribution/xfer}, 26.1.5).
 * An image that is there is not asked for again: services name it by digest, as the docker command
 * makes them ({@code adapter.go}).
 */
public final class Pulls {
  private final EventQueue queue;
  private final Spread length;
  private final Chance chance;
  private final Map<Node, Set<String>> held = new HashMap<>();
  private final Map<Node, Map<String, Pull>> running = new HashMap<>();

  private static final class Pull {
    private final Map<Task, Runnable> waiting = new LinkedHashMap<>();
    private EventQueue.Entry end;
  }

  /**
   * @param length of a pull; exactly 0 when all nodes hold all images
   */
  public Pulls(EventQueue queue, Spread length, Chance chance) {
    this.queue = queue;
    this.length = length;
    this.chance = chance;
  }

  /** Does something once the task's image is on its node. */
  public void await(Task task, Runnable then) {
    if (length.highMillis() == 0 || held(task.node()).contains(task.spec().image())) {
      then.run();
      return;
    }
    Pull pull = running(task.node()).computeIfAbsent(task.spec().image(), image -> begin(task));
    pull.waiting.put(task, then);
  }

  /** The task does not want it any more. */
  public void leave(Task task) {
    Pull pull = running(task.node()).get(task.spec().image());
    if (pull != null && pull.waiting.remove(task) != null && pull.waiting.isEmpty()) {
      pull.end.cancel();
      running(task.node()).remove(task.spec().image());
    }
  }

  private Pull begin(Task first) {
    Pull pull = new Pull();
    pull.end = queue.after(chance.micros(length), () -> end(first));
    return pull;
  }

  private void end(Task first) {
    held(first.node()).add(first.spec().image());
    Pull pull = running(first.node()).remove(first.spec().image());
    List.copyOf(pull.waiting.values()).forEach(Runnable::run);
  }

  private Set<String> held(Node node) {
    return held.computeIfAbsent(node, first -> new HashSet<>());
  }

  private Map<String, Pull> running(Node node) {
    return running.computeIfAbsent(node, first -> new HashMap<>());
  }
}
