package io.rolloutlab.twin.manager;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the tasks of a service what its spec asks for (swarmkit {@code
 * orchestrator/replicated/services.go}, {@code orchestrator/global/global.go}).
 */
public final class Orchestrator {
  private final EventQueue queue;
  private final Books books;
  private final Restarts restarts;
  private final List<Node> nodes;
  private final Chance chance;
  private final Map<Service, Updater> updaters = new HashMap<>();

  public Orchestrator(
      EventQueue queue, Books books, Restarts restarts, List<Node> nodes, Chance chance) {
    this.queue = queue;
    this.books = books;
    this.restarts = restarts;
    this.nodes = nodes;
    this.chance = chance;
    books.watch(
        task -> {
          Updater updater = updaters.get(task.service());
          if (updater != null) {
            updater.changed(task);
          }
        });
  }

  public Service service(String name) {
    Service service = books.services().get(name);
    if (service == null) {
      throw new StepFailedException("there is no service " + name);
    }
    return service;
  }

  public void create(ServiceSpec spec) {
    Service service = new Service(spec);
    if (books.services().putIfAbsent(spec.name(), service) != null) {
      throw new StepFailedException("service %s: the name is taken".formatted(spec.name()));
    }
    queue.after(0, () -> reconcile(service));
  }

  /** A changed spec ends a paused or running update: the new one starts afresh. */
  public void change(Service service, ServiceSpec spec) {
    service.forgetUpdate();
    service.change(spec, service.spec());
    queue.after(0, () -> reconcile(service));
  }

  /** Asked for by hand it can be taken back in the same way (controlapi/service.go). */
  public void rollBack(Service service) {
    if (service.previous() == null) {
      throw new StepFailedException(
          "service %s does not have a previous spec".formatted(service.name()));
    }
    books.update(service, UpdateState.ROLLBACK_STARTED, "manually requested rollback");
    service.change(service.previous(), service.spec());
    queue.after(0, () -> reconcile(service));
  }

  public void remove(Service service) {
    service.remove();
    books.services().remove(service.name());
    cancelUpdate(service);
    restarts.forget(service);
    service.tasks().forEach(task -> books.desire(task, TaskState.REMOVE));
  }

  /** What an updater goes back to has nothing before it (update/updater.go). */
  private void restorePrevious(Service service) {
    service.change(service.previous(), null);
    queue.after(0, () -> reconcile(service));
  }

  private void cancelUpdate(Service service) {
    Updater updater = updaters.remove(service);
    if (updater != null) {
      updater.cancel();
    }
  }

  private void reconcile(Service service) {
    if (service.removed()) {
      return;
    }
    if (service.spec().mode() == ServiceMode.GLOBAL) {
      reconcileGlobal(service);
    } else {
      reconcileReplicated(service);
    }
  }

  /**
   * One task on each node that is up and meets the constraints, made for it at once, whatever the
   * parallelism; none elsewhere, and nothing new where the node is paused (global.go:
   * reconcileServices). The others are for the updater, if there are any.
   */
  private void reconcileGlobal(Service service) {
    SortedMap<Integer, List<Task>> there = restarts.updatable(service);
    SortedMap<Integer, List<Task>> kept = new TreeMap<>();
    for (Node node : nodes) {
      List<Task> tasks = there.getOrDefault(Task.slotOf(node), List.of());
      if (node.keepsNone() || !service.constraints().met(node)) {
        tasks.forEach(task -> books.desire(task, TaskState.SHUTDOWN));
      } else if (node.isOpen() && tasks.isEmpty()) {
        books.add(Task.madeFor(node, chance.id(), service, TaskState.RUNNING));
      } else if (node.isOpen()) {
        kept.put(Task.slotOf(node), tasks);
      }
    }
    if (!kept.isEmpty()) {
      update(service, kept);
    }
  }

  /**
   * A node has become active: it gets the task that it lacks of each global service, and loses what
   * was made from an older spec. No update takes part in this (global.go: reconcileOneNode).
   */
  public void nodeActive(Node node) {
    for (Service service : List.copyOf(books.services().values())) {
      boolean global = service.spec().mode() == ServiceMode.GLOBAL;
      if (global && node.isOpen() && service.constraints().met(node)) {
        refresh(service, node);
      }
    }
  }

  private void refresh(Service service, Node node) {
    List<Task> there = restarts.updatable(service).getOrDefault(Task.slotOf(node), List.of());
    Optional<Task> kept = there.stream().filter(task -> !service.isDirty(task)).findFirst();
    if (kept.isEmpty()) {
      books.add(Task.madeFor(node, chance.id(), service, TaskState.RUNNING));
    }
    there.stream()
        .filter(task -> kept.filter(one -> one == task).isEmpty())
        .forEach(task -> books.desire(task, TaskState.SHUTDOWN));
  }

  private void reconcileReplicated(Service service) {
    SortedMap<Integer, List<Task>> slots = restarts.updatable(service);
    int wanted = service.spec().replicas();
    for (int slot = 1; slots.size() < wanted; slot++) {
      if (!slots.containsKey(slot)) {
        // New slots are made at once, whatever the parallelism.
        Task task = new Task(chance.id(), service, slot, service.spec(), TaskState.RUNNING);
        slots.put(slot, List.of(task));
        books.add(task);
      }
    }
    forgetTheDead(service, slots);
    if (slots.size() > wanted) {
      shrink(slots, wanted);
    }
    update(service, slots);
  }

  /**
   * Of slots that are nobody's any more nothing is kept (deleteTasksMap). Swarm forgets those of
   * their tasks that are about to stop at once, too; here they end first.
   */
  private static void forgetTheDead(Service service, SortedMap<Integer, List<Task>> slots) {
    service
        .unwanted()
        .forEach(
            (slot, tasks) -> {
              if (!slots.containsKey(slot)) {
                tasks.stream().filter(task -> task.state().ended()).forEach(service::forget);
              }
            });
  }

  /**
   * The slots of each node are numbered, running ones first, and the highest numbers go: that a
   * slot does not run matters within its node only. Slots with two tasks, and those whose task has
   * no node yet, go before all others (slotsByRunningState, slotsByIndex; 26.1).
   */
  private void shrink(SortedMap<Integer, List<Task>> slots, int wanted) {
    List<Integer> runningFirst = new ArrayList<>(slots.keySet());
    runningFirst.sort(
        Comparator.comparing(
            slot -> slots.get(slot).stream().noneMatch(task -> task.state() == TaskState.RUNNING)));
    Map<Node, Integer> onNode = new HashMap<>();
    Map<Integer, Integer> number = new HashMap<>();
    for (int slot : runningFirst) {
      List<Task> tasks = slots.get(slot);
      Node node = tasks.get(0).node();
      boolean placed = tasks.size() == 1 && node != null;
      number.put(slot, placed ? onNode.merge(node, 1, Integer::sum) : Integer.MAX_VALUE);
    }
    List<Integer> order = new ArrayList<>(runningFirst);
    order.sort(Comparator.comparing(number::get));
    for (int slot : order.subList(wanted, order.size())) {
      slots.remove(slot).forEach(task -> books.desire(task, TaskState.REMOVE));
    }
  }

  private void update(Service service, SortedMap<Integer, List<Task>> slots) {
    Updater present = updaters.get(service);
    if (present != null && present.worksOn(service.spec())) {
      return;
    }
    cancelUpdate(service);
    if (service.paused()) {
      return;
    }
    List<List<Task>> dirty =
        slots.values().stream()
            .filter(tasks -> tasks.size() > 1 || service.isDirty(tasks.get(0)))
            .toList();
    if (dirty.isEmpty()) {
      if (service.rollingBack()) {
        books.update(service, UpdateState.ROLLBACK_COMPLETED, "rollback completed");
      }
      return;
    }
    if (service.updateState().isEmpty()) {
      books.update(service, UpdateState.UPDATING, "update in progress");
    }
    Updater updater =
        new Updater(
            queue,
            books,
            restarts,
            chance,
            service,
            dirty,
            () -> restorePrevious(service),
            () -> queue.after(0, () -> reconcile(service)));
    updaters.put(service, updater);
    updater.run();
  }
}
