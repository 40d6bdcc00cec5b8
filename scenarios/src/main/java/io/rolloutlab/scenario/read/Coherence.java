package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.HappeningKinds;
import io.rolloutlab.scenario.LongestRun;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.app.AppKnob;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.check.Nearest;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.cluster.NodeConstraint;
import io.rolloutlab.scenario.cluster.NodeLabel;
import io.rolloutlab.scenario.edge.EdgeKind;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.requests.RequestPlan;
import io.rolloutlab.scenario.users.UserMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What cannot work in a scenario though each of its records is right. The reader refuses it; a
 * record that comes from a history is taken as it is.
 */
final class Coherence {
  private static final String LATENCY = AppKnob.LATENCY_MILLIS.variable();

  /** The edge publishes these two (users, the lab's own probes). */
  static final Set<Integer> PORTS_OF_EDGE = Set.of(80, 8081);

  /**
   * The most requests of a run. Two million were simulated, analysed and reported in 1 GB of heap,
   * and memory grows with their number.
   */
  static final long MOST_REQUESTS = 6_000_000;

  private final Scenario scenario;
  private final List<Fault> faults = new ArrayList<>();

  private Coherence(Scenario scenario) {
    this.scenario = scenario;
  }

  /** All that cannot work; keys are paths from the scenario. */
  static List<Fault> faults(Scenario scenario) {
    Coherence coherence = new Coherence(scenario);
    coherence.variables("app.v1", scenario.app().v1());
    coherence.variables("app.v2", scenario.app().v2());
    coherence.versions();
    coherence.constraints("app.constraints", scenario.app().constraints());
    coherence.constraints("edge.constraints", scenario.edge().constraints());
    coherence.edgeKind(scenario.edge().kind());
    coherence.wholeSeconds("edge.failTimeout", scenario.edge().failTimeout());
    coherence.wholeSeconds("edge.dnsValid", scenario.edge().dnsValid());
    coherence.faults.addAll(scenario.settings().faults(scenario));
    coherence.ports();
    coherence.start(VersionPlan.V1, scenario.app().v1());
    coherence.answers(VersionPlan.V1, scenario.app().v1());
    scenario
        .settings()
        .secondService()
        .ifPresent(
            second -> {
              coherence.start(VersionPlan.V2, scenario.app().v2());
              if (second.smokeTested()) {
                coherence.answers(VersionPlan.V2, scenario.app().v2());
              }
            });
    coherence.requests();
    coherence.listed();
    coherence.faults.addAll(Room.faults(scenario));
    coherence.faults.addAll(HappeningKinds.faults(scenario));
    coherence.faults.addAll(Bounds.faults(scenario));
    return coherence.faults;
  }

  private void variables(String key, VersionPlan version) {
    version
        .env()
        .forEach(
            (name, value) -> {
              String its = "%s.env.%s".formatted(key, name);
              if (name.isBlank() || name.contains("=")) {
                refuse(its, "is no name of a variable");
              } else if (name.equals("PORT")) {
                refuse(its, "is set by the lab: write app.port");
              } else if (version.isLabApp()) {
                AppKnob.complaint(name, value).ifPresent(what -> refuse(its, what));
              }
              makes(version, name)
                  .ifPresent(
                      kind ->
                          refuse(
                              its,
                              "is what makes the fault %s as well: keep only one of them"
                                  .formatted(kind),
                              key + ".fault"));
            });
  }

  /** The fault of a version that a variable makes; empty where none does. */
  private static Optional<String> makes(VersionPlan version, String variable) {
    return Optional.ofNullable(version.fault())
        .filter(
            fault ->
                fault.knobs().keySet().stream().anyMatch(one -> one.variable().equals(variable)))
        .map(fault -> AppFaultKind.of(fault).word());
  }

  /** Swarm would see no change, and the lab could not tell whose task one is. */
  private void versions() {
    VersionPlan v1 = scenario.app().v1();
    VersionPlan v2 = scenario.app().v2();
    if (!scenario.isBaseline()
        && v1.imageName(VersionPlan.V1).equals(v2.imageName(VersionPlan.V2))
        && v1.variables().equals(v2.variables())) {
      refuse(
          "app.v2",
          "has the image and the env of app.v1, so there is nothing to roll out: give it another"
              + " image, a fault, or a variable of its own",
          "app.v1");
    }
  }

  private void constraints(String key, List<String> texts) {
    ClusterPlan cluster = scenario.cluster();
    List<NodeConstraint> all = texts.stream().map(NodeConstraint::parse).toList();
    boolean each = true;
    for (int i = 0; i < all.size(); i++) {
      if (!cluster.hasNodeFor(List.of(all.get(i)))) {
        each = false;
        refuse(
            "%s[%s]".formatted(key, i),
            "\"%s\" holds for no node; %s".formatted(texts.get(i), there(all.get(i), cluster)),
            "cluster");
      }
    }
    if (each && !cluster.hasNodeFor(all)) {
      refuse(
          key,
          "no node meets all of %s; there are %s".formatted(texts, cluster.nodes()),
          "cluster");
    }
  }

  /** What there is of what a constraint is about. */
  static String there(NodeConstraint constraint, ClusterPlan cluster) {
    if (constraint.onEngineLabel()) {
      return "the lab's engines have no labels: use cluster.labels and node.labels";
    }
    return constraint.onLabel()
        ? cluster.having(NodeLabel.name(constraint.key()))
        : "there are " + cluster.nodes();
  }

  private void edgeKind(String kind) {
    List<String> known = EdgeKind.known();
    if (!known.contains(kind)) {
      refuse(
          "edge.kind",
          "\"%s\" is not known%s; known are %s"
              .formatted(
                  Complaints.quoted(kind), Nearest.asked(kind, known), String.join(", ", known)));
    }
  }

  private void wholeSeconds(String key, Duration value) {
    if (value.toMillisPart() != 0) {
      refuse(key, "nginx takes whole seconds here, not " + Durations.print(value));
    }
  }

  private void ports() {
    if (scenario.balancing() == Balancing.VIP) {
      port("app.port", scenario.app().port());
      Room.portsBeside(scenario).forEach(this::port);
    }
  }

  private void port(String key, int port) {
    if (PORTS_OF_EDGE.contains(port)) {
      refuse(
          key,
          "%s is published by the edge under vip; choose another than 80 and 8081".formatted(port),
          "balancing");
    }
  }

  /** Whether a version can run, and listen, before the lab gives it up. */
  private void start(String version, VersionPlan plan) {
    AppPlan app = scenario.app();
    Duration delay = seconds(plan, AppKnob.START_DELAY_SECONDS);
    String listens =
        delay.isZero()
            ? ""
            : ", since %s listens after %s (%s)"
                .formatted(
                    version, Durations.print(delay), from(plan, AppKnob.START_DELAY_SECONDS));
    if (app.healthCheck() == null) {
      if (delay.compareTo(app.startLimit()) >= 0) {
        late("%s listens after %s".formatted(version, Durations.print(delay)), version);
      }
      return;
    }
    app.healthCheck()
        .firstSuccess(delay)
        .filter(first -> first.compareTo(app.startLimit()) >= 0)
        .ifPresent(
            first ->
                late(
                    "the first health check of %s that can succeed comes %s after its start (%s)%s"
                        .formatted(
                            version, Durations.print(first), app.healthCheck().rhythm(), listens),
                    version));
  }

  private void late(String what, String version) {
    refuse(
        "app.startLimit",
        "is %s, but %s: a task can never count as running before it is given up"
            .formatted(Durations.print(scenario.app().startLimit()), what),
        "app.healthCheck",
        "app." + version);
  }

  private void answers(String version, VersionPlan plan) {
    if (!plan.isLabApp() || AppKnob.complaint(LATENCY, latency(plan)).isPresent()) {
      return;
    }
    double millis = AppKnob.LATENCY_MILLIS.number(plan.variables()).orElse(0);
    Duration limit = scenario.waiting().stretched(EdgePlan.PROBE_LIMIT);
    if (millis >= limit.toMillis()) {
      refuse(
          "app.%s.%s".formatted(version, from(plan, AppKnob.LATENCY_MILLIS)),
          "%s, but the smoke test of %s waits %s for an answer"
              .formatted(
                  makes(plan, LATENCY)
                      .map(kind -> "adds %s ms".formatted(latency(plan)))
                      .orElse("is " + latency(plan)),
                  version,
                  Durations.print(limit)));
    }
  }

  private static String latency(VersionPlan plan) {
    return plan.variables().getOrDefault(LATENCY, "");
  }

  /** The key that sets a knob, as seen from a version. */
  private static String from(VersionPlan plan, AppKnob knob) {
    return makes(plan, knob.variable()).map(kind -> "fault").orElse("env." + knob.variable());
  }

  /** A knob's value; none for an app that has no knobs, or where it is refused anyway. */
  private static Duration seconds(VersionPlan plan, AppKnob knob) {
    Map<String, String> env = plan.variables();
    String value = env.getOrDefault(knob.variable(), "");
    if (!plan.isLabApp() || AppKnob.complaint(knob.variable(), value).isPresent()) {
      return Duration.ZERO;
    }
    return Duration.ofMillis((long) (knob.number(env).orElse(0) * 1000));
  }

  private void requests() {
    long requests = LongestRun.requests(scenario);
    if (requests > MOST_REQUESTS) {
      refuse(
          "load.ratePerSecond",
          String.format(
              Locale.ROOT,
              "makes up to %,d requests%s in the %s that this scenario can last; a run holds %,d at"
                  + " most: lower it, the holds and limits, or load.limit",
              requests,
              scenario.load().namesAssets() ? ", assets among them," : "",
              Durations.print(LongestRun.of(scenario)),
              MOST_REQUESTS),
          "load",
          scenario.strategy().key(),
          "app.startLimit");
    }
  }

  /** What each of the listed requests asks for and carries. */
  private void listed() {
    Optional<UserMark> mark = scenario.settings().mark(scenario.load());
    List<RequestPlan> listed = scenario.load().requests();
    for (int i = 0; i < listed.size(); i++) {
      String its = "load.requests[%s]".formatted(i);
      RequestPlan request = listed.get(i);
      if (EdgeKind.keepsFromApp(scenario.edge().kind(), request.path())) {
        refuse(
            its + ".path",
            "\"%s\" ends as a static file does: the edge answers it with 404 itself, as in the"
                    .formatted(Complaints.quoted(request.path()))
                + " exercise, and no task is asked; leave the request out",
            "edge.kind");
      }
      if (request.namedAssets() > 0) {
        assets(its + ".assets");
      }
      mark.ifPresent(
          carried ->
              request.headers().keySet().stream()
                  .filter(carried.header()::equalsIgnoreCase)
                  .forEach(
                      name ->
                          refuse(
                              its + ".headers." + name,
                              "is what some users carry where strategy is %s: leave it out"
                                  .formatted(scenario.strategy().fileName()),
                              scenario.strategy().key())));
    }
  }

  /** An image of one's own does not have the paths by which they are asked for. */
  private void assets(String key) {
    AppPlan app = scenario.app();
    if (!app.v1().isLabApp()) {
      ofTheLabsApp(key, VersionPlan.V1, app.v1());
    } else if (!scenario.isBaseline() && !app.v2().isLabApp()) {
      ofTheLabsApp(key, VersionPlan.V2, app.v2());
    }
  }

  private void ofTheLabsApp(String key, String version, VersionPlan plan) {
    refuse(
        key,
        "are asked of the lab's own app alone, which knows their paths, but app.%s.image is \"%s\":"
                .formatted(version, Complaints.quoted(plan.image()))
            + " leave them out",
        "app." + version);
  }

  private void refuse(String key, String what, String... others) {
    faults.add(new Fault(key, what, List.of(others)));
  }
}
