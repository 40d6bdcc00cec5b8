package io.rolloutlab.twin.edge;

import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Names;
import io.rolloutlab.twin.model.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * dnsrr: {@code split_clients} chooses the service, by chance where each request has a text of its
 * own, and its addresses come from the worker's own cache. nginx counts its age in whole seconds
 * and keeps an answer while {@code valid >= now} (ngx_resolver.c, 1.26): {@code valid=1s} means up
 * to two seconds, always to the start of one.
 */
public final class ResolvedUpstreams implements Upstreams {
  private static final long SECOND_MICROS = 1_000_000;

  private final EventQueue queue;
  private final Names names;
  private final Chance chance;
  private final List<Target> sharing;
  private final Optional<Target> mirror;
  private final RequestRules choice;
  private final long validSeconds;
  private final Map<String, Cached> cache = new HashMap<>();

  private record Cached(List<Task> tasks, long untilSecond) {}

  /**
   * @param valid how long a name's addresses are kept, whole seconds
   */
  public ResolvedUpstreams(
      EventQueue queue, Names names, Chance chance, Routes routes, Duration valid) {
    this.queue = queue;
    this.names = names;
    this.chance = chance;
    sharing = routes.sharing();
    mirror = routes.mirror();
    choice = new RequestRules(routes);
    validSeconds = valid.toSeconds();
  }

  @Override
  public Iterator<Attempt> attempts(UserRequest request) {
    Target target = choice.of(request).orElseGet(this::weighted);
    List<Task> tasks = resolve(target.service());
    int first = tasks.isEmpty() ? 0 : chance.below(tasks.size());
    return new Iterator<>() {
      private int tried;

      @Override
      public boolean hasNext() {
        return tried < tasks.size();
      }

      @Override
      public Attempt next() {
        Task task = tasks.get((first + tried++) % tasks.size());
        return Attempt.once(task.app().address() + ":" + target.port(), task);
      }
    };
  }

  @Override
  public Optional<Attempt> mirror() {
    List<Task> tasks = mirror.map(target -> resolve(target.service())).orElse(List.of());
    if (tasks.isEmpty()) {
      return Optional.empty();
    }
    Task task = tasks.get(chance.below(tasks.size()));
    return mirror.map(target -> Attempt.once(task.app().address() + ":" + target.port(), task));
  }

  private Target weighted() {
    int point = chance.below(100);
    for (Target target : sharing) {
      point -= target.share();
      if (point < 0) {
        return target;
      }
    }
    throw new IllegalStateException("weights make 100, so one of them was drawn");
  }

  @Override
  public List<Task> behind(String service) {
    return resolve(service);
  }

  private List<Task> resolve(String service) {
    long second = queue.nowMicros() / SECOND_MICROS;
    Cached cached = cache.get(service);
    if (cached == null || cached.untilSecond() < second) {
      // That there is no such name is not kept: the next request asks again.
      cached = new Cached(List.copyOf(names.lookUp(service)), second + validSeconds);
      if (!cached.tasks().isEmpty()) {
        cache.put(service, cached);
      }
    }
    return cached.tasks();
  }
}
