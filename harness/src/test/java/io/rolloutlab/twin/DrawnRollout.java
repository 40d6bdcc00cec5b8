package io.rolloutlab.twin;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.manager.Orchestrator;
import io.rolloutlab.twin.manager.Restarts;
import io.rolloutlab.twin.model.CoresAndMemory;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One drawn rollout played by the manager of the twin, with an agent of its own that takes no
 * longer than the case says: every task has a node at once.
 */
class DrawnRollout {
  private static final long MILLI = 1000;
  private static final long V1_RUNS_MILLIS = 500;
  private static final long READ_AFTER_MILLIS = 14_000;
  private static final String NAME = "pyapp";

  final JsonNode drawn;
  private final EventQueue queue = new EventQueue();
  private final List<Event> events = new ArrayList<>();
  private final Books books;
  private final Orchestrator orchestrator;
  private final Node node = new Node(0, "workerN1", false, CoresAndMemory.NONE, Map.of());
  private final Map<Task, Fate> fates = new HashMap<>();
  private final Map<String, Integer> made = new TreeMap<>();
  private final Set<Task> started = new HashSet<>();
  private final Set<Task> told = new HashSet<>();
  private final int lateMillis;
  private final Chance late;

  /**
   * What came of it.
   *
   * @param states of the update, repeats folded
   * @param wanted tasks by version
   * @param twice slots with two wanted tasks
   * @param status the update's last state
   */
  record Outcome(
      List<String> states,
      Map<String, Integer> wanted,
      @com.fasterxml.jackson.annotation.JsonProperty("double") int twice,
      String status) {}

  /**
   * What becomes of a task.
   *
   * @param how {@code ok}; {@code early}: it fails instead of running; {@code late}, {@code
   *     complete}: it fails, or ends in order, when it has run for a while
   * @param afterMillis how long that is
   */
  record Fate(String how, long afterMillis) {
    static final Fate GOOD = new Fate("ok", 0);
  }

  /**
   * @param drawn as the file of outcomes has it; times are milliseconds
   * @param seed of what chance decides: the order of slots, and how late the agent is
   * @param lateMillis how late it is at most, each time
   */
  DrawnRollout(JsonNode drawn, long seed, int lateMillis) {
    this.drawn = drawn;
    this.lateMillis = lateMillis;
    late = new Chance(seed, "late");
    books = new Books(queue, new TwinTimeline(queue, () -> false), events::add);
    Chance chance = new Chance(seed, "drawn");
    Restarts restarts = new Restarts(queue, books, chance);
    orchestrator = new Orchestrator(queue, books, restarts, List.of(), chance);
    books.watch(this::act);
  }

  Outcome outcome() {
    return read(play(V1_RUNS_MILLIS, READ_AFTER_MILLIS));
  }

  /** Plays it to its end, and gives what there is then. */
  Service play(long v1RunsMillis, long readAfterMillis) {
    orchestrator.create(spec("v1"));
    long change = (drawn.path("start").asLong() + v1RunsMillis) * MILLI;
    queue.run(change);
    events.clear();
    Service service = orchestrator.service(NAME);
    long first = drawn.path("v1at").asLong(-1);
    if (first >= 0) {
      queue.after(first * MILLI, () -> failV1(service));
    }
    queue.after(drawn.path("at").asLong() * MILLI, () -> second(service));
    orchestrator.change(service, spec("v2"));
    queue.run(readAfterMillis * MILLI);
    return service;
  }

  /** How many tasks each version has had. */
  Map<String, Integer> made() {
    return made;
  }

  private Outcome read(Service service) {
    Map<String, Integer> wanted = wanted(service);
    int twice = (int) service.slots().values().stream().filter(slot -> slot.size() > 1).count();
    return new Outcome(states(), wanted, twice, service.updateState());
  }

  /** Those of the update, in order, repeats folded. */
  List<String> states() {
    List<String> states = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.UpdateChange change
          && (states.isEmpty() || !states.get(states.size() - 1).equals(change.state()))) {
        states.add(change.state());
      }
    }
    return states;
  }

  /** How many tasks are wanted, by version. */
  static Map<String, Integer> wanted(Service service) {
    Map<String, Integer> wanted = new TreeMap<>();
    service.slots().values().stream()
        .flatMap(List::stream)
        .forEach(task -> wanted.merge(task.spec().version(), 1, Integer::sum));
    return wanted;
  }

  private void second(Service service) {
    ServiceSpec now = service.spec();
    switch (drawn.path("second").asText()) {
      case "up" -> orchestrator.change(service, with(now, now.version(), now.replicas() + 1));
      case "down" ->
          orchestrator.change(service, with(now, now.version(), Math.max(1, now.replicas() - 1)));
      case "v3" -> orchestrator.change(service, with(now, "v3", now.replicas()));
      case "rollback" -> {
        // After a rollback of Swarm's own there is nothing to go back to: it refuses.
        if (service.previous() != null) {
          orchestrator.rollBack(service);
        }
      }
      default -> {}
    }
  }

  private void failV1(Service service) {
    service.tasks().stream()
        .filter(task -> task.spec().version().equals("v1") && task.state() == TaskState.RUNNING)
        .filter(task -> !told.contains(task))
        .forEach(task -> books.state(task, TaskState.FAILED, "as drawn"));
  }

  private void act(Task task) {
    if (!fates.containsKey(task)) {
      int before = made.merge(task.spec().version(), 1, Integer::sum) - 1;
      fates.put(task, fate(task.spec().version(), before));
    }
    if (task.state().ended()) {
      return;
    }
    if (!task.wanted()) {
      if (told.add(task)) {
        queue.after(micros("stop"), () -> end(task, TaskState.SHUTDOWN));
      }
    } else if (task.node() == null) {
      books.state(task, TaskState.PENDING, "as drawn");
      books.assign(task, node);
    } else if (task.desired() == TaskState.RUNNING && started.add(task)) {
      books.state(task, TaskState.STARTING, "as drawn");
      queue.after(micros("start"), () -> runs(task));
    } else if (task.desired() == TaskState.READY && task.state() == TaskState.ASSIGNED) {
      books.state(task, TaskState.READY, "as drawn");
    }
  }

  /**
   * What becomes of a task of a version.
   *
   * @param before how many that version has had before it
   */
  Fate fate(String version, int before) {
    return version.equals("v2") && before < drawn.path("bad").asInt()
        ? new Fate(drawn.path("v2").asText(), drawn.path("after").asLong())
        : Fate.GOOD;
  }

  private long micros(String length) {
    return micros(drawn.path(length).asLong());
  }

  private long micros(long millis) {
    return millis * MILLI + late.below(lateMillis * (int) MILLI + 1);
  }

  private void runs(Task task) {
    Fate fate = fates.get(task);
    if (task.state().ended() || told.contains(task)) {
      return;
    }
    if (fate.how().equals("early")) {
      end(task, TaskState.FAILED);
      return;
    }
    books.state(task, TaskState.RUNNING, "as drawn");
    if (!fate.how().equals("ok")) {
      TaskState last = fate.how().equals("late") ? TaskState.FAILED : TaskState.COMPLETE;
      queue.after(
          micros(fate.afterMillis()),
          () -> {
            if (!told.contains(task)) {
              end(task, last);
            }
          });
    }
  }

  private void end(Task task, TaskState how) {
    if (!task.state().ended()) {
      books.state(task, how, "as drawn");
    }
  }

  private ServiceSpec spec(String version) {
    return new ServiceSpec(
        NAME,
        release(version),
        ServiceMode.REPLICATED,
        drawn.path("replicas").asInt(),
        PlacementRules.within(List.of()),
        null,
        null,
        new ServiceSpec.Listening(5000, false),
        new ServiceSpec.Upkeep(AppPlan.DEFAULT.stopGrace(), restart(), null),
        new SwarmUpdates(plan(drawn.path("update")), plan(drawn.path("rollback"))));
  }

  private static ServiceSpec.Release release(String version) {
    return new ServiceSpec.Release(version, NAME + ":" + version, Map.of());
  }

  /** An hour stands for never; a scenario's is ten minutes at most, which no case lasts either. */
  RestartPlan restart() {
    Duration longest = Duration.ofMinutes(10);
    Duration delay = Duration.ofMillis(drawn.path("restart").asLong());
    return new RestartPlan(null, delay.compareTo(longest) > 0 ? longest : delay, null, null);
  }

  private static ServiceSpec with(ServiceSpec of, String version, int replicas) {
    return of.with(release(version)).sized(replicas);
  }

  private static UpdatePlan plan(JsonNode drawn) {
    return new UpdatePlan(
        drawn.path("parallelism").asInt(),
        Duration.ofMillis(drawn.path("delay").asLong()),
        drawn.path("order").asText().equals("stop") ? Order.STOP_FIRST : Order.START_FIRST,
        Duration.ofMillis(drawn.path("monitor").asLong()),
        drawn.path("ratio").asDouble(),
        UpdatePlan.FailureAction.valueOf(drawn.path("action").asText().toUpperCase(Locale.ROOT)));
  }
}
