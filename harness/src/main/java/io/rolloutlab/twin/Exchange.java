package io.rolloutlab.twin;

import io.rolloutlab.history.Hit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** One request in nginx: tries upstreams until one answers, and is logged once, at its end. */
final class Exchange {
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;
  private static final int CLIENT_CLOSED = 499;

  private final EventQueue queue;
  private final Nginx.Connection connection;
  private final long connectionRequest;
  private final long id;
  private final String client;
  private final boolean retries;
  private final Consumer<Hit> log;
  private final Consumer<Hit> answer;
  private final List<String> addresses = new ArrayList<>();
  private final List<String> statuses = new ArrayList<>();
  private final long startMicros;
  private Iterator<Attempt> attempts;
  private boolean ended;

  /**
   * @param retries whether another upstream is tried after a failed one
   * @param log gets the line nginx writes
   * @param answer gets it as well, unless the user has gone
   */
  Exchange(
      EventQueue queue,
      Nginx.Connection connection,
      long id,
      String client,
      boolean retries,
      Consumer<Hit> log,
      Consumer<Hit> answer) {
    this.queue = queue;
    this.connection = connection;
    this.id = id;
    this.client = client;
    this.retries = retries;
    this.log = log;
    this.answer = answer;
    connectionRequest = connection.nextRequest();
    startMicros = queue.nowMicros();
  }

  void begin() {
    attempts = connection.worker().upstreams().attempts(client);
    attemptNext();
  }

  /** The user has gone. */
  void abort() {
    if (!ended) {
      log.accept(end(CLIENT_CLOSED, null));
    }
  }

  private void attemptNext() {
    if (!attempts.hasNext()) {
      // No address behind the name, or no server left alive.
      finish(BAD_GATEWAY, null);
      return;
    }
    Attempt attempt = attempts.next();
    addresses.add(attempt.address());
    if (attempt.task() == null) {
      queue.after(0, () -> failed(attempt, BAD_GATEWAY));
    } else {
      attempt.task().app().request(what -> heard(attempt, what));
    }
  }

  private void heard(Attempt attempt, App.Answer what) {
    if (ended) {
      return;
    }
    switch (what) {
      case OK -> finish(200, attempt.task());
      case ERROR -> finish(500, attempt.task());
      case REFUSED, RESET, UNREACHABLE -> failed(attempt, BAD_GATEWAY);
      case TIMED_OUT -> failed(attempt, GATEWAY_TIMEOUT);
    }
  }

  private void failed(Attempt attempt, int status) {
    attempt.failed().run();
    if (ended) {
      return;
    }
    if (retries && attempts.hasNext()) {
      statuses.add("" + status);
      attemptNext();
    } else {
      finish(status, null);
    }
  }

  private void finish(int status, Task by) {
    if (!addresses.isEmpty()) {
      statuses.add("" + status);
    }
    Hit hit = end(status, by);
    log.accept(hit);
    answer.accept(hit);
  }

  private Hit end(int status, Task by) {
    ended = true;
    connection.nginx().answered();
    long now = queue.nowMicros();
    return new Hit(
        TwinTimeline.EPOCH_MILLIS + now / 1000,
        id,
        client,
        status,
        (int) ((now - startMicros) / 1000),
        String.join(", ", addresses),
        String.join(", ", statuses),
        by == null ? "" : by.spec().version(),
        by == null ? "" : by.app().container(),
        connection.nginx().name(),
        connection.number(),
        connectionRequest,
        connection.worker().pid());
  }
}
