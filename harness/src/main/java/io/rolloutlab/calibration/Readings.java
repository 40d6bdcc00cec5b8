package io.rolloutlab.calibration;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.BlueGreenPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.node.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What real runs show of the latencies: one value, in milliseconds, each time one was seen. */
final class Readings {
  private static final int OK = 200;

  /** The load's JVM is slow in its first seconds. */
  private static final long SETTLING_MILLIS = 5_000;

  private final List<Run> runs;

  private record Run(History history, List<Life> lives) {
    Scenario scenario() {
      return history.manifest().scenario();
    }

    HealthCheck healthCheck() {
      return scenario().app().healthCheck();
    }

    /** How many of its containers compute at a time because they start or boot. */
    long atWork(long millis, Spread wait, Spread boot) {
      return having("starting", "running")
          .filter(Life::app)
          .filter(life -> life.at("starting") + wait.meanMillis() <= millis)
          .filter(life -> millis < life.at("running") + boot.meanMillis())
          .count();
    }

    Stream<Life> having(String... states) {
      return lives.stream().filter(life -> life.has(states));
    }
  }

  Readings(List<History> histories) {
    runs = histories.stream().map(history -> new Run(history, Life.of(history))).toList();
  }

  /** Sorted; a negative one is a clock's fault and says nothing. */
  private double[] each(Function<Run, DoubleStream> reading) {
    return runs.stream()
        .flatMapToDouble(reading::apply)
        .filter(millis -> millis >= 0)
        .sorted()
        .toArray();
  }

  /** A node often gives "accepted" the time of "assigned"; "preparing" has its own. */
  double[] dispatches() {
    return each(
        run ->
            run.having("assigned", "preparing")
                .mapToDouble(life -> life.between("assigned", "preparing")));
  }

  /** From assigned to prepared; what was to run at once is so when it starts. */
  private static DoubleStream prepared(Stream<Life> lives) {
    return lives
        .filter(life -> life.app() && life.has("assigned"))
        .filter(life -> life.has("ready") || life.wantedAtOnce() && life.has("starting"))
        .mapToDouble(life -> life.between("assigned", life.has("ready") ? "ready" : "starting"));
  }

  /** Dispatch and preparation together, on nodes that know the network. */
  double[] preparations() {
    return each(run -> prepared(run.lives().stream().filter(life -> !firstOn(run, life))));
  }

  /** The same on nodes that set it up. */
  double[] firstPreparations() {
    return each(run -> prepared(run.lives().stream().filter(life -> firstOn(run, life))));
  }

  /** Of the tasks that were made together, all wait for the network. */
  private static boolean firstOn(Run run, Life life) {
    return run.lives().stream()
        .filter(other -> other.node().equals(life.node()) && other.has("assigned"))
        .noneMatch(
            other ->
                life.has("assigned")
                    && other.has("running")
                    && other.at("running") < life.at("assigned"));
  }

  /** Tasks that start at one time slow each other down. */
  double[] loneStarts() {
    return each(run -> run.healthCheck() == null ? lone(run) : DoubleStream.empty());
  }

  private static DoubleStream lone(Run run) {
    List<Life> started = run.having("starting", "running").toList();
    return started.stream()
        .filter(life -> started.stream().noneMatch(o -> o != life && life.startsBeside(o)))
        .mapToDouble(life -> life.between("starting", "running"));
  }

  /**
   * A first probe that succeeds, with the start before it: from starting to running, without the
   * interval. Only where probes of different tasks seldom meet, which would slow each other down.
   *
   * @param startMillis how long a container alone takes to start
   */
  double[] healthyStarts(double startMillis) {
    return each(
        run -> {
          HealthCheck check = run.healthCheck();
          if (check == null
              || !check.startPeriod().isZero()
              || check.interval().toSeconds() < run.scenario().tasks()) {
            return DoubleStream.empty();
          }
          double interval = check.interval().toMillis();
          // A second probe comes an interval later: its start was slower, not its probe.
          return lone(run)
              .map(millis -> millis - interval)
              .filter(millis -> millis - startMillis < interval);
        });
  }

  /** Containers that started together: how many, and how long until the last of them ran. */
  record Crowd(int tasks, double millis) {}

  /** Of at least three. */
  List<Crowd> crowds() {
    List<Crowd> crowds = new ArrayList<>();
    for (Run run : runs) {
      List<Life> left = new ArrayList<>();
      if (run.healthCheck() == null) {
        run.having("starting", "running").filter(Life::app).forEach(left::add);
      }
      while (!left.isEmpty()) {
        Set<Life> crowd = crowdOf(left.get(0), left);
        left.removeAll(crowd);
        if (crowd.size() >= 3) {
          long from = crowd.stream().mapToLong(life -> life.at("starting")).min().getAsLong();
          long to = crowd.stream().mapToLong(life -> life.at("running")).max().getAsLong();
          crowds.add(new Crowd(crowd.size(), to - from));
        }
      }
    }
    return crowds;
  }

  private static Set<Life> crowdOf(Life one, List<Life> among) {
    Set<Life> crowd = new LinkedHashSet<>(List.of(one));
    boolean grows = true;
    while (grows) {
      grows =
          crowd.addAll(
              among.stream().filter(o -> crowd.stream().anyMatch(o::startsBeside)).toList());
    }
    return crowd;
  }

  /** From the order to the end. */
  double[] stops() {
    return each(
        run ->
            run.having("shutdown")
                .filter(Life::toldToStop)
                .mapToDouble(life -> life.at("shutdown") - life.toldAt(run.lives())));
  }

  /** Report of a stop and dispatch of the order to start together: what follows a stop at once. */
  double[] successions() {
    return each(
        run ->
            run.having("shutdown")
                .filter(Life::toldToStop)
                .flatMapToDouble(
                    old ->
                        old
                            .replacement(run.lives())
                            .filter(fresh -> fresh.has("ready", "starting"))
                            .filter(fresh -> fresh.at("ready") < old.at("shutdown"))
                            .map(fresh -> fresh.at("starting") - (double) old.at("shutdown"))
                            .stream()
                            .mapToDouble(Double::doubleValue)));
  }

  double[] reloads() {
    return each(
        run ->
            run.history()
                .events(Event.EdgeChange.class)
                .mapToDouble(change -> change.doneAtMillis() - change.atMillis()));
  }

  /**
   * From running to the first answer, where a service has one replica and the old one stops first:
   * its name stands for nobody else, and nginx keeps no empty answer of the DNS.
   */
  double[] boots() {
    return each(
        run ->
            run.scenario().tasks() == 1
                    && run.healthCheck() == null
                    && run.scenario()
                        .settings()
                        .updates()
                        .filter(w -> w.alwaysIn(Order.STOP_FIRST))
                        .isPresent()
                ? firstAnswers(run)
                : DoubleStream.empty());
  }

  private static DoubleStream firstAnswers(Run run) {
    Map<String, Long> first = new HashMap<>();
    for (Hit hit : run.history().hits()) {
      if (hit.status() == OK) {
        first.putIfAbsent(hit.replica(), hit.atMillis() - hit.latencyMillis());
      }
    }
    long loaded = first.values().stream().mapToLong(at -> at).min().orElse(Long.MAX_VALUE);
    return run.having("running")
        .filter(life -> life.app() && life.at("running") > loaded)
        .flatMapToDouble(
            life ->
                first.values().stream()
                    .filter(at -> at >= life.at("running"))
                    .mapToDouble(at -> at - life.at("running"))
                    .min()
                    .stream());
  }

  /** Probes of smoke tests; all of one test have its mean. */
  double[] probes() {
    return each(
        run -> {
          return run.scenario().settings(BlueGreenPlan.class).stream()
              .flatMapToDouble(plan -> smoke(run, plan.smokeRequests()));
        });
  }

  private static DoubleStream smoke(Run run, int requests) {
    if (!run.scenario().during().isEmpty()) {
      // A step of something that happens may come before the one that ends the smoke test.
      return DoubleStream.empty();
    }
    List<Event.Step> steps = run.history().events(Event.Step.class).toList();
    DoubleStream lengths = DoubleStream.empty();
    for (int i = 1; i < steps.size(); i++) {
      String label = steps.get(i - 1).label();
      if (label.startsWith("smoke test: " + requests + " ")) {
        double mean = (steps.get(i).atMillis() - steps.get(i - 1).atMillis()) / (double) requests;
        lengths = DoubleStream.concat(lengths, DoubleStream.generate(() -> mean).limit(requests));
      }
    }
    return lengths;
  }

  /**
   * What requests took longer than usual while containers started together.
   *
   * @param crowding sum over these requests, each when it began
   * @param longerMillis sum over these requests; those that took less count as none
   */
  record CrowdWaits(int requests, double crowding, double longerMillis) {}

  /**
   * Reads them where no health check takes the cores as well.
   *
   * @param usualMillis what a request takes otherwise
   * @param wait part of a start that needs no core
   * @param boot of the app, after its container has started
   * @param cores that starts share
   */
  CrowdWaits crowdWaits(double usualMillis, Spread wait, Spread boot, double cores) {
    int requests = 0;
    double crowding = 0;
    double longer = 0;
    for (Run run : runs) {
      if (run.healthCheck() != null) {
        continue;
      }
      for (Request request : triedOnce(run.history()).toList()) {
        double now = Machine.crowding(run.atWork(request.actualAtMillis(), wait, boot), cores);
        if (now > 0) {
          requests++;
          crowding += now;
          longer += Math.max(0, request.latencyMillis() - usualMillis);
        }
      }
    }
    return new CrowdWaits(requests, crowding, longer);
  }

  /** Requests that the edge tried once, and that were answered well, as their users saw them. */
  private static Stream<Request> triedOnce(History run) {
    Set<Long> again =
        run.hits().stream()
            .filter(hit -> hit.upstream().contains(","))
            .map(Hit::id)
            .collect(Collectors.toSet());
    return run.requests().stream()
        .filter(request -> request.outcome() == Outcome.OK && !again.contains(request.id()));
  }

  /**
   * What users waited for answers before anything was rolled out and once the load had settled,
   * where no health check took the cores meanwhile.
   */
  double[] services() {
    return each(
        run -> {
          if (run.healthCheck() != null) {
            return DoubleStream.empty();
          }
          long begin = rolloutBegins(run.history()).orElse(Long.MAX_VALUE);
          long settled =
              SETTLING_MILLIS
                  + run.history().requests().stream()
                      .mapToLong(Request::actualAtMillis)
                      .min()
                      .orElse(0);
          return triedOnce(run.history())
              .filter(request -> request.actualAtMillis() < begin)
              .filter(request -> request.actualAtMillis() >= settled)
              .mapToDouble(Request::latencyMillis);
        });
  }

  private static OptionalLong rolloutBegins(History run) {
    return run.events(Event.PhaseStarted.class)
        .filter(phase -> phase.phase() == PhaseKind.ROLLOUT)
        .mapToLong(Event.PhaseStarted::atMillis)
        .findFirst();
  }
}
