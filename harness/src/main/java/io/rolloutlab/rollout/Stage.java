package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.AppPlan;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.ServiceMode;
import io.rolloutlab.scenario.UpdatePlan;
import io.rolloutlab.scenario.VersionPlan;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Testbed;
import io.rolloutlab.testbed.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * What a rollout stands on: the ports, with every step written down before it is taken. Watch
 * before acting, so nothing is missed: the time of a step is the time before its command.
 */
public final class Stage {
  /** The service of the exercise. */
  public static final String APP = "pyapp";

  /**
   * Replicas a smoke test has to meet at most: who answers is chance, and to meet all of n by
   * chance takes n ln n probes, which for a thousand is longer than the start may take.
   */
  public static final int REPLICAS_MET = 100;

  private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(10);

  private final Scenario scenario;
  private final Testbed testbed;

  public Stage(Scenario scenario, Testbed testbed) {
    this.scenario = scenario;
    this.testbed = testbed;
  }

  /** What is asked. */
  public Scenario scenario() {
    return scenario;
  }

  /** The exercise's service with v1, by the scenario's settings. */
  public ServiceSpec v1() {
    AppPlan app = scenario.app();
    return spec(APP, "v1", app.v1(), scenario.tasks(), rules(), app.port(), true);
  }

  /** The exercise's service with v2, by the scenario's settings. */
  public ServiceSpec v2() {
    AppPlan app = scenario.app();
    return spec(APP, "v2", app.v2(), scenario.tasks(), rules(), app.port(), true);
  }

  /** A second service of the same size with v2, on its own port. */
  public ServiceSpec green(int port) {
    AppPlan app = scenario.app();
    PlacementRules beside = rules().withoutHostPort();
    return spec("green-" + APP, "v2", app.v2(), scenario.tasks(), beside, port, true);
  }

  /** A second service with v2 that is only reached through the edge, so its port is free. */
  public ServiceSpec canary(int replicas) {
    AppPlan app = scenario.app();
    PlacementRules beside = rules().withoutHostPort();
    return spec("canary-" + APP, "v2", app.v2(), replicas, beside, app.port(), false);
  }

  /** Starts a phase; the one before it ends. */
  public void phase(PhaseKind kind, String label) {
    testbed.recorder().event(new Event.PhaseStarted(now(), kind, label));
  }

  /**
   * Creates a service and waits until all its tasks run; of a global one those on nodes that are
   * lost never will.
   */
  public void create(ServiceSpec spec) {
    step("create " + spec.name() + " with " + spec.version(), testbed.commands().create(spec));
    testbed.swarm().create(spec);
    awaitRunning(spec.name(), spec.version(), () -> alive(spec));
  }

  /** Starts the update of a service to the spec's version. */
  public void update(ServiceSpec from, ServiceSpec spec) {
    step("update " + spec.name() + " to " + spec.version(), testbed.commands().update(from, spec));
    testbed.swarm().update(spec);
  }

  /** Starts the rollback of a service. */
  public void rollBack(String service) {
    step("roll back " + service, testbed.commands().rollBack(service));
    testbed.swarm().rollBack(service);
  }

  /** Scales a service and waits until its replicas run. */
  public void scale(ServiceSpec spec, int replicas) {
    step(
        "scale " + spec.name() + " to " + replicas,
        testbed.commands().scale(spec.name(), replicas));
    testbed.swarm().scale(spec.name(), replicas);
    awaitRunning(spec.name(), spec.version(), replicas);
  }

  /** Removes a service. */
  public void remove(String service) {
    step("remove " + service, testbed.commands().remove(service));
    testbed.swarm().remove(service);
  }

  /** Brings new routes into service; returns when nginx serves by them. */
  public void route(String label, Routes routes) {
    long asked = now();
    testbed
        .recorder()
        .event(
            new Event.Step(
                asked, label, testbed.commands().reload(), testbed.edge().configuration(routes)));
    testbed.edge().apply(routes);
    testbed
        .recorder()
        .event(
            new Event.EdgeChange(
                asked,
                now(),
                routes.toRoutes(),
                routes.mirror().map(Routes.Target::service).orElse(null)));
  }

  /**
   * Waits until so many probes in a row were answered well, and every replica (of more than {@link
   * #REPLICAS_MET}, so many) was among those that answered, as far as their addresses or the
   * answers themselves say who they are of. A task runs, for Swarm, when its container has started:
   * without a health check that says nothing about whether the app listens (moby#32079).
   *
   * @throws StepFailedException when another version answers, or it takes longer than the app's
   *     start limit
   */
  public void smokeTest(ServiceSpec spec, int requests) {
    step("smoke test: %s requests to %s".formatted(requests, spec.name()));
    int tasks = alive(spec);
    ServiceSpec living = spec.with(spec.version(), spec.image(), spec.env(), tasks);
    SmokeTest test = new SmokeTest(probe(living), living, requests);
    await(
        spec.name(),
        "%s requests in a row are answered by %s replicas of %s"
            .formatted(requests, Math.min(tasks, REPLICAS_MET), spec.name()),
        scenario.app().startLimit(),
        test);
    test.untold().ifPresent(this::step);
  }

  /**
   * Asks a service once which version answers, after it has served for a while. When it is not its
   * own, by address or by header, and still is not some seconds later (a task that is being
   * replaced may answer for a moment), that is a fault which spoils the run: nothing that is told
   * by version is right then.
   */
  public void confirmVersion(ServiceSpec spec) {
    try {
      testbed
          .timeline()
          .await(
              "%s answers as %s".formatted(spec.name(), spec.version()),
              new VersionProbe(probe(spec)),
              CONFIRMED_WITHIN);
    } catch (NotInTimeException never) {
      record(new Event.Fault(now(), "wrong version", never.getMessage(), true));
    }
  }

  private Probe probe(ServiceSpec spec) {
    return new Probe(
        testbed.edge(),
        testbed.commands().balancing(),
        () -> testbed.swarm().view(spec.name()).tasks(),
        spec);
  }

  /** Lets time pass under load. */
  public void hold(Duration length) {
    testbed.timeline().pause(length);
  }

  /** The time, milliseconds since 1970. */
  public long now() {
    return testbed.timeline().nowMillis();
  }

  /** Writes an event down. */
  public void record(Event event) {
    testbed.recorder().event(event);
  }

  /** The testbed, for what has no method here. */
  public Testbed testbed() {
    return testbed;
  }

  /** Waits until a service has so many tasks running a version. */
  public void awaitRunning(String service, String version, int replicas) {
    awaitRunning(service, version, () -> replicas);
  }

  private void awaitRunning(String service, String version, IntSupplier tasks) {
    awaitService(
        service,
        "%s of %s's tasks run%s"
            .formatted(tasks.getAsInt(), service, version.isEmpty() ? "" : " " + version),
        scenario.app().startLimit(),
        progress ->
            progress.running(version) >= tasks.getAsInt()
                ? Optional.empty()
                : Optional.of(progress.running(version) + " run"));
  }

  /** How many tasks of a service can run: a global one cannot have its task on another node. */
  private int alive(ServiceSpec spec) {
    if (spec.mode() != ServiceMode.GLOBAL) {
      return spec.replicas();
    }
    Set<String> lost = testbed.nodes().lost();
    List<String> its = scenario.cluster().namesFor(spec.placement().constraints());
    return spec.replicas() - (int) its.stream().filter(lost::contains).count();
  }

  /**
   * Waits for a state of a service; when it does not come, the tasks' own errors and last log lines
   * go into the error.
   */
  public void awaitService(
      String service,
      String what,
      Duration limit,
      Function<Swarm.Progress, Optional<String>> missing) {
    await(service, what, limit, () -> missing.apply(testbed.swarm().progress(service)));
  }

  /**
   * Waits for a state of a service that may never come, which is an outcome then and no failure.
   *
   * @return empty when it came; else what was missing, with the tasks' own errors and last log
   *     lines
   */
  public Optional<String> serviceComesTo(
      String service,
      String what,
      Duration limit,
      Function<Swarm.Progress, Optional<String>> missing) {
    try {
      testbed.timeline().await(what, () -> missing.apply(testbed.swarm().progress(service)), limit);
      return Optional.empty();
    } catch (NotInTimeException never) {
      return Optional.of(diagnosed(service, never));
    }
  }

  private void await(String service, String what, Duration limit, Timeline.Condition condition) {
    try {
      testbed.timeline().await(what, condition, limit);
    } catch (StepFailedException failed) {
      throw new StepFailedException(diagnosed(service, failed), failed);
    }
  }

  private String diagnosed(String service, StepFailedException failed) {
    return (failed.getMessage() + "\n" + testbed.swarm().diagnosis(service)).strip();
  }

  private void step(String label, String... commands) {
    testbed.recorder().event(new Event.Step(now(), label, List.of(commands), ""));
  }

  private PlacementRules rules() {
    AppPlan app = scenario.app();
    return new PlacementRules(app.constraints(), app.maxPerNode(), app.spread(), app.hostPort());
  }

  private ServiceSpec spec(
      String name,
      String version,
      VersionPlan plan,
      int replicas,
      PlacementRules placement,
      int port,
      boolean published) {
    AppPlan app = scenario.app();
    RollingPlan rolling = scenario.rolling();
    return new ServiceSpec(
        name,
        version,
        plan.imageName(version),
        plan.env(),
        app.mode(),
        replicas,
        placement,
        app.reserve(),
        port,
        published,
        app.stopGrace(),
        app.restart(),
        app.healthCheck(),
        rolling == null ? UpdatePlan.UPDATE : rolling.update(),
        rolling == null ? UpdatePlan.ROLLBACK : rolling.rollback());
  }
}
