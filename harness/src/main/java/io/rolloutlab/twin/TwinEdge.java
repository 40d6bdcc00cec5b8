package io.rolloutlab.twin;

import io.rolloutlab.edge.EdgeBehaviour;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.edge.Nginx;
import io.rolloutlab.twin.edge.RequestRules;
import io.rolloutlab.twin.edge.ResolvedUpstreams;
import io.rolloutlab.twin.edge.WeightedUpstreams;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Names;
import io.rolloutlab.twin.model.Task;
import io.rolloutlab.twin.model.TwinSettings;
import io.rolloutlab.twin.node.NodeCores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The edge as a service of the twin. */
final class TwinEdge implements Edge {
  private static final long STEP_MICROS = 1_000;

  /** A probe's way has no limits of its own, so nginx's own one holds. */
  private static final long CONNECT_LIMIT_MICROS = 60_000_000;

  private final EventQueue queue;
  private final Books books;
  private final Names names;
  private final NodeCores machines;
  private final TwinSettings settings;
  private final Chance chance;
  private final Balancing balancing;
  private final EdgePlan plan;
  private final EdgeDialect dialect;
  private final EdgeBehaviour behaviour;
  private final Optional<EdgeConfigs> configs;
  private final Duration probeLimit;
  private final List<Nginx> all = new ArrayList<>();
  private final List<Consumer<Hit>> watchers = new ArrayList<>();
  private Routes current;
  private int changes;
  private int turn;

  /**
   * @param configs that its tasks have their routes from; empty where a reload changes them
   * @param probeLimit how long a probe waits for its answer
   */
  TwinEdge(
      EventQueue queue,
      Books books,
      Names names,
      NodeCores machines,
      TwinSettings settings,
      Balancing balancing,
      EdgeDialect dialect,
      EdgePlan plan,
      Optional<EdgeConfigs> configs,
      Duration probeLimit,
      Chance chance) {
    this.queue = queue;
    this.books = books;
    this.names = names;
    this.machines = machines;
    this.settings = settings;
    this.balancing = balancing;
    this.plan = plan;
    this.configs = configs;
    this.probeLimit = probeLimit;
    this.chance = chance;
    this.dialect = dialect;
    behaviour = dialect.behaviour(plan);
    books.watch(this::changed);
  }

  private void changed(Task task) {
    if (!task.service().name().equals(Commands.EDGE)) {
      return;
    }
    boolean known = all.stream().anyMatch(nginx -> nginx.task() == task);
    if (task.state() == TaskState.RUNNING && !known) {
      Nginx nginx = new Nginx(task, chance, behaviour.workers());
      all.add(nginx);
      configs
          .map(has -> has.of(task))
          .orElse(Optional.ofNullable(current))
          .ifPresent(routes -> reload(nginx, routes));
    }
  }

  private List<Nginx> running() {
    return all.stream()
        .filter(nginx -> nginx.task().state() == TaskState.RUNNING && nginx.task().wanted())
        .toList();
  }

  @Override
  public void watch(Consumer<Hit> watcher) {
    watchers.add(watcher);
  }

  /** Passes on a line of its log. */
  void logged(Hit hit) {
    watchers.forEach(watcher -> watcher.accept(hit));
  }

  /** Who refuses its routes does not start with them either, so that an update of it stops. */
  @Override
  public void apply(Routes routes) {
    changes++;
    check(routes);
    configs.ifPresentOrElse(has -> has.apply(changes, routes), () -> reload(routes));
  }

  @Override
  public int changes() {
    return changes;
  }

  private void reload(Routes routes) {
    List<Nginx> running = running();
    if (running.isEmpty()) {
      throw new StepFailedException(
          "no %s runs that could take the new routes".formatted(dialect.kind()));
    }
    long longest = 0;
    for (Nginx nginx : running) {
      long length = chance.micros(settings.reload());
      longest = Math.max(longest, length + chance.micros(settings.reloadSeen()));
      machines.takesRoutes(nginx.task().node(), length);
      queue.after(length, () -> reload(nginx, routes));
    }
    current = routes;
    queue.run(longest);
  }

  /** What {@code nginx -t} finds: an address that is none, and a host that no name leads to. */
  private void check(Routes routes) {
    try {
      new RequestRules(routes);
    } catch (IllegalArgumentException bad) {
      throw refused("invalid network: " + bad.getMessage());
    }
    // Under dnsrr names are looked up for each request, those of upstream blocks at load.
    if (balancing == Balancing.VIP) {
      routes.reached().forEach(target -> checkHost(target.service(), target.port()));
    }
  }

  private void checkHost(String service, int port) {
    if (!books.services().containsKey(service)) {
      throw refused("host not found in upstream \"%s:%s\"".formatted(service, port));
    }
  }

  private StepFailedException refused(String why) {
    return new StepFailedException(
        "%s did not take the new routes: %s".formatted(dialect.kind(), why));
  }

  private void reload(Nginx nginx, Routes routes) {
    nginx.reload(
        () ->
            balancing == Balancing.VIP
                ? new WeightedUpstreams(queue, names, routes, plan, behaviour.kept())
                : new ResolvedUpstreams(queue, names, chance, routes, behaviour.namesValid()));
  }

  @Override
  public String configuration(Routes routes) {
    return dialect.render(routes, plan, balancing);
  }

  @Override
  public Answer probe(String service, int port) {
    queue.run(chance.micros(settings.probe()));
    List<Task> tasks = behind(service);
    if (tasks.isEmpty()) {
      throw new StepFailedException(
          "a probe of %s was answered with status %s"
              .formatted(service, behaviour.unanswered().nobody()));
    }
    Task task = tasks.get(chance.below(tasks.size()));
    App.Answer[] heard = new App.Answer[1];
    long limit = queue.nowMicros() + EventQueue.micros(probeLimit);
    task.app().request(CONNECT_LIMIT_MICROS, answer -> heard[0] = answer);
    while (heard[0] == null && queue.nowMicros() < limit) {
      queue.run(STEP_MICROS);
    }
    if (heard[0] == null) {
      throw new StepFailedException("a probe of %s was not answered: timed out".formatted(service));
    }
    if (heard[0] != App.Answer.OK) {
      throw new StepFailedException(
          "a probe of %s was answered with status %s"
              .formatted(
                  service, heard[0] == App.Answer.ERROR ? 500 : behaviour.unanswered().nobody()));
    }
    String host = balancing == Balancing.VIP ? service : task.app().address();
    return new Answer(task.spec().version(), task.app().container(), host + ":" + port);
  }

  /**
   * A probe comes to one of nginx's workers, and leaves the addresses that it was told in the cache
   * that requests are served from: the worker that was probed before the load began is ahead of the
   * others in asking again (seen live with {@code dnsValid: 15s}: 4 s ahead, case 08a).
   */
  private List<Task> behind(String service) {
    return connect()
        .map(connection -> connection.behind(service))
        .orElseThrow(
            () ->
                new StepFailedException(
                    "a probe of %s was not answered: no %s serves"
                        .formatted(service, dialect.kind())));
  }

  /** A user connects to one nginx after the other; absent when none can be reached. */
  Optional<Nginx.Connection> connect() {
    List<Nginx> serving =
        configs
            .map(has -> all.stream().filter(has::reaches).toList())
            .orElseGet(this::running)
            .stream()
            .filter(Nginx::serves)
            .toList();
    return serving.isEmpty()
        ? Optional.empty()
        : Optional.of(serving.get(turn++ % serving.size()).connect());
  }

  /** Requests an nginx has answered so far; 0 for tasks that are none. */
  long requests(Task task) {
    return all.stream()
        .filter(nginx -> nginx.task() == task)
        .mapToLong(Nginx::requests)
        .findFirst()
        .orElse(0);
  }

  EdgeBehaviour behaviour() {
    return behaviour;
  }
}
