package io.rolloutlab.analysis;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.users.SplitBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes small histories by hand. Times are given relative to {@link #ZERO}, so that with the
 * rollout phase at 0 they are those of the findings. Unless told otherwise, requests are of user 0
 * and new connections, and each answer has the hit that goes with it.
 */
public final class Histories {
  /** Milliseconds since 1970 of time 0. */
  public static final long ZERO = 1_800_000_000_000L;

  private final Scenario scenario;
  private Manifest.Origin origin = Manifest.Origin.LIVE;
  private String runId = "run-1";
  private Balancing balancing = Balancing.DNSRR;
  private int user;
  private Population population = Population.NEW;
  private final List<Event> events = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Hit> hits = new ArrayList<>();
  private final List<ResourceSample> resources = new ArrayList<>();
  private final List<String> damage = new ArrayList<>();

  private Histories(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Of the scenario file that is delivered for a strategy. */
  public static Histories of(Strategy strategy) {
    return of(new ScenarioReader().read(delivered(strategy.fileName() + ".yaml")));
  }

  /** A delivered file: of the project that lab.home names, else of the module that is tested. */
  static Path delivered(String file) {
    return Path.of(System.getProperty("lab.home", "..")).resolve("scenarios").resolve(file);
  }

  public static Histories of(Scenario scenario) {
    return new Histories(scenario);
  }

  /**
   * Of a scenario as a file has it, which is written into a folder.
   *
   * @param text YAML of all but the name and the question
   */
  public static Histories of(Path folder, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), "name: x\nquestion: Why?\n" + text);
    return of(new ScenarioReader().read(file));
  }

  /** Of the delivered scenario, with expectations instead of its own. */
  static Histories expecting(Strategy strategy, Expectations expectations) {
    Scenario s = of(strategy).scenario;
    return of(
        new Scenario(
            s.name(),
            s.question(),
            s.strategy(),
            s.seed(),
            s.balancing(),
            s.cluster(),
            s.app(),
            s.edge(),
            s.load(),
            s.settings(),
            expectations));
  }

  Scenario scenario() {
    return scenario;
  }

  Histories simulated() {
    origin = Manifest.Origin.TWIN;
    return this;
  }

  Histories runId(String id) {
    runId = id;
    return this;
  }

  /** Whose requests follow. */
  Histories user(int number) {
    user = number;
    return this;
  }

  /** Over which kind of connection the requests that follow go. */
  Histories over(Population kind) {
    population = kind;
    return this;
  }

  public Histories phase(long at, PhaseKind kind) {
    return phase(at, kind, kind.name());
  }

  public Histories phase(long at, PhaseKind kind, String label) {
    return event(new Event.PhaseStarted(ZERO + at, kind, label));
  }

  public Histories event(Event event) {
    events.add(event);
    return this;
  }

  /** Answered with 200, and logged by nginx. */
  public Histories ok(long id, long at, int latency, String version) {
    request(id, at, latency, Outcome.OK, "", 200, version);
    return hit(id, at + latency, 200, version);
  }

  /** Answered with a 5xx by nginx, and logged by it. */
  Histories refusedByEdge(long id, long at, int latency, int status) {
    request(id, at, latency, Outcome.FAILED, "http-" + status, status, "");
    return hit(id, at + latency, status, "");
  }

  /** Failed without an answer and without a hit. */
  public Histories lost(long id, long at, int latency, String error) {
    return request(id, at, latency, Outcome.FAILED, error, 0, "");
  }

  /** Sent, and nothing is known of its end. */
  public Histories unfinished(long id, long at) {
    return request(id, at, -1, Outcome.UNKNOWN, "", 0, "");
  }

  public Histories request(
      long id, long at, int latency, Outcome outcome, String error, int status, String version) {
    String replica = version.isEmpty() ? "" : version + "-replica";
    requests.add(
        new Request(
            id,
            user,
            population,
            new Request.Times(ZERO + at, ZERO + at),
            new Request.End(latency, outcome, error, status),
            new AppHeaders(version, replica)));
    return this;
  }

  public Histories hit(long id, long at, int status, String version) {
    String replica = version.isEmpty() ? "" : version + "-replica";
    String client = LoadPlan.addressOf(user);
    String upstream = version.isEmpty() ? "" : "10.0.1.5:5000";
    hits.add(
        new Hit(
            ZERO + at,
            id,
            client,
            new Hit.Answer(status, 1),
            new Hit.Tries(upstream, version.isEmpty() ? "" : "" + status),
            new AppHeaders(version, replica),
            new Hit.Connection("edge1", 30, id, 1)));
    return this;
  }

  /** Answered from an address, with these headers. */
  public Histories from(
      String address, long id, long at, int latency, String version, String replica) {
    requests.add(
        new Request(
            id,
            user,
            population,
            new Request.Times(ZERO + at, ZERO + at),
            new Request.End(latency, Outcome.OK, "", 200),
            new AppHeaders(version, replica)));
    hits.add(
        new Hit(
            ZERO + at + latency,
            id,
            LoadPlan.addressOf(user),
            new Hit.Answer(200, latency),
            new Hit.Tries(address + ":5000", "200"),
            new AppHeaders(version, replica),
            new Hit.Connection("edge1", 30, id, 1)));
    return this;
  }

  /** A task of service pyapp on workerN1 has an address. */
  public Histories address(long at, String task, int slot, String version, String address) {
    return event(
        new Event.TaskAddress(
            ZERO + at, ZERO + at, new TaskRef(task, "pyapp", slot, "workerN1", version), address));
  }

  /** A task of service pyapp on workerN1 has a container. */
  public Histories container(long at, String task, int slot, String version, String container) {
    TaskRef its = new TaskRef(task, "pyapp", slot, "workerN1", version);
    return event(new Event.TaskContainer(ZERO + at, its, container));
  }

  /** Under virtual addresses; else it is dnsrr. */
  public Histories vip() {
    balancing = Balancing.VIP;
    return this;
  }

  /** No cluster was reached. */
  public Histories withoutCluster() {
    balancing = null;
    return this;
  }

  Histories add(Request request) {
    requests.add(request);
    return this;
  }

  public Histories add(Hit hit) {
    hits.add(hit);
    return this;
  }

  /** A task of service pyapp on workerN1 whose desired state is running. */
  public Histories task(long at, String task, int slot, String version, String state) {
    return task(at, task, "pyapp", slot, version, state, "running");
  }

  public Histories task(
      long at,
      String task,
      String service,
      int slot,
      String version,
      String state,
      String desired) {
    return event(
        new Event.TaskChange(
            ZERO + at,
            ZERO + at,
            new TaskRef(task, service, slot, "workerN1", version),
            state,
            desired,
            ""));
  }

  public Histories routes(long at, long done, Event.Route... routes) {
    return event(new Event.EdgeChange(ZERO + at, ZERO + done, List.of(routes)));
  }

  Histories held(long at, long until, int percent, String label) {
    return event(new Event.ShareHeld(ZERO + at, ZERO + until, percent, label));
  }

  Histories held(long at, long until, int percent, SplitBy splitBy) {
    return event(new Event.ShareHeld(ZERO + at, ZERO + until, percent, "" + splitBy, splitBy));
  }

  Histories taskUse(long at, String task, String version, double cpuSeconds, long memoryBytes) {
    return taskUse(
        at, task, version.isEmpty() ? "nginx" : "pyapp", version, cpuSeconds, memoryBytes);
  }

  public Histories taskUse(
      long at, String task, String service, String version, double cpuSeconds, long memoryBytes) {
    return add(
        new ResourceSample(
            ZERO + at,
            new ResourceSample.Of(ResourceSample.Kind.TASK, task, service, version, "workerN1"),
            new ResourceSample.Use(cpuSeconds, memoryBytes, 0, 0)));
  }

  Histories machineUse(long at, String name, double cpuSeconds) {
    return add(
        new ResourceSample(
            ZERO + at,
            new ResourceSample.Of(ResourceSample.Kind.MACHINE, name),
            ResourceSample.Use.ofCpu(cpuSeconds)));
  }

  Histories labUse(long at, String name, double cpuSeconds) {
    return add(
        new ResourceSample(
            ZERO + at,
            new ResourceSample.Of(ResourceSample.Kind.LAB, name),
            ResourceSample.Use.ofCpu(cpuSeconds)));
  }

  Histories nodeUse(long at, String node, double cpuSeconds, long memoryBytes) {
    return add(
        new ResourceSample(
            ZERO + at,
            ResourceSample.Of.node(node),
            new ResourceSample.Use(cpuSeconds, memoryBytes, 0, 0)));
  }

  public Histories add(ResourceSample sample) {
    resources.add(sample);
    return this;
  }

  Histories damaged(String what) {
    damage.add(what);
    return this;
  }

  public Histories end(long at, Event.End end) {
    return event(
        new Event.RunEnded(ZERO + at, end, end == Event.End.COMPLETED ? "" : "the test said so"));
  }

  /** Sorts the events by the time the lab would have recorded them. */
  Histories inOrderOfRecording() {
    events.sort(Comparator.comparingLong(Histories::recordedAt));
    return this;
  }

  private static long recordedAt(Event event) {
    if (event instanceof Event.TaskChange task) {
      return task.seenAtMillis();
    }
    if (event instanceof Event.TaskAddress address) {
      return address.seenAtMillis();
    }
    if (event instanceof Event.EdgeChange edge) {
      return edge.doneAtMillis();
    }
    return event instanceof Event.ShareHeld held ? held.untilMillis() : event.atMillis();
  }

  /** Files as the reader gives them: events as they came, requests by id, hits by time. */
  public History build() {
    requests.sort(Comparator.comparingLong(Request::id));
    hits.sort(Comparator.comparingLong(Hit::atMillis).thenComparingLong(Hit::id));
    return new History(manifest(), events, requests, hits, resources, damage);
  }

  private Manifest manifest() {
    return new Manifest(
        runId,
        origin,
        scenario,
        ZERO - 60_000,
        new Manifest.Software(
            "0123456789abcdef0123456789abcdef01234567", false, "17.0.13", "3.15.1"),
        balancing,
        "the kernel has no IPVS",
        new Manifest.Ground("20.10.24", "26.1.5", "6.1.0", 2, 8_000_000_000L),
        Map.of("pyapp:v1", "sha256:1111", "pyapp:v2", "sha256:2222", "nginx", "sha256:3333"));
  }
}
