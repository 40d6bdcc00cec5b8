package io.rolloutlab.analysis;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.history.TaskRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** The tasks and routes of a made-up run, and what they say of themselves. */
final class SampleCluster {
  /** From the shutdown's order to the end of the task: Swarm's fixed 2 s and the app's own exit. */
  static final long STOP = 2_300;

  /** From the order to start to running. */
  static final long START = 1_300;

  /** A task; bound means that the edge finds it. */
  record Task(
      String id, String service, int slot, String node, String version, long bound, long unbound) {
    long stopped() {
      return unbound + STOP;
    }

    boolean boundAt(long at) {
      return bound <= at && at < unbound;
    }
  }

  /** What the edge does from a moment on. */
  record Routing(long asked, long done, List<Event.Route> routes) {}

  /** No end within the run. */
  static final long NEVER = Long.MAX_VALUE / 4;

  final List<Task> tasks = new ArrayList<>();
  final List<Routing> routings = new ArrayList<>();
  private int made;

  /** Adds a task that runs from a moment on, and returns its place for {@link #stop}. */
  int start(String service, int slot, String version, long running) {
    String node = new String[] {"managerN", "workerN1", "workerN2"}[made % 3];
    made++;
    String id = String.format(Locale.ROOT, "task%04dsample%s", made, version);
    tasks.add(
        new Task(
            id, service, slot, version.isEmpty() ? "workerN3" : node, version, running, NEVER));
    return tasks.size() - 1;
  }

  /** Orders a task to shut down. */
  void stop(int place, long at) {
    Task t = tasks.get(place);
    tasks.set(place, new Task(t.id(), t.service(), t.slot(), t.node(), t.version(), t.bound(), at));
  }

  /** Changes the routes; a graceful reload takes 400 ms. */
  void route(long asked, Event.Route... routes) {
    routings.add(new Routing(asked, asked + 400, List.of(routes)));
  }

  List<Event.Route> routesAt(long at) {
    List<Event.Route> routes = routings.get(0).routes();
    for (Routing routing : routings) {
      // Half way through the reload the new workers take over.
      routes = routing.asked() + 200 <= at ? routing.routes() : routes;
    }
    return routes;
  }

  void tell(Histories history, long end) {
    for (Task task : tasks) {
      long ordered = task.bound() - START;
      change(history, task, ordered, "new", "running");
      change(history, task, ordered + 100, "preparing", "running");
      change(history, task, task.bound(), "running", "running");
      if (task.unbound() < end) {
        change(history, task, task.unbound(), "running", "shutdown");
        change(history, task, task.stopped(), "shutdown", "shutdown");
      }
    }
    for (Routing r : routings) {
      history.routes(r.asked(), r.done(), r.routes().toArray(Event.Route[]::new));
    }
  }

  private static void change(Histories history, Task task, long at, String state, String desired) {
    long epoch = Histories.ZERO + at;
    history.event(
        new Event.TaskChange(
            epoch,
            epoch + 20,
            new TaskRef(task.id(), task.service(), task.slot(), task.node(), task.version()),
            state,
            desired,
            ""));
  }

  /** One look a second at every task that runs and at every node. */
  void measure(Histories history, long from, long until, Random random) {
    Map<String, Double> nodeCpu = new HashMap<>();
    for (long at = from; at < until; at += 1000) {
      Map<String, Long> nodeMemory = new HashMap<>();
      for (Task task : tasks) {
        if (task.bound() <= at && at < task.stopped()) {
          long age = (at - task.bound()) / 1000;
          double cpu = 0.45 + 0.031 * age;
          long memory = 41_000_000L + 30_000 * Math.min(age, 60) + random.nextInt(400_000);
          sample(history, at, ResourceSample.Kind.TASK, task, cpu, memory);
          nodeCpu.merge(task.node(), age == 0 ? 0.45 : 0.031, Double::sum);
          nodeMemory.merge(task.node(), memory, Long::sum);
        }
      }
      double second = at / 1000.0;
      history
          .machineUse(at, "busy", 1000 + 0.9 * second)
          .machineUse(at, "idle", 1000 + 1.1 * second);
      history.labUse(at, "harness", 1000 + 0.1 * second).labUse(at, "load", 1000 + 0.3 * second);
      for (String node : List.of("managerN", "workerN1", "workerN2", "workerN3")) {
        double cpu = nodeCpu.merge(node, 0.02 + random.nextInt(100) / 10_000.0, Double::sum);
        long memory = nodeMemory.getOrDefault(node, 0L) + 88_000_000 + random.nextInt(2_000_000);
        Task whole = new Task(node, "", 0, node, "", 0, 0);
        sample(history, at, ResourceSample.Kind.NODE, whole, cpu, memory);
      }
    }
  }

  private static void sample(
      Histories history, long at, ResourceSample.Kind kind, Task of, double cpu, long memory) {
    history.add(
        new ResourceSample(
            Histories.ZERO + at,
            new ResourceSample.Of(kind, of.id(), of.service(), of.version(), of.node()),
            new ResourceSample.Use(cpu, memory, (long) (cpu * 90_000), (long) (cpu * 120_000))));
  }

  /** When some task stops or the routes change next to this moment, within the given reach. */
  boolean troubledAt(long at, long reach) {
    return tasks.stream()
        .filter(task -> !task.version().isEmpty())
        .anyMatch(task -> Math.abs(task.stopped() - at) < reach);
  }

  boolean reloadingAt(long at) {
    return routings.stream().skip(1).anyMatch(r -> r.asked() <= at && at < r.done());
  }

  List<Task> bound(String service, long at) {
    return tasks.stream()
        .filter(task -> task.service().equals(service) && task.boundAt(at))
        .sorted(Comparator.comparing(Task::id))
        .toList();
  }
}
