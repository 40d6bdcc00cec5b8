package io.rolloutlab.twin.edge;

import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Names;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * vip: servers of an upstream block, each a virtual address behind which IPVS takes the tasks in
 * turn. nginx's round robin is the smooth one; a server that failed {@code max_fails} times is left
 * out for {@code fail_timeout}, unless it is the only one (ngx_http_upstream_round_robin.c).
 */
public final class WeightedUpstreams implements Upstreams {
  private final EventQueue queue;
  private final Names names;
  private final EdgePlan plan;
  private final RequestRules choice;
  private final Block weighted;
  private final Map<String, Block> only = new HashMap<>();
  private final Optional<Block> mirror;

  private record Block(List<Server> servers, KeptConnections kept) {}

  private static final class Server {
    private final String service;
    private final int port;
    private final int weight;
    private int current;
    private int fails;
    private long failedMicros;

    Server(Target target, int weight) {
      service = target.service();
      port = target.port();
      this.weight = weight;
    }
  }

  /**
   * @param kept idle connections that are kept for each block; 0 for none
   */
  public WeightedUpstreams(EventQueue queue, Names names, Routes routes, EdgePlan plan, int kept) {
    this.queue = queue;
    this.names = names;
    this.plan = plan;
    choice = new RequestRules(routes);
    weighted =
        new Block(
            routes.sharing().stream().map(target -> new Server(target, target.share())).toList(),
            new KeptConnections(queue, kept));
    if (routes.splitBy() != SplitBy.REQUEST) {
      routes.sharing().forEach(target -> only.put(target.service(), alone(target, kept)));
    }
    routes.conditional().forEach(target -> only.put(target.service(), alone(target, kept)));
    mirror = routes.mirror().map(target -> alone(target, kept));
  }

  private Block alone(Target target, int kept) {
    return new Block(List.of(new Server(target, 1)), new KeptConnections(queue, kept));
  }

  @Override
  public Iterator<Attempt> attempts(UserRequest request) {
    Optional<Target> rule = choice.of(request);
    Block block = rule.map(target -> only.get(target.service())).orElse(weighted);
    List<Server> left = new ArrayList<>(block.servers());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return left.stream().anyMatch(server -> usable(server, block));
      }

      @Override
      public Attempt next() {
        Server server = choose(left.stream().filter(s -> usable(s, block)).toList());
        left.remove(server);
        return attempt(block, server, left);
      }
    };
  }

  @Override
  public Optional<Attempt> mirror() {
    return mirror.map(block -> attempt(block, block.servers().get(0), new ArrayList<>()));
  }

  @Override
  public List<Task> behind(String service) {
    return names.lookUp(service);
  }

  private boolean usable(Server server, Block block) {
    return block.servers().size() == 1
        || plan.maxFails() == 0
        || server.fails < plan.maxFails()
        || queue.nowMicros() - server.failedMicros > EventQueue.micros(plan.failTimeout());
  }

  private static Server choose(List<Server> servers) {
    Server best = null;
    int total = 0;
    for (Server server : servers) {
      server.current += server.weight;
      total += server.weight;
      best = best == null || server.current > best.current ? server : best;
    }
    best.current -= total;
    return best;
  }

  private Attempt attempt(Block block, Server server, List<Server> left) {
    Optional<KeptConnections.Kept> kept = block.kept().take(server);
    Task task = kept.map(KeptConnections.Kept::task).orElseGet(() -> names.balance(server.service));
    int requests = 1 + kept.map(KeptConnections.Kept::requests).orElse(0);
    return new Attempt(
        server.service + ":" + server.port,
        task,
        kept.isPresent(),
        () -> {
          failed(server);
          // The one server of a block is tried again when a kept connection to it was closed.
          if (kept.isPresent() && block.servers().size() == 1) {
            left.add(server);
          }
        },
        () -> block.kept().keep(server, task, requests));
  }

  private void failed(Server server) {
    long now = queue.nowMicros();
    boolean longAgo = now - server.failedMicros > EventQueue.micros(plan.failTimeout());
    server.fails = longAgo ? 1 : server.fails + 1;
    server.failedMicros = now;
  }
}
