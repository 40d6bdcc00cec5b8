package io.rolloutlab.calibration;

import io.rolloutlab.calibration.RecordedRuns.Run;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.node.Machine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What real runs show of the latencies on the way of a request: of the edge, of the app and of who
 * asks. One value, in milliseconds, each time one was seen.
 */
final class TrafficReadings {
  private static final int OK = 200;

  /** The load's JVM is slow in its first seconds. */
  private static final long SETTLING_MILLIS = 5_000;

  private final RecordedRuns runs;

  TrafficReadings(RecordedRuns runs) {
    this.runs = runs;
  }

  /**
   * From the order to change the routes until the edge was seen to serve by them, where it takes
   * them up by a reload.
   */
  double[] reloads() {
    return runs.each(
        run ->
            run.scenario().edge().updated().isPresent()
                ? DoubleStream.empty()
                : run.history()
                    .events(Event.EdgeChange.class)
                    .mapToDouble(change -> change.doneAtMillis() - change.atMillis()));
  }

  /**
   * From running to the first answer, where a service has one replica and the old one stops first:
   * its name stands for nobody else, and nginx keeps no empty answer of the DNS.
   */
  double[] boots() {
    return runs.each(
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
    return run.having(TaskState.RUNNING)
        .filter(life -> life.app() && life.at(TaskState.RUNNING) > loaded)
        .flatMapToDouble(
            life ->
                first.values().stream()
                    .filter(at -> at >= life.at(TaskState.RUNNING))
                    .mapToDouble(at -> at - life.at(TaskState.RUNNING))
                    .min()
                    .stream());
  }

  /** Probes of smoke tests; all of one test have its mean. */
  double[] probes() {
    return runs.each(
        run -> {
          OptionalInt requests = run.scenario().settings().smokeTest();
          return requests.isPresent() ? smoke(run, requests.getAsInt()) : DoubleStream.empty();
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
    for (Run run : runs.all()) {
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
    return runs.each(
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
