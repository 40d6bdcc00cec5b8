package io.rolloutlab.twin;

import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.load.ArrivalSchedule;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.requests.GoodAnswer;
import io.rolloutlab.scenario.requests.RequestDraw;
import io.rolloutlab.scenario.requests.RequestPlan;
import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Traffic;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.edge.Exchange;
import io.rolloutlab.twin.edge.Nginx;
import io.rolloutlab.twin.edge.UserRequest;
import io.rolloutlab.twin.manager.Recent;
import io.rolloutlab.twin.model.TwinSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The users: the arrivals, identities, requests and connections of the load module, in virtual
 * time. Of the requests that a scenario lists it knows name, method and assets: the app answers all
 * of them alike, but for the assets that only the other version has.
 */
final class TwinTraffic implements Traffic {
  private static final long DRAIN_SLACK_MICROS = 500_000;
  private static final long STEP_MICROS = 50_000;

  private final EventQueue queue;
  private final TwinEdge edge;
  private final TwinSettings settings;
  private final LoadPlan plan;
  private final Duration logLimit;
  private final Optional<UserMark> mark;
  private final Chance chance;

  /** Drawn once a request in the order of sending, as load's Arrivals does: the same users. */
  private final SplittableRandom users;

  /** And drawn as often as they are: the same requests. */
  private final RequestDraw asked;

  private final Consumer<Request> requests;
  private final Consumer<Hit> hits;
  private final Consumer<Exchange.Failure> truth;
  private final List<Journey> sent = new ArrayList<>();

  /** The one that has been idle longest is the next (gatling-http-client 3.15, ChannelPool). */
  private final Queue<Nginx.Connection> kept = new ArrayDeque<>();

  private final Map<Population, ArrivalSchedule> schedules = new EnumMap<>(Population.class);
  private final Recent recent = new Recent();
  private long startMicros;
  private long failed;
  private int inFlight;
  private int unlogged;
  private boolean started;
  private boolean ended;
  private boolean exhausted;

  /**
   * @param requests gets every request at the end
   * @param hits gets what nginx logs, as it does
   * @param truth is told why each request failed that the edge had
   */
  TwinTraffic(
      EventQueue queue,
      TwinEdge edge,
      TwinSettings settings,
      Scenario scenario,
      long seed,
      Consumer<Request> requests,
      Consumer<Hit> hits,
      Consumer<Exchange.Failure> truth) {
    this.queue = queue;
    this.edge = edge;
    this.settings = settings;
    plan = scenario.load();
    logLimit = EdgeDialects.logLimit(scenario);
    mark = scenario.settings().mark(plan);
    this.requests = requests;
    this.hits = hits;
    this.truth = truth;
    chance = new Chance(seed, "traffic");
    users = new SplittableRandom(seed);
    asked = new RequestDraw(plan.requests(), seed);
  }

  @Override
  public void start() {
    if (started) {
      throw new StepFailedException("the load has been started before; it can be started once");
    }
    queue.run(chance.micros(settings.loadStart()));
    startMicros = queue.nowMicros();
    started = true;
    for (Population population : Population.values()) {
      schedules.put(population, ArrivalSchedule.of(plan, population));
      arrive(population, 0);
    }
    queue.run(0);
  }

  /** Throws when the load has ended though nobody ended it. */
  void check() {
    if (exhausted && !ended) {
      throw new StepFailedException(
          "the load ended before the rollout did: load.limit (%s) has passed"
              .formatted(Durations.print(plan.limit())));
    }
  }

  @Override
  public void stop() {
    if (!started || ended) {
      return;
    }
    ended = true;
    long limit = queue.nowMicros() + EventQueue.micros(plan.requestTimeout()) + DRAIN_SLACK_MICROS;
    while (inFlight > 0 && queue.nowMicros() < limit) {
      queue.run(STEP_MICROS);
    }
    long logEnd = queue.nowMicros() + EventQueue.micros(logLimit);
    while (unlogged > 0 && queue.nowMicros() < logEnd) {
      queue.run(STEP_MICROS);
    }
    sent.forEach(journey -> requests.accept(journey.record()));
  }

  @Override
  public Counts counts() {
    long second = queue.nowMicros() / 1_000_000;
    return new Counts(
        sent.size(), failed, recent.of(VersionPlan.V1, second), recent.of(VersionPlan.V2, second));
  }

  private void arrive(Population population, long index) {
    ArrivalSchedule schedule = schedules.get(population);
    if (index >= schedule.requests()) {
      exhausted = exhausted || schedule.requests() > 0;
      return;
    }
    long due = startMicros + schedule.offsetMillis(index) * 1000;
    queue.after(
        Math.max(0, due - queue.nowMicros()),
        () -> {
          if (!ended) {
            send(population, due);
            arrive(population, index + 1);
          }
        });
  }

  private void send(Population population, long dueMicros) {
    dispatch(
        new Journey(
            users.nextInt(plan.users()), asked.next(), population, dueMicros, Optional.empty()));
  }

  private void dispatch(Journey journey) {
    sent.add(journey);
    inFlight++;
    journey.depart();
  }

  /**
   * Something that a page names.
   *
   * @param page the id of the request that asked for it
   * @param version that answered it
   * @param number which of its assets it is, from 1
   */
  private record Asset(long page, String version, int number) {
    Asset next() {
      return new Asset(page, version, number + 1);
    }
  }

  private Optional<Nginx.Connection> connection(Population population) {
    Nginx.Connection idle = population == Population.REUSED ? kept.poll() : null;
    // Gatling looks at no other when the first one it finds is closed.
    return idle != null && idle.usable() ? Optional.of(idle) : edge.connect();
  }

  /** A request on its way, as its user sees it. */
  private final class Journey {
    private final long id = sent.size() + 1;
    private final int user;
    private final Optional<RequestPlan> listed;
    private final Population population;
    private final long dueMicros;
    private final Optional<Asset> asset;
    private final long sentMicros = queue.nowMicros();
    private EventQueue.Entry timeout;
    private Nginx.Connection connection;
    private Exchange exchange;
    private Outcome outcome = Outcome.UNKNOWN;
    private int latencyMillis = -1;
    private String error = "";
    private String wrong = "";
    private int status;
    private String version = "";
    private String replica = "";

    /**
     * @param listed which of the scenario's requests it is, or is an asset of
     * @param asset what it asks for; empty where it is no asset
     */
    Journey(
        int user,
        Optional<RequestPlan> listed,
        Population population,
        long dueMicros,
        Optional<Asset> asset) {
      this.user = user;
      this.listed = listed;
      this.population = population;
      this.dueMicros = dueMicros;
      this.asset = asset;
    }

    void depart() {
      go(connection(population));
    }

    private void go(Optional<Nginx.Connection> to) {
      if (to.isEmpty()) {
        queue.after(chance.micros(settings.transfer()), () -> end(Outcome.FAILED, "refused"));
        return;
      }
      connection = to.get();
      timeout = queue.after(EventQueue.micros(plan.requestTimeout()), this::giveUp);
      queue.after(
          chance.micros(settings.transfer()), () -> connection.take(this::served, this::resend));
    }

    /** Gatling does so, silently, when a kept connection is closed before it has an answer. */
    private void resend() {
      if (outcome == Outcome.UNKNOWN) {
        timeout.cancel();
        go(edge.connect());
      }
    }

    private void served() {
      exchange =
          new Exchange(
              queue,
              connection,
              id,
              request(),
              edge.behaviour(),
              this::logged,
              hit -> queue.after(chance.micros(settings.transfer()), () -> arrived(hit)),
              truth);
      unlogged++;
      if (outcome == Outcome.UNKNOWN) {
        exchange.begin();
      } else {
        exchange.abort();
      }
    }

    private UserRequest request() {
      UserRequest plain =
          UserRequest.of(user, mark, TwinTimeline.EPOCH_MILLIS + queue.nowMicros() / 1000);
      UserRequest request = asset.map(its -> plain.forAssetOf(its.version())).orElse(plain);
      return listed.map(RequestPlan::mayBeSentAgain).orElse(true) ? request : request.sentOnce();
    }

    private void logged(Hit hit) {
      unlogged--;
      hits.accept(hit);
    }

    private void giveUp() {
      if (outcome == Outcome.UNKNOWN) {
        Exchange givenUp = exchange;
        end(Outcome.FAILED, "timeout");
        if (givenUp != null) {
          givenUp.abort();
        }
      }
    }

    private void arrived(Hit hit) {
      if (outcome != Outcome.UNKNOWN) {
        return;
      }
      timeout.cancel();
      status = hit.status();
      version = hit.version();
      replica = hit.replica();
      boolean judged = status < 500 && asset.isPresent();
      wrong = judged ? GoodAnswer.OF_ASSET.complaintOfStatus(status).orElse("") : "";
      String failure = status >= 500 ? "http-" + status : wrong.isEmpty() ? "" : Request.NOT_GOOD;
      end(failure.isEmpty() ? Outcome.OK : Outcome.FAILED, failure);
      if (population == Population.REUSED) {
        kept.add(connection);
      }
      connection = null;
    }

    private void end(Outcome how, String why) {
      if (outcome != Outcome.UNKNOWN) {
        throw new IllegalStateException("the twin ends request " + id + " twice");
      }
      outcome = how;
      error = why;
      latencyMillis = (int) ((queue.nowMicros() - sentMicros) / 1000);
      inFlight--;
      failed += how == Outcome.FAILED ? 1 : 0;
      if (how == Outcome.OK) {
        recent.add(version, queue.nowMicros() / 1_000_000);
      }
      // The journey is kept to the end of the run, what it went through is not.
      timeout = null;
      exchange = null;
      // When the connection is free again.
      next().ifPresent(its -> queue.after(0, () -> askFor(its)));
    }

    /** What its user asks for after it: a page's first asset, or the next one of the same page. */
    private Optional<Asset> next() {
      int named = listed.map(RequestPlan::namedAssets).orElse(0);
      if (asset.isPresent()) {
        return asset.filter(its -> its.number() < named).map(Asset::next);
      }
      return named > 0 && outcome == Outcome.OK
          ? Optional.of(new Asset(id, version, 1))
          : Optional.empty();
    }

    private void askFor(Asset its) {
      if (!ended) {
        dispatch(new Journey(user, listed, population, queue.nowMicros(), Optional.of(its)));
      }
    }

    Request record() {
      return new Request(
          id,
          user,
          population,
          new Request.Times(
              TwinTimeline.EPOCH_MILLIS + dueMicros / 1000,
              TwinTimeline.EPOCH_MILLIS + sentMicros / 1000),
          new Request.End(latencyMillis, outcome, error, status),
          new AppHeaders(version, replica),
          new Request.Listed(
              listed.map(RequestPlan::name).orElse(""), wrong, asset.map(Asset::page).orElse(0L)));
    }
  }
}
