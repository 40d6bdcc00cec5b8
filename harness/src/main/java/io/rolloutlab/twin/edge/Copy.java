package io.rolloutlab.twin.edge;

import io.rolloutlab.twin.clock.EventQueue;

/**
 * The copy of a request for the mirror: nginx tries one address, and throws away what comes of it
 * (ngx_http_mirror_module.c).
 */
final class Copy {
  /** nginx waits so long for an answer (proxy_read_timeout's default). */
  private static final long LIMIT_MICROS = 60_000_000;

  private final EventQueue.Entry limit;
  private Runnable over;

  /**
   * Sends it.
   *
   * @param over what follows when it is answered, or has failed
   */
  Copy(EventQueue queue, Attempt to, Runnable over) {
    this.over = over;
    if (to.task() == null) {
      limit = queue.after(0, this::end);
    } else {
      limit = queue.after(LIMIT_MICROS, this::end);
      to.task().app().request(answer -> end());
    }
  }

  private void end() {
    Runnable first = over;
    over = () -> {};
    limit.cancel();
    first.run();
  }
}
