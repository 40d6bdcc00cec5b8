package io.rolloutlab.analysis.causes;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all tasks were doing when, found by their addresses, containers, names and services. */
final class TaskLog {
  private static final Comparator<TaskTimes> BY_START =
      Comparator.comparingLong(TaskTimes::fromMillis).thenComparing(one -> one.task().id());

  /** Whether the edge asks addresses of services (vip), which are no task's. */
  private final boolean virtual;

  private final Map<String, List<TaskTimes>> byAddress = new HashMap<>();

  /** By the container's short id. */
  private final Map<String, TaskTimes> byContainer = new HashMap<>();

  /** By the task's id. */
  private final Map<String, TaskTimes> successors = new HashMap<>();

  private final Map<String, ServiceTimes> services = new LinkedHashMap<>();
  private final List<TaskTimes> edges = new ArrayList<>();

  /**
   * @param zero milliseconds since 1970 of x = 0
   * @param unanswered statuses of tries that say that nobody answered
   */
  TaskLog(History history, long zero, Set<String> unanswered) {
    virtual = history.manifest().balancing() == Balancing.VIP;
    Collection<TaskTimes.Builder> open = told(history, zero);
    if (virtual) {
      answersOfContainers(history, zero, unanswered, open);
    } else {
      answers(history, zero, unanswered, open);
    }
    List<TaskTimes> all = open.stream().map(this::built).sorted(BY_START).toList();
    Map<String, List<TaskTimes>> byService = new LinkedHashMap<>();
    Map<String, TaskTimes> lastOfName = new HashMap<>();
    for (TaskTimes one : all) {
      if (one.task().service().equals(EdgePlan.SERVICE)) {
        edges.add(one);
      }
      // A stack has services that are neither the edge nor behind it.
      if (one.task().version().isEmpty()) {
        continue;
      }
      byService.computeIfAbsent(one.task().service(), name -> new ArrayList<>()).add(one);
      TaskTimes before = lastOfName.put(one.task().name(), one);
      if (before != null) {
        successors.put(before.task().id(), one);
      }
      if (!one.address().isEmpty()) {
        byAddress.computeIfAbsent(one.address(), its -> new ArrayList<>(1)).add(one);
      }
    }
    byService.forEach((name, tasks) -> services.put(name, new ServiceTimes(tasks)));
  }

  private TaskTimes built(TaskTimes.Builder open) {
    TaskTimes its = open.build();
    if (!open.container().isEmpty()) {
      byContainer.put(open.container(), its);
    }
    return its;
  }

  private static Collection<TaskTimes.Builder> told(History history, long zero) {
    Map<String, TaskTimes.Builder> open = new LinkedHashMap<>();
    for (Event event : history.events()) {
      if (event instanceof Event.TaskChange change) {
        open.computeIfAbsent(change.task(), id -> new TaskTimes.Builder()).change(change, zero);
      } else if (event instanceof Event.TaskAddress given) {
        open.computeIfAbsent(given.task(), id -> new TaskTimes.Builder()).address(given, zero);
      } else if (event instanceof Event.TaskContainer given) {
        open.computeIfAbsent(given.task(), id -> new TaskTimes.Builder()).container(given, zero);
      }
    }
    history
        .events(Event.Happened.class)
        .forEach(
            happened ->
                happened
                    .goneNode()
                    .ifPresent(
                        node ->
                            open.values()
                                .forEach(task -> task.lost(node, happened.atMillis() - zero))));
    return open.values();
  }

  /**
   * Behind an address of a service the container that an answer names tells whose it is. A try that
   * was in vain names none, so that nobody knows whom it met.
   */
  private static void answersOfContainers(
      History history, long zero, Set<String> unanswered, Collection<TaskTimes.Builder> tasks) {
    Map<String, TaskTimes.Builder> byContainer = new HashMap<>();
    tasks.forEach(task -> byContainer.put(task.container(), task));
    byContainer.remove("");
    for (Hit hit : history.hits()) {
      TaskTimes.Builder by = byContainer.get(hit.replica());
      if (by != null && hit.isOfAnApp(unanswered)) {
        by.answered(hit.atMillis() - zero);
      }
    }
  }

  /** One pass over what the edge logged: a text that was met before is looked up by itself. */
  private static void answers(
      History history, long zero, Set<String> unanswered, Collection<TaskTimes.Builder> tasks) {
    Map<String, List<TaskTimes.Builder>> byAddress = new HashMap<>();
    tasks.forEach(
        task -> byAddress.computeIfAbsent(task.address(), its -> new ArrayList<>(1)).add(task));
    byAddress.remove("");
    byAddress
        .values()
        .forEach(its -> its.sort(Comparator.comparingLong(TaskTimes.Builder::fromMillis)));
    Map<String, List<TaskTimes.Builder>> byUpstream = new HashMap<>();
    for (Hit hit : history.hits()) {
      if (hit.upstream().isEmpty()) {
        continue;
      }
      List<TaskTimes.Builder> its =
          byUpstream.computeIfAbsent(
              hit.upstream(), upstream -> byAddress.getOrDefault(hit.lastAddress(), List.of()));
      boolean answered = hit.isOfAnApp(unanswered);
      long at = hit.atMillis() - zero - (answered ? 0 : hit.latencyMillis());
      TaskTimes.Builder by = holder(its, at);
      if (by != null && answered) {
        by.answered(at);
      } else if (by != null) {
        by.vain(at);
      }
    }
  }

  private static TaskTimes.Builder holder(List<TaskTimes.Builder> its, long at) {
    TaskTimes.Builder holder = null;
    for (TaskTimes.Builder one : its) {
      boolean lastGoesOn = holder != null && holder.endedMillis() > at;
      if (holder == null || one.fromMillis() <= at && !lastGoesOn) {
        holder = one;
      }
    }
    return holder;
  }

  /**
   * The task that had an address at a time, or the last one that had had it; null where none did.
   */
  TaskTimes behind(String address, long at) {
    TaskTimes holder = null;
    for (TaskTimes one : byAddress.getOrDefault(address, List.of())) {
      boolean lastGoesOn =
          holder != null && Math.min(holder.endedMillis(), holder.lostMillis()) > at;
      if (holder == null || one.fromMillis() <= at && !lastGoesOn) {
        holder = one;
      }
    }
    return holder;
  }

  /**
   * The task that answered, as the edge logged it; null where it is not known.
   *
   * @param at when the edge asked it
   */
  TaskTimes answerer(Hit line, long at) {
    return virtual ? byContainer.get(line.replica()) : behind(line.lastAddress(), at);
  }

  /** The task that takes the place of another one; null for none. */
  TaskTimes successor(TaskTimes of) {
    return successors.get(of.task().id());
  }

  /** The tasks of a service; none where it has had none. */
  ServiceTimes service(String name) {
    return services.getOrDefault(name, ServiceTimes.NONE);
  }

  /**
   * The names of the app's services that the edge may have asked at a time; of all where that was
   * not recorded.
   */
  Set<String> askedAt(EdgeTimes edge, long at) {
    Set<String> routed = edge.routedAt(at);
    return routed.isEmpty() ? services() : routed;
  }

  /** The names of the app's services that had tasks. */
  Set<String> services() {
    return services.keySet();
  }

  /** The tasks of the edge, by their start. */
  List<TaskTimes> edges() {
    return edges;
  }
}
