package io.rolloutlab.swarm;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.command.DockerCommands;
import io.rolloutlab.command.NetworkDescription;
import io.rolloutlab.command.ServiceDescription;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.swarm.cluster.SystemTimeline;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Nodes;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Swarm.TaskView;
import io.rolloutlab.testbed.Testbed;
import io.rolloutlab.testbed.Timeline;
import io.rolloutlab.testbed.Traffic;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports over a running cluster, with everything that watches it. The cluster is not its own.
 */
public final class LiveTestbed implements Testbed {
  private static final Logger LOG = LoggerFactory.getLogger(LiveTestbed.class);

  /** How often it is seen whether a look is due. */
  private static final long TICK_MILLIS = 50;

  private static final long FLUSH_EVERY_MILLIS = 200;
  private static final int FAILED_LOOKS_TOLERATED = 5;

  private static final long SAMPLE_EVERY_MILLIS = 1000;

  /** One looks, one flushes, one samples the machine: each takes its time. */
  private static final int WATCHERS = 3;

  private final HistoryWriter history;
  private final Consumer<Event> listener;
  private final Commands commands;
  private final ClusterWatch watch;
  private final DockerSwarm swarm;
  private final SwarmEdge edge;
  private final EdgeLog edgeLog;
  private final ResourceSampler sampler;
  private final MachineSampler machine;
  private final GatlingTraffic traffic;
  private final SystemTimeline timeline;
  private final LiveNodes nodes;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final ScheduledExecutorService watcher =
      Executors.newScheduledThreadPool(
          WATCHERS,
          task -> {
            Thread thread = new Thread(task, "cluster-watch");
            thread.setDaemon(true);
            return thread;
          });
  private int failedLooks;

  /**
   * Starts to watch.
   *
   * @param cluster that runs
   * @param balancing vip or dnsrr
   * @param images that the cluster's nodes hold
   * @param run id
   * @param history gets everything; its manifest is written
   * @param listener is told every event as well
   * @param stopped whether somebody asked the run to stop
   */
  public LiveTestbed(
      Scenario scenario,
      SwarmCluster cluster,
      DockerClient outer,
      Balancing balancing,
      Images.Ids images,
      String run,
      HistoryWriter history,
      Consumer<Event> listener,
      BooleanSupplier stopped) {
    this.history = history;
    this.listener = listener;
    EdgeDialect dialect = EdgeDialects.of(scenario.edge());
    commands = new DockerCommands(balancing, dialect);
    new NodeSpecs(cluster.manager()).label(scenario.cluster());
    cluster.manager().post("/networks/create", NetworkDescription.request());
    timeline = new SystemTimeline(stopped, this::check, this::keep, scenario.waiting());
    watch =
        new ClusterWatch(
            cluster.manager()::get,
            new Versions(scenario.app(), images.apps()),
            this::keep,
            timeline::nowMillis);
    swarm = new DockerSwarm(cluster, balancing, images.apps(), watch);
    edge = new SwarmEdge(cluster, dialect, scenario.edge(), commands, watch, swarm, timeline);
    edgeLog = edgeLog(dialect);
    sampler = new ResourceSampler(kept(history::resource), this::keep, timeline::nowMillis);
    machine =
        new MachineSampler(
            Engine.isLocal(), timeline::nowMillis, kept(history::resource), this::keep);
    traffic = traffic(scenario, run);
    nodes = new LiveNodes(cluster, watch::ordered);
    startToWatch(cluster, outer);
    createEdge(cluster, scenario.edge(), balancing, images);
  }

  private void createEdge(
      SwarmCluster cluster, EdgePlan plan, Balancing balancing, Images.Ids images) {
    try {
      cluster
          .manager()
          .post(
              "/services/create",
              ServiceDescription.edge(plan, balancing)
                  .request(Map.of(ServiceDescription.EDGE_IMAGE, images.edge())));
      watch.ordered();
    } catch (RuntimeException refused) {
      close();
      throw refused;
    }
  }

  private EdgeLog edgeLog(EdgeDialect dialect) {
    return new EdgeLog(
        dialect,
        kept(this::hit),
        line -> LOG.info("{}: {}", dialect.kind(), line),
        this::keep,
        timeline::nowMillis);
  }

  private GatlingTraffic traffic(Scenario scenario, String run) {
    return new GatlingTraffic(
        scenario,
        run,
        edge::targets,
        history,
        edgeLog,
        this::keep,
        machine::load,
        timeline::nowMillis);
  }

  private void startToWatch(SwarmCluster cluster, DockerClient outer) {
    cluster.nodes().forEach(node -> sampler.node(outer, node));
    watch.onRunning(task -> attach(task, cluster.node(task.node())));
    watcher.scheduleWithFixedDelay(this::look, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    watcher.scheduleWithFixedDelay(
        () -> kept(ignored -> history.flush()).accept(null),
        0,
        FLUSH_EVERY_MILLIS,
        TimeUnit.MILLISECONDS);
    watcher.scheduleAtFixedRate(this::sampleMachine, 0, SAMPLE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Has the load's limit come later by what the run waits for others; to be told before the load
   * starts.
   *
   * @param others how many are made beside it, 0 or more
   * @param waitedMillis how long it has waited for them since the load flows
   */
  public void beside(int others, LongSupplier waitedMillis) {
    traffic.beside(others, waitedMillis);
  }

  /** Somebody else has given Swarm an order: what was seen before is no answer any more. */
  public void ordered() {
    watch.ordered();
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

  /** Ends what watches, each also when another cannot be ended; the cluster is left as it is. */
  @Override
  public void close() {
    watcher.shutdownNow();
    try (sampler;
        edgeLog;
        traffic;
        timeline) {
      // All there is to do is to close them, the last one first.
    }
  }

  private void attach(TaskView task, SwarmNode node) {
    try {
      sampler.task(task, node);
      if (task.service().equals(Commands.EDGE)) {
        edgeLog.follow(task, node);
        edge.started(task);
      }
    } catch (RuntimeException failed) {
      // What started on a node just before it was lost can be seen, but not be watched any more.
      if (!node.lost()) {
        throw failed;
      }
    }
  }

  private void look() {
    try {
      if (watch.lookWhenDue()) {
        failedLooks = 0;
      }
    } catch (RuntimeException failed) {
      failedLooks++;
      LOG.warn("look {} in a row failed", failedLooks, failed);
      if (failedLooks > FAILED_LOOKS_TOLERATED) {
        failure.compareAndSet(null, failed);
      }
    }
  }

  /** What a scheduled task throws would end it in silence. */
  private void sampleMachine() {
    try {
      machine.sample();
    } catch (RuntimeException failed) {
      failure.compareAndSet(null, failed);
    }
  }

  private void hit(Hit hit) {
    history.hit(hit);
    edge.logged(hit);
  }

  private void keep(Event event) {
    kept(history::event).accept(event);
    listener.accept(event);
  }

  /**
   * Remembers that something could not be recorded, so that the run ends instead of going on blind.
   */
  private <T> Consumer<T> kept(Consumer<T> sink) {
    return seen -> {
      try {
        sink.accept(seen);
      } catch (RuntimeException failed) {
        failure.compareAndSet(null, failed);
      }
    };
  }

  private void check() {
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw new StepFailedException(failed.getMessage(), failed);
    }
    traffic.check();
  }
}
