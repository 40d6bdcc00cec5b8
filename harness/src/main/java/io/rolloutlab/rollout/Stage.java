package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SecondService;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.update.UpdateEnd;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Testbed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a rollout stands on: the ports, with every step written down: see {@link Orders}. */
public final class Stage {
  /** The service of the exercise. */
  public static final String APP = AppPlan.SERVICE;

  /**
   * Replicas a smoke test has to meet at most: who answers is chance, and to meet all of n by
   * chance takes n ln n probes, which for a thousand is longer than the start may take.
   */
  public static final int REPLICAS_MET = 100;

  private final Scenario scenario;
  private final Testbed testbed;
  private final AppServices services;
  private final ServiceWaits waits;
  private final VersionConfirmation confirmation;
  private final Orders orders;
  private final Passes passes = new Passes();
  private final UpdateWaits updates = new UpdateWaits(this);
  private final Recall recall = new Recall();
  private final Set<String> created = new HashSet<>();
  private Consumer<PhaseKind> atPhase = kind -> {};

  public Stage(Scenario scenario, Testbed testbed) {
    this(scenario, testbed, APP);
  }

  /**
   * Where somebody else creates the app's service, and so names it.
   *
   * @param app the name of the service that is there before anything is rolled out
   */
  public Stage(Scenario scenario, Testbed testbed, String app) {
    this.scenario = scenario;
    this.testbed = recall.over(testbed);
    services = new AppServices(scenario, app);
    waits = new ServiceWaits(scenario, this.testbed);
    confirmation = new VersionConfirmation(this.testbed, scenario.waiting());
    orders = new Orders(scenario.edge(), this.testbed);
  }

  /** What is asked. */
  public Scenario scenario() {
    return scenario;
  }

  /**
   * The settings of the strategy.
   *
   * @throws IllegalStateException when they are another one's
   */
  public <S extends StrategySettings> S settings(Class<S> type) {
    return scenario
        .settings(type)
        .orElseThrow(
            () -> new IllegalStateException("no %s but %s".formatted(type, scenario.settings())));
  }

  /** The name of the service that is there before anything is rolled out. */
  public String app() {
    return services.name();
  }

  /** The names of the app's services: that one, then what the strategy makes beside it. */
  public List<String> services() {
    return services.names();
  }

  /** The app's service with v1, by the scenario's settings. */
  public ServiceSpec stable() {
    return services.stable();
  }

  /** The same service with v2. */
  public ServiceSpec updated() {
    return services.updated();
  }

  /**
   * A second service of the same size with v2, which listens on, and publishes, a port of its own.
   *
   * @param prefix of its name, a word, as {@link SecondService} has it
   */
  public ServiceSpec candidate(String prefix, int port) {
    return services.candidate(prefix, port);
  }

  /**
   * A second service with v2 that is only reached through the edge, so its port is free.
   *
   * @param prefix of its name, a word, as {@link SecondService} has it
   */
  public ServiceSpec smallCandidate(String prefix, int replicas) {
    return services.smallCandidate(prefix, replicas);
  }

  /** Has somebody told of each phase that starts from now on. */
  public void atPhase(Consumer<PhaseKind> listener) {
    atPhase = listener;
  }

  /** Starts a phase; the one before it ends. */
  public void phase(PhaseKind kind, String label) {
    testbed.recorder().event(new Event.PhaseStarted(now(), kind, label));
    atPhase.accept(kind);
  }

  /**
   * Creates a service and waits until all its tasks run; of a global one those on nodes that are
   * lost or drained never will.
   */
  public void create(ServiceSpec spec) {
    orders.give(
        "create " + spec.name() + " with " + spec.version(),
        testbed.commands().create(spec),
        () -> testbed.swarm().create(spec));
    waits.running(spec.name(), spec.version(), () -> waits.alive(spec));
  }

  /**
   * The same, unless an earlier way forward has created it.
   *
   * @return whether it was created now
   */
  public boolean createOnce(ServiceSpec spec) {
    boolean first = created.add(spec.name());
    if (first) {
      create(spec);
    }
    return first;
  }

  /** Starts the update of a service to the spec's version. */
  public void update(ServiceSpec from, ServiceSpec spec) {
    updates.isOrdered();
    orders.give(
        "update " + spec.name() + " to " + spec.version(),
        testbed.commands().update(from, spec),
        () -> testbed.swarm().update(spec));
  }

  /**
   * Waits for what Swarm makes of the update of the app's service, at most for the limit that the
   * strategy's settings have; that is written down, and the hold that follows is called by it.
   * Where Swarm goes back by itself, that is waited for as well, in a phase of its own.
   *
   * @return what came of it, which may be that it never ended
   */
  public UpdateEnd awaitUpdate() {
    return updates.update();
  }

  /**
   * Has Swarm roll back the update of the app's service, whether it has ended or not, and waits for
   * the end as {@link #awaitUpdate} does; where Swarm goes back by itself already, nothing is
   * ordered.
   *
   * @throws StepFailedException when Swarm refuses to
   */
  public void takeUpdateBack() {
    updates.takeBack();
  }

  /** Starts the rollback of a service. */
  void rollBack(String service) {
    orders.give(
        "roll back " + service,
        testbed.commands().rollBack(service),
        () -> testbed.swarm().rollBack(service));
  }

  /**
   * Scales a service and waits until its replicas run; where there are to be none, until none of
   * its tasks is left.
   */
  public void scale(ServiceSpec spec, int replicas) {
    orders.give(
        "scale " + spec.name() + " to " + replicas,
        testbed.commands().scale(spec.name(), replicas),
        () -> testbed.swarm().scale(spec.name(), replicas));
    if (replicas == 0) {
      waits.ended(spec);
    } else {
      awaitRunning(spec.name(), spec.version(), replicas);
    }
  }

  /** Removes a service. */
  public void remove(String service) {
    orders.give(
        "remove " + service,
        testbed.commands().remove(service),
        () -> testbed.swarm().remove(service));
  }

  /** The same under the name that the itinerary has for what is done now. */
  public void route(Routes routes) {
    route(passes.step(), routes);
  }

  /**
   * The same on a way back; where the edge serves by these routes already, nothing was switched
   * yet, and that is all that is written down.
   */
  public void routeBack(Routes routes) {
    if (serves(routes)) {
      note("nothing was switched yet: the edge serves as before");
    } else {
      route(routes);
    }
  }

  /** Whether the edge serves by these routes. */
  public boolean serves(Routes routes) {
    return orders.isBy(routes);
  }

  /** Writes down, for people, what needs no command. */
  public void note(String label) {
    orders.note(label);
  }

  /** Brings new routes into service; returns when the edge serves by them. */
  public void route(String label, Routes routes) {
    orders.route(label, routes);
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
    note("smoke test: %s requests to %s".formatted(requests, spec.name()));
    int tasks = waits.alive(spec);
    ServiceSpec living = spec.sized(tasks);
    SmokeTest test = new SmokeTest(Probe.of(living, testbed), living, requests);
    waits.until(
        spec.name(),
        "%s requests in a row are answered by %s replicas of %s"
            .formatted(requests, Math.min(tasks, REPLICAS_MET), spec.name()),
        scenario.app().startLimit(),
        test);
    test.untold().ifPresent(this::note);
  }

  /** Has a service asked, once, after the next hold: see {@link #confirmVersion}. */
  public void confirmAfterHold(ServiceSpec spec) {
    confirmation.makeDue(spec);
  }

  /**
   * Asks a service once which version answers, after it has served for a while. When it is not its
   * own, by address or by header, and still is not some seconds later (a task that is being
   * replaced may answer for a moment), or nobody is known to have the address that answers, that is
   * a fault which spoils the run: nothing that is told by version need be right then.
   */
  public void confirmVersion(ServiceSpec spec) {
    confirmation.ask(spec);
  }

  /** Lets time pass under load. */
  public void hold(Duration length) {
    testbed.timeline().pause(length);
    confirmation.askWhoIsDue();
  }

  /** Lets time pass while the routes give v2 so many percent of the requests. */
  public void holdShare(int percent, Duration length) {
    String label = passes.nextShare(percent);
    long from = now();
    testbed.timeline().pause(length);
    record(new Event.ShareHeld(from, now(), percent, label, orders.splitBy()));
    confirmation.askWhoIsDue();
    passes.shareIsHeld();
  }

  /**
   * Tells in what the way forward has ended, where it need not be what was wanted.
   *
   * @param inWords for people; the hold that follows is called so
   * @param whereItBegan whether v1 serves again, so that there is no way back to go
   */
  void ended(String inWords, boolean whereItBegan) {
    passes.ended(inWords, whereItBegan);
  }

  /** Who watches the rollout calls it back by this. */
  public Recall recall() {
    return recall;
  }

  /** The rollout is turned round: nobody is asked any more of those that were due to be. */
  void forgetWhoIsDue() {
    confirmation.forgetWhoIsDue();
  }

  /** How far the passes of the rollout have got. */
  Passes passes() {
    return passes;
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
    waits.running(service, version, () -> replicas);
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
    return waits.comesTo(service, what, limit, missing);
  }
}
