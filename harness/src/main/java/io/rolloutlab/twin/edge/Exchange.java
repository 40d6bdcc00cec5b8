package io.rolloutlab.twin.edge;

import io.rolloutlab.history.Hit;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * One request in nginx: tries upstreams until one answers, and is logged once, at its end. Where it
 * is copied to a mirror, it ends when the copy is answered as well: the user has the answer before
 * (ngx_http_request.c, ngx_http_finalize_connection; seen in 1.22).
 */
public final class Exchange {
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
  private boolean copying;
  private boolean ended;
  private boolean logged;
  private int status;
  private Task by;

  /**
   * @param retries whether another upstream is tried after a failed one
   * @param log gets the line nginx writes
   * @param answer gets what the user gets, unless the user has gone
   */
  public Exchange(
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

  public void begin() {
    Upstreams upstreams = connection.worker().upstreams();
    attempts = upstreams.attempts(client);
    upstreams
        .mirror()
        .ifPresent(
            to -> {
              copying = true;
              new Copy(queue, to, this::copied);
            });
    attemptNext();
  }

  /** The user has gone. */
  public void abort() {
    if (!ended) {
      end(CLIENT_CLOSED, null);
      log();
    }
  }

  private void copied() {
    copying = false;
    if (ended) {
      log();
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
    end(status, by);
    if (!copying) {
      log();
    }
    answer.accept(line());
  }

  private void end(int how, Task who) {
    ended = true;
    status = how;
    by = who;
    connection.nginx().answered();
  }

  private void log() {
    if (!logged) {
      logged = true;
      log.accept(line());
      connection.free();
    }
  }

  private Hit line() {
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
