package io.rolloutlab.twin.edge;

import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Idle connections that a worker keeps to the servers of an upstream block, the one used last
 * first; whatever is too much, or closed by the app, goes (ngx_http_upstream_keepalive_module.c,
 * 1.26). Behind a virtual address each of them stays with the task that IPVS chose when it was
 * opened, also when that is to stop and gets no new one (moby#38841).
 */
final class KeptConnections {
  /** keepalive_requests of an upstream block, left as it is. */
  private static final int MOST_REQUESTS = 1000;

  private final EventQueue queue;
  private final int most;
  private final Deque<Kept> idle = new ArrayDeque<>();

  /**
   * @param server of the block
   * @param task at its other end
   * @param requests that were sent over it
   */
  record Kept(Object server, Task task, int requests, long sinceMicros) {}

  /**
   * @param most how many; 0 for none
   */
  KeptConnections(EventQueue queue, int most) {
    this.queue = queue;
    this.most = most;
  }

  /** One to a server, which is no longer idle then. */
  Optional<Kept> take(Object server) {
    idle.removeIf(kept -> kept.task().app().hasClosed(kept.sinceMicros()));
    for (Iterator<Kept> all = idle.iterator(); all.hasNext(); ) {
      Kept kept = all.next();
      if (kept.server() == server) {
        all.remove();
        return Optional.of(kept);
      }
    }
    return Optional.empty();
  }

  /** Keeps one on which an answer has come, unless its end is closed or will be. */
  void keep(Object server, Task task, int requests) {
    if (most == 0 || requests >= MOST_REQUESTS || !task.app().connects()) {
      return;
    }
    idle.removeIf(kept -> kept.task().app().hasClosed(kept.sinceMicros()));
    idle.addFirst(new Kept(server, task, requests, queue.nowMicros()));
    if (idle.size() > most) {
      idle.removeLast();
    }
  }
}
