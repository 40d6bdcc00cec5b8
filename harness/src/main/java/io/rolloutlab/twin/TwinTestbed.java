package io.rolloutlab.twin;

import io.rolloutlab.command.DockerCommands;
import io.rolloutlab.command.ServiceDescription;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.edge.EdgeUpdates;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Nodes;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Testbed;
import io.rolloutlab.testbed.Timeline;
import io.rolloutlab.testbed.Traffic;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.edge.Exchange;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.manager.Orchestrator;
import io.rolloutlab.twin.manager.Restarts;
import io.rolloutlab.twin.manager.Scheduler;
import io.rolloutlab.twin.model.CoresAndMemory;
import io.rolloutlab.twin.model.Names;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.TwinSettings;
import io.rolloutlab.twin.node.Agent;
import io.rolloutlab.twin.node.NodeCores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The ports over a simulated Swarm. */
public final class TwinTestbed implements Testbed {
  private final EventQueue queue = new EventQueue();
  private final HistoryWriter history;
  private final Consumer<Event> listener;
  private final Commands commands;
  private final TwinTimeline timeline;
  private final Books books;
  private final TwinSwarm swarm;
  private final TwinEdge edge;
  private final TwinTraffic traffic;
  private final TwinNodes nodes;

  /**
   * Sets up the cluster and the edge; virtual time starts when something is waited for.
   *
   * @param balancing vip or dnsrr
   * @param history gets everything; its manifest is written
   * @param listener is told every event as well
   * @param stopped whether somebody asked the run to stop
   */
  public TwinTestbed(
      Scenario scenario,
      Balancing balancing,
      TwinSettings settings,
      HistoryWriter history,
      Consumer<Event> listener,
      BooleanSupplier stopped) {
    this(scenario, balancing, settings, history, listener, failure -> {}, stopped);
  }

  /**
   * The same for who wants the truth.
   *
   * @param truth is told why each request failed, as nobody outside can know it
   */
  TwinTestbed(
      Scenario scenario,
      Balancing balancing,
      TwinSettings settings,
      HistoryWriter history,
      Consumer<Event> listener,
      Consumer<Exchange.Failure> truth,
      BooleanSupplier stopped) {
    this.history = history;
    this.listener = listener;
    EdgeDialect dialect = EdgeDialects.of(scenario.edge());
    commands = new DockerCommands(balancing, dialect);
    timeline = new TwinTimeline(queue, stopped);
    books = new Books(queue, timeline, this::keep);
    long seed = scenario.seed();
    List<Node> machines = machines(scenario.cluster(), settings);
    Chance orchestration = new Chance(seed, "orchestration");
    Scheduler scheduler = new Scheduler(queue, books, machines, new Chance(seed, "scheduler"));
    Restarts restarts = new Restarts(queue, books, orchestration);
    Orchestrator orchestrator = new Orchestrator(queue, books, restarts, machines, orchestration);
    Names names = new Names(queue, settings, new Chance(seed, "names"));
    NodeCores cores = cores(scenario.cluster(), settings, machines, seed);
    Agent agent = new Agent(queue, books, names, settings, cores, new Chance(seed, "agents"));
    Chance losses = new Chance(seed, "nodes");
    nodes = new TwinNodes(queue, machines, agent, scheduler, restarts, orchestrator, names, losses);
    swarm = new TwinSwarm(books, orchestrator);
    edge = edge(scenario, settings, dialect, orchestrator, names, cores);
    traffic =
        new TwinTraffic(queue, edge, settings, scenario, seed, history::request, this::hit, truth);
    timeline.guard(traffic::check);
    new Meter(settings.appMemoryBytes(), queue, books, machines, edge, history::resource);
    swarm.create(edgeService(scenario.edge()));
  }

  private TwinEdge edge(
      Scenario scenario,
      TwinSettings settings,
      EdgeDialect dialect,
      Orchestrator orchestrator,
      Names names,
      NodeCores cores) {
    EdgePlan plan = scenario.edge();
    Balancing balancing = commands.balancing();
    // Empty where a reload changes the routes.
    Optional<EdgeConfigs> configs =
        EdgeUpdates.of(plan, commands, scenario.waiting())
            .map(updates -> new EdgeConfigs(orchestrator, names, timeline, balancing, updates));
    Chance chance = new Chance(scenario.seed(), "edge");
    return new TwinEdge(
        queue,
        books,
        names,
        cores,
        settings,
        balancing,
        dialect,
        plan,
        configs,
        scenario.waiting().stretched(EdgePlan.PROBE_LIMIT),
        chance);
  }

  /** What its nodes have of processors: those of one machine, or each its own. */
  private NodeCores cores(ClusterPlan plan, TwinSettings settings, List<Node> machines, long seed) {
    boolean share =
        settings.nodesShareMachine() && plan.workers() <= ClusterPlan.WORKERS_ON_ONE_MACHINE;
    return new NodeCores(queue, settings, machines, share, new Chance(seed, "cores"));
  }

  /** What a run starts with: virtual time, milliseconds since 1970. */
  public static long startMillis() {
    return TwinTimeline.EPOCH_MILLIS;
  }

  @Override
  public Swarm swarm() {
    return swarm;
  }

  @Override
  public Edge edge() {
    return edge;
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public Nodes nodes() {
    return nodes;
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public Recorder recorder() {
    return this::keep;
  }

  @Override
  public Commands commands() {
    return commands;
  }

  /** Nothing is left behind by what was never there. */
  @Override
  public void close() {
    history.flush();
  }

  /** How many events have happened. */
  public long events() {
    return queue.done();
  }

  Books books() {
    return books;
  }

  EventQueue queue() {
    return queue;
  }

  private void hit(Hit hit) {
    history.hit(hit);
    edge.logged(hit);
  }

  private void keep(Event event) {
    history.event(event);
    listener.accept(event);
  }

  private static List<Node> machines(ClusterPlan plan, TwinSettings settings) {
    CoresAndMemory capacity =
        new CoresAndMemory(Math.round(settings.nodeCores() * 1e9), settings.nodeMemory().bytes());
    List<Node> machines = new ArrayList<>();
    List<String> managers = plan.managerNames();
    for (String name : plan.names()) {
      boolean manager = managers.contains(name);
      machines.add(new Node(machines.size(), name, manager, capacity, plan.labelsOf(name)));
    }
    return machines;
  }

  /** That a port of its node is taken matters where a second task comes while the first goes. */
  private ServiceSpec edgeService(EdgePlan plan) {
    boolean onNode = commands.balancing() == Balancing.DNSRR && plan.updated().isPresent();
    Integer hostPort = onNode ? Edge.HTTP : null;
    return new ServiceSpec(
        Commands.EDGE,
        new ServiceSpec.Release("", ServiceDescription.EDGE_IMAGE, Map.of()),
        ServiceMode.REPLICATED,
        commands.edgeReplicas(plan),
        new PlacementRules(plan.constraints(), null, List.of(), hostPort),
        null,
        null,
        new ServiceSpec.Listening(Edge.HTTP, true),
        new ServiceSpec.Upkeep(AppPlan.DEFAULT.stopGrace(), AppPlan.DEFAULT.restart(), null),
        new SwarmUpdates(
            plan.updated().orElse(SwarmUpdates.DEFAULT.forward()), SwarmUpdates.DEFAULT.back()));
  }
}
