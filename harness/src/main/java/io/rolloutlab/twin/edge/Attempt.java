package io.rolloutlab.twin.edge;

import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Task;
import java.util.function.Consumer;

/**
 * A try of the edge to get an answer.
 *
 * @param address as the edge logs it
 * @param task that is connected to; null when there is none behind the address
 * @param kept whether the connection was there before
 * @param failed is told when it was in vain
 * @param answered is told when it was not
 */
record Attempt(String address, Task task, boolean kept, Runnable failed, Runnable answered) {
  /** Over a new connection that is not kept; what comes of it changes nothing. */
  static Attempt once(String address, Task task) {
    return new Attempt(address, task, false, () -> {}, () -> {});
  }

  /** Whether its connection is there, or comes about. */
  boolean connects() {
    return task != null && (kept || task.app().connects());
  }

  /**
   * Sends the request; there is a task.
   *
   * @param connectLimitMicros how long the edge waits for a connection
   */
  void send(long connectLimitMicros, Consumer<App.Answer> then) {
    if (kept) {
      task.app().requestOnKept(then);
    } else {
      task.app().request(connectLimitMicros, then);
    }
  }
}
