package io.rolloutlab.load;

import io.rolloutlab.history.Population;
import io.rolloutlab.scenario.requests.RequestDraw;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Numbers the requests, gives each its user, draws what it asks for, and knows how many are in
 * flight. Safe for use by many threads.
 */
final class Arrivals {
  private final SplittableRandom random;
  private final int users;
  private final RequestDraw draw;
  private final long drainNanos;
  private final Map<Population, Long> indexes = new EnumMap<>(Population.class);
  private long lastId;
  private long inFlight;
  private boolean closed;
  private long closedAtNanos;

  /**
   * @param draw of this load alone: it is asked once a request, in the order of their ids
   * @param drain how long requests in flight may take to end after {@link #close}
   */
  Arrivals(long seed, int users, RequestDraw draw, Duration drain) {
    random = new SplittableRandom(seed);
    this.users = users;
    this.draw = draw;
    drainNanos = drain.toNanos();
  }

  /** The next request; empty once closed. */
  synchronized Optional<Arrival> next(Population population) {
    if (closed) {
      return Optional.empty();
    }
    inFlight++;
    long index = indexes.merge(population, 1L, Long::sum) - 1;
    String request = draw.next().map(RequestPlan::name).orElse("");
    return Optional.of(new Arrival(++lastId, random.nextInt(users), population, index, request));
  }

  /**
   * An asset that a page named, of the same user over the same kind of connection; empty once
   * closed. Nothing is drawn for it, so that assets change no arrival.
   */
  synchronized Optional<Arrival> asset(Arrival page) {
    if (closed) {
      return Optional.empty();
    }
    inFlight++;
    return Optional.of(
        new Arrival(
            ++lastId, page.user(), page.population(), page.index(), page.request(), page.id()));
  }

  /** A request has ended. */
  synchronized void ended() {
    inFlight--;
  }

  /** No more requests from now on. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      closedAtNanos = System.nanoTime();
    }
  }

  /** Whether it is closed, and nothing is in flight or what is has had its time. */
  synchronized boolean drained() {
    return closed && (inFlight == 0 || System.nanoTime() - closedAtNanos > drainNanos);
  }
}
