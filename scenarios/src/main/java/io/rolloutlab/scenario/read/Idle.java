package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.cluster.NodeConstraint;
import io.rolloutlab.scenario.cluster.NodeLabel;
import io.rolloutlab.scenario.edge.EdgeKind;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.sweep.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Keys that a file sets and that have no effect: warned of, never refused. */
final class Idle {
  /** Measures of {@code io.rolloutlab.analysis.measure.VisitMeasures}. */
  private static final List<String> ABOUT_VISITS = List.of("brokenVisitsPercent", "visits");

  private final Predicate<String> sets;
  private final List<Fault> idle = new ArrayList<>();

  private Idle(Predicate<String> sets) {
    this.sets = sets;
  }

  /**
   * Those of a scenario.
   *
   * @param sets whether the file sets a key, named by its path
   */
  static List<Fault> keys(Scenario scenario, Predicate<String> sets) {
    Idle idle = new Idle(sets);
    idle.balancing(scenario.balancing(), scenario.edge(), scenario);
    idle.nginx(scenario.edge());
    idle.edgeUpdate(scenario);
    scenario.settings().idle(scenario).stream()
        .map(fault -> fault.under(scenario.strategy().key()))
        .forEach(fault -> idle.add(fault.key(), fault.what()));
    idle.restarts(scenario.app().restart());
    idle.names("app.constraints", scenario.app().constraints(), scenario.cluster());
    idle.names("edge.constraints", scenario.edge().constraints(), scenario.cluster());
    idle.placement(scenario);
    idle.probes(scenario.app().healthCheck());
    if (scenario.isBaseline()) {
      idle.none("app.v2.fault", "where strategy is baseline: v2 never runs");
    }
    idle.expectations(scenario.settings().answers(), scenario.load().namesAssets());
    idle.alarm(scenario);
    return idle.idle;
  }

  /** Those of a sweep. */
  static List<Fault> keys(Sweep sweep, Predicate<String> sets) {
    List<Fault> idle = new ArrayList<>();
    if (sets.test("scenario.rolling.backAgain")) {
      idle.add(new Fault("scenario.rolling.backAgain", "has no effect: a sweep never goes back"));
    }
    keys(sweep.cells().get(0).scenario(), key -> sets.test("scenario." + key)).stream()
        .map(fault -> fault.under("scenario"))
        .forEach(idle::add);
    return idle;
  }

  private void balancing(Balancing balancing, EdgePlan edge, Scenario scenario) {
    if (balancing == Balancing.DNSRR) {
      none(
          "edge.maxFails", "under dnsrr: nginx asks for a service's addresses, and counts nothing");
      none("edge.failTimeout", "under dnsrr: nginx counts no failures there");
      none(
          "edge.nginx.keepalive",
          "under dnsrr: nginx keeps connections to the servers of upstream blocks alone, and there"
              + " are none");
      if (edge.replicas() > 1) {
        none(
            "edge.replicas",
            "under dnsrr: there is one task of the edge, whose port is the node's own");
      }
    } else if (balancing == Balancing.VIP) {
      none("edge.dnsValid", "under vip: a service has one address, which never changes");
    } else if (ofEdge(scenario.app().port())) {
      refusedUnderVip("app.port");
    } else {
      Room.portsBeside(scenario)
          .forEach(
              (key, port) -> {
                if (ofEdge(port)) {
                  refusedUnderVip(key);
                }
              });
    }
  }

  private void nginx(EdgePlan edge) {
    if (!edge.kind().equals(EdgeKind.NGINX)) {
      none("edge.nginx", "where edge.kind is " + edge.kind());
    } else if (edge.retried().isEmpty()) {
      none("edge.nginx.tries", "where edge.retries is false: nothing is tried again");
    }
  }

  private void edgeUpdate(Scenario scenario) {
    if (scenario.settings().secondService().isEmpty()) {
      none(
          "edge.update",
          "on users where strategy is %s: its routes are the same from the first request on"
              .formatted(scenario.strategy().fileName()));
    }
  }

  private void refusedUnderVip(String key) {
    add(key, "is one of the edge's, and will be refused where auto finds that vip works");
  }

  private void probes(HealthCheck check) {
    if (check != null && check.startPeriod().isZero()) {
      none("app.healthCheck.startInterval", "without a startPeriod");
    } else if (check != null && check.startInterval().compareTo(check.startPeriod()) >= 0) {
      add(
          "app.healthCheck.startPeriod",
          "is over before the first probe, which comes a startInterval of %s after the start"
              .formatted(Durations.print(check.startInterval())));
    }
  }

  private static boolean ofEdge(int port) {
    return Coherence.PORTS_OF_EDGE.contains(port);
  }

  private void restarts(RestartPlan restart) {
    if (restart.condition() == RestartPlan.Condition.NONE) {
      String where = "where condition is none: no task follows one that has ended";
      none("app.restart.delay", where);
      none("app.restart.maxAttempts", where);
      none("app.restart.window", where);
    } else if (restart.maxAttempts() == null) {
      none("app.restart.window", "without maxAttempts: attempts are counted for that alone");
    } else if (restart.neverGivesUp()) {
      none(
          "app.restart.maxAttempts",
          "where the window of %s is no longer than %s times the delay of %s: attempts are at least"
                  .formatted(
                      Durations.print(restart.window()),
                      restart.maxAttempts(),
                      Durations.print(restart.delay()))
              + " a delay apart, so that many never fall into it, and Swarm never gives up");
    }
  }

  private void names(String key, List<String> constraints, ClusterPlan cluster) {
    for (String text : constraints) {
      NodeConstraint constraint = NodeConstraint.parse(text);
      NodeConstraint opposite =
          new NodeConstraint(constraint.key(), !constraint.equal(), constraint.value());
      if (!constraint.equal() && !cluster.hasNodeFor(List.of(opposite))) {
        none(
            key,
            "in \"%s\": there is no such node; %s"
                .formatted(text, Coherence.there(constraint, cluster)));
      }
    }
  }

  private void placement(Scenario scenario) {
    AppPlan app = scenario.app();
    if (app.mode() == ServiceMode.GLOBAL) {
      none("app.spread", "where app.mode is global: there is one task on each node");
    }
    for (String label : app.spread()) {
      String name = NodeLabel.name(label);
      if (scenario.cluster().names().stream()
          .noneMatch(node -> scenario.cluster().labelsOf(node).containsKey(name))) {
        none("app.spread", "for %s: no node has this label, see cluster.labels".formatted(label));
      }
    }
    if (app.spread().size() > 1) {
      add(
          "app.spread",
          "has more than one label: a real manager older than swarmkit 2.0 (May 2025) may try for"
              + " ever where one group has no room; the simulated one does not");
    }
    if (scenario.settings().secondService().isPresent()) {
      none("app.hostPort", "on the second service, which could not share a node with the first");
    }
    if (app.hostPort() != null
        && scenario.balancing() == Balancing.AUTO
        && Room.ingressPorts(scenario).contains(app.hostPort())) {
      add("app.hostPort", "is published already where auto finds that vip works: refused there");
    }
  }

  private void alarm(Scenario scenario) {
    AlarmPlan alarm = scenario.alarm();
    double most = scenario.load().requestsPerSecond() * alarm.within().toMillis() / 1e3;
    if (scenario.isBaseline()) {
      none("alarm", "where strategy is baseline: nothing is rolled out that could be called back");
    } else if (!alarm.looks()) {
      none("alarm.failedAbove", "at 100 %, since no more can fail: say alarm: none, or slowerThan");
    } else if (most < alarm.atLeast()) {
      none(
          "alarm",
          "since load.ratePerSecond makes some %s requests in alarm.within, and alarm.atLeast is %s"
              .formatted(Math.round(most), alarm.atLeast()));
    }
  }

  private void expectations(Set<String> answered, boolean pagesNameAssets) {
    if (!pagesNameAssets) {
      for (String measure : ABOUT_VISITS) {
        add(
            "expect." + measure,
            "is about pages that name assets (load.requests[].assets), and will end UNKNOWN here");
      }
    }
    if (!answered.contains("stepsWithinInterval")) {
      add("expect.stepsWithinInterval", "is about a canary's steps, and will end UNKNOWN here");
    }
    if (!answered.contains("onlyListedUsersSeeV2")) {
      add(
          "expect.onlyListedUsersSeeV2",
          "is about a rule that names some users, as canary-ip has one, and will end UNKNOWN here");
    }
  }

  private void none(String key, String where) {
    add(key, "has no effect " + where);
  }

  private void add(String key, String what) {
    if (sets.test(key)) {
      idle.add(new Fault(key, what));
    }
  }
}
