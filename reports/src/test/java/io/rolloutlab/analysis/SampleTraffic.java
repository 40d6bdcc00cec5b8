package io.rolloutlab.analysis;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.check.Networks;
import java.util.List;
import java.util.Random;

/** Made-up requests to a made-up cluster: an open load of the scenario's rate and users. */
final class SampleTraffic {
  private final Histories history;
  private final SampleCluster cluster;
  private final Random random;
  private long id;

  SampleTraffic(Histories history, SampleCluster cluster, Random random) {
    this.history = history;
    this.cluster = cluster;
    this.random = random;
  }

  /** Sends requests in [from, until). */
  void send(long from, long until) {
    LoadPlan load = history.scenario().load();
    double gap = 1000 / load.ratePerSecond();
    for (double at = from; at < until; at += gap) {
      boolean fresh = random.nextDouble() < load.newConnectionShare();
      one(Math.round(at), random.nextInt(load.users()), fresh ? Population.NEW : Population.REUSED);
    }
  }

  private void one(long intended, int user, Population population) {
    id++;
    long at = intended + random.nextInt(3);
    int latency = 3 + (int) (random.nextDouble() * 5) + (population == Population.NEW ? 2 : 0);
    latency += random.nextInt(50) == 0 ? random.nextInt(60) : 0;
    List<SampleCluster.Task> tasks = cluster.bound(service(user, at), at);
    boolean trouble = cluster.troubledAt(at, 250);
    if (tasks.isEmpty() || trouble && random.nextInt(100) < 8) {
      fail(intended, at, user, population, latency);
      return;
    }
    latency += trouble ? random.nextInt(180) : 0;
    SampleCluster.Task task = tasks.get(random.nextInt(tasks.size()));
    Request answer =
        new Request(
            id,
            user,
            population,
            new Request.Times(Histories.ZERO + intended, Histories.ZERO + at),
            new Request.End(latency, Outcome.OK, "", 200),
            new AppHeaders(task.version(), task.id().substring(4, 8)));
    history.add(answer);
    history.add(hit(answer, at + latency, 200));
    if (population == Population.REUSED && cluster.reloadingAt(at) && random.nextInt(8) == 0) {
      // The reload closed the connection under the request; the load tool sent it once more.
      history.add(hit(answer, at + 1, 499));
    }
  }

  private void fail(long intended, long at, int user, Population population, int latency) {
    boolean atEdge = random.nextInt(4) > 0;
    Request failure =
        new Request(
            id,
            user,
            population,
            new Request.Times(Histories.ZERO + intended, Histories.ZERO + at),
            new Request.End(
                latency, Outcome.FAILED, atEdge ? "http-502" : "closed", atEdge ? 502 : 0),
            AppHeaders.NONE);
    history.add(failure);
    if (atEdge) {
      history.add(hit(failure, at + latency, 502));
    }
  }

  private static Hit hit(Request r, long at, int status) {
    boolean answered = status == 200;
    return new Hit(
        Histories.ZERO + at,
        r.id(),
        LoadPlan.addressOf(r.user()),
        new Hit.Answer(status, r.latencyMillis() - 1),
        new Hit.Tries("10.0.1.5:5000", "" + status),
        answered ? new AppHeaders(r.version(), r.replica()) : AppHeaders.NONE,
        new Hit.Connection(
            "edge" + r.id() % 2, 30, r.population() == Population.NEW ? r.id() : r.user(), 1));
  }

  private String service(int user, long at) {
    List<Event.Route> routes = cluster.routesAt(at);
    for (Event.Route route : routes) {
      if (!route.addresses().isEmpty()
          && new Networks(route.addresses()).contain(LoadPlan.addressOf(user))) {
        return route.service();
      }
    }
    int drawn = random.nextInt(100);
    for (Event.Route route : routes) {
      drawn -= route.weight();
      if (drawn < 0) {
        return route.service();
      }
    }
    throw new IllegalStateException("weights do not add up to 100: " + routes);
  }
}
