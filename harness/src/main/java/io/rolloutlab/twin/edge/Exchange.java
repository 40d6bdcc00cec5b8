package io.rolloutlab.twin.edge;

import io.rolloutlab.edge.EdgeBehaviour;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.edge.RetryOn;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Doing;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * One request in the edge: tries upstreams until one answers, and is logged once, at its end. Where
 * it is copied to a mirror, it ends when the copy is answered as well: the user has the answer
 * before (ngx_http_request.c, ngx_http_finalize_connection; seen in 1.22).
 */
public final class Exchange {
  private static final String NOT_CONNECTED = "-";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  /**
   * Why a request failed, as only the simulation can know it.
   *
   * @param request its id
   * @param tried whether anybody was asked
   * @param met what the one that was asked last was doing then; null where there was none
   * @param left what it was doing when the request ended; null where nobody was asked
   * @param came what came of that try; null where the user had gone before, and OK where the task
   *     does not have the asset that was asked for
   */
  public record Failure(long request, boolean tried, Doing met, Doing left, App.Answer came) {}

  private final EventQueue queue;
  private final Nginx.Connection connection;
  private final long connectionRequest;
  private final long id;
  private final UserRequest user;
  private final EdgeBehaviour behaviour;
  private final Consumer<Hit> log;
  private final Consumer<Hit> answer;
  private final Consumer<Failure> truth;
  private final List<String> addresses = new ArrayList<>();
  private final List<String> statuses = new ArrayList<>();
  private final List<String> connects = new ArrayList<>();
  private final List<String> lengths = new ArrayList<>();
  private final long startMicros;
  private Iterator<Attempt> attempts;
  private Attempt last;
  private long lastStartMicros;
  private Doing met;
  private App.Answer came;
  private EventQueue.Entry limit;
  private int spare;
  private boolean waiting;
  private boolean copying;
  private boolean ended;
  private boolean logged;
  private int status;
  private Task by;

  /**
   * @param behaviour how long it waits, and after what it tries another upstream
   * @param log gets the line that the edge writes
   * @param answer gets what the user gets, unless the user has gone
   * @param truth is told why it failed, where it did
   */
  public Exchange(
      EventQueue queue,
      Nginx.Connection connection,
      long id,
      UserRequest user,
      EdgeBehaviour behaviour,
      Consumer<Hit> log,
      Consumer<Hit> answer,
      Consumer<Failure> truth) {
    this.queue = queue;
    this.connection = connection;
    this.id = id;
    this.user = user;
    this.behaviour = behaviour;
    this.log = log;
    this.answer = answer;
    this.truth = truth;
    connectionRequest = connection.nextRequest();
    startMicros = queue.nowMicros();
  }

  public void begin() {
    Upstreams upstreams = connection.worker().upstreams();
    attempts = upstreams.attempts(user);
    upstreams
        .mirror()
        .ifPresent(
            to -> {
              copying = true;
              new Copy(queue, to, connectLimit(), answerLimit(), this::copied);
            });
    attemptNext();
  }

  /** The user has gone. */
  public void abort() {
    if (!ended) {
      if (connects.size() < addresses.size()) {
        over(waiting);
      }
      end(Hit.CLIENT_GONE, null);
      log(line());
    }
  }

  private void copied() {
    copying = false;
    if (ended) {
      log(line());
    }
  }

  private void attemptNext() {
    if (!attempts.hasNext()) {
      // No address behind the name, or no server left alive.
      finish(behaviour.unanswered().nobody(), null);
      return;
    }
    Attempt attempt = attempts.next();
    last = attempt;
    lastStartMicros = queue.nowMicros();
    came = null;
    met = attempt.task() == null ? null : attempt.task().app().doing();
    addresses.add(attempt.address());
    int number = addresses.size();
    boolean connected = attempt.connects();
    waiting = connected;
    if (attempt.task() == null) {
      queue.after(0, () -> heard(attempt, number, App.Answer.UNREACHABLE, false));
      return;
    }
    if (connected) {
      limit =
          queue.after(answerLimit(), () -> heard(attempt, number, App.Answer.TIMED_OUT, connected));
    }
    attempt.send(connectLimit(), what -> heard(attempt, number, what, connected));
  }

  /** What comes of a try that was given up is heard by nobody. */
  private void heard(Attempt attempt, int number, App.Answer what, boolean connected) {
    if (ended || number != addresses.size()) {
      return;
    }
    stopWaiting();
    came = what;
    over(connected);
    switch (what) {
      case OK -> found(attempt);
      case ERROR -> error(attempt);
      case REFUSED, RESET, UNREACHABLE -> {
        // A kept connection may have been closed meanwhile: that try does not count.
        spare += attempt.kept() ? 1 : 0;
        failed(attempt, behaviour.unanswered().nobody(), RetryOn.ERROR);
      }
      case TIMED_OUT -> failed(attempt, behaviour.unanswered().late(), RetryOn.TIMEOUT);
    }
  }

  /** The last try is. */
  private void over(boolean connected) {
    connects.add(connected ? "0" : NOT_CONNECTED);
    lengths.add("" + (queue.nowMicros() - lastStartMicros) / 1000);
  }

  /** What another version's page names a task does not have; nginx tries nobody else for it. */
  private void found(Attempt attempt) {
    boolean its = user.isFoundIn(attempt.task().spec().version());
    answered(attempt, its ? OK : NOT_FOUND);
  }

  /** Only where another can be tried is an answer of the app a failure (ngx_http_upstream.c). */
  private void error(Attempt attempt) {
    if (mayTryAgain(RetryOn.HTTP_500)) {
      failed(attempt, SERVER_ERROR, RetryOn.HTTP_500);
    } else {
      answered(attempt, SERVER_ERROR);
    }
  }

  private void answered(Attempt attempt, int with) {
    attempt.answered().run();
    finish(with, attempt.task());
  }

  private void failed(Attempt attempt, int status, RetryOn what) {
    attempt.failed().run();
    if (mayTryAgain(what)) {
      statuses.add("" + status);
      attemptNext();
    } else {
      finish(status, null);
    }
  }

  /**
   * What a task has had is sent to no other where it may have been carried out: POST and PATCH
   * (ngx_http_upstream.c: ngx_http_upstream_next, ngx_http_upstream_test_next).
   */
  private boolean mayTryAgain(RetryOn what) {
    return behaviour.retried().contains(what) && (user.repeatable() || !waiting) && another();
  }

  private boolean another() {
    return attempts.hasNext()
        && (behaviour.tries() == 0 || addresses.size() - spare < behaviour.tries());
  }

  private void stopWaiting() {
    if (limit != null) {
      limit.cancel();
      limit = null;
    }
  }

  private long connectLimit() {
    return EventQueue.micros(behaviour.connectLimit());
  }

  private long answerLimit() {
    return EventQueue.micros(behaviour.answerLimit());
  }

  private void finish(int status, Task by) {
    if (!addresses.isEmpty()) {
      statuses.add("" + status);
    }
    end(status, by);
    Hit line = line();
    if (!copying) {
      log(line);
    }
    answer.accept(line);
  }

  private void end(int how, Task who) {
    ended = true;
    stopWaiting();
    status = how;
    by = who;
    if (how >= SERVER_ERROR || how == Hit.CLIENT_GONE || how == NOT_FOUND) {
      truth.accept(new Failure(id, last != null, met, doing(), came));
    }
    connection.nginx().answered();
  }

  private Doing doing() {
    return last == null || last.task() == null ? null : last.task().app().doing();
  }

  private void log(Hit line) {
    if (!logged) {
      logged = true;
      log.accept(line);
      connection.free();
    }
  }

  private Hit line() {
    long now = queue.nowMicros();
    return new Hit(
        TwinTimeline.EPOCH_MILLIS + now / 1000,
        id,
        user.client(),
        new Hit.Answer(status, (int) ((now - startMicros) / 1000)),
        new Hit.Tries(
            String.join(", ", addresses),
            String.join(", ", statuses),
            connected(),
            String.join(", ", lengths)),
        by == null ? AppHeaders.NONE : new AppHeaders(by.spec().version(), by.app().container()),
        new Hit.Connection(
            connection.nginx().name(),
            connection.worker().pid(),
            connection.number(),
            connectionRequest));
  }

  /** As nginx logs it: nothing where nothing was connected to in a single try. */
  private String connected() {
    String all = String.join(", ", connects);
    return all.equals(NOT_CONNECTED) ? "" : all;
  }
}
