package io.rolloutlab.twin.edge;

import io.rolloutlab.scenario.EdgePlan;
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
  private final Choice choice;
  private final List<Server> weighted;
  private final Map<String, List<Server>> listed = new HashMap<>();
  private final Server mirror;

  private static final class Server {
    private final String service;
    private final int port;
    private final int weight;
    private int current;
    private int fails;
    private long failedMicros;
    private int turn;

    Server(String service, int port, int weight) {
      this.service = service;
      this.port = port;
      this.weight = weight;
    }
  }

  public WeightedUpstreams(EventQueue queue, Names names, Routes routes, EdgePlan plan) {
    this.queue = queue;
    this.names = names;
    this.plan = plan;
    choice = new Choice(routes);
    weighted =
        routes.targets().stream()
            .filter(target -> target.weight() > 0)
            .map(target -> new Server(target.service(), target.port(), target.weight()))
            .toList();
    for (Target target : routes.targets()) {
      listed.put(target.service(), List.of(new Server(target.service(), target.port(), 1)));
    }
    Routes.Mirror to = routes.mirror();
    mirror = to == null ? null : new Server(to.service(), to.port(), 1);
  }

  @Override
  public Iterator<Attempt> attempts(String client) {
    Optional<Target> rule = choice.listed(client);
    List<Server> block = rule.map(target -> listed.get(target.service())).orElse(weighted);
    List<Server> left = new ArrayList<>(block);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return left.stream().anyMatch(server -> usable(server, block));
      }

      @Override
      public Attempt next() {
        Server server = choose(left.stream().filter(s -> usable(s, block)).toList());
        left.remove(server);
        return attempt(server);
      }
    };
  }

  @Override
  public Optional<Attempt> mirror() {
    return Optional.ofNullable(mirror).map(this::attempt);
  }

  private boolean usable(Server server, List<Server> block) {
    return block.size() == 1
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

  private Attempt attempt(Server server) {
    List<Task> tasks = names.lookUp(server.service);
    Task task = tasks.isEmpty() ? null : tasks.get(server.turn++ % tasks.size());
    String address = server.service + ":" + server.port;
    return new Attempt(address, task, () -> failed(server));
  }

  private void failed(Server server) {
    long now = queue.nowMicros();
    boolean longAgo = now - server.failedMicros > EventQueue.micros(plan.failTimeout());
    server.fails = longAgo ? 1 : server.fails + 1;
    server.failedMicros = now;
  }
}
