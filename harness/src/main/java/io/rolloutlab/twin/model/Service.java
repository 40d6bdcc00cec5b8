package io.rolloutlab.twin.model;

import io.rolloutlab.history.UpdateState;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.Swarm.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A service in the manager's books. */
public final class Service {
  private final SortedMap<Integer, List<Task>> tasks = new TreeMap<>();

  /** Version → how many tasks run it and are meant to. */
  private final Map<String, Long> serving = new HashMap<>();

  private ServiceSpec spec;
  private ServiceSpec previous;
  private Constraints constraints;
  private UpdateState updateState;
  private String updateMessage = "";
  private boolean removed;

  public Service(ServiceSpec spec) {
    this.spec = spec;
    constraints = new Constraints(spec.placement().constraints());
  }

  public String name() {
    return spec.name();
  }

  public ServiceSpec spec() {
    return spec;
  }

  /** Those of the spec. */
  public Constraints constraints() {
    return constraints;
  }

  /** What a rollback goes back to; null when there is nothing. */
  public ServiceSpec previous() {
    return previous;
  }

  public void change(ServiceSpec next, ServiceSpec before) {
    spec = next;
    previous = before;
    constraints = new Constraints(next.placement().constraints());
  }

  /** Swarm's word; empty when no update was made since the spec changed. */
  public String updateState() {
    return updateState == null ? "" : updateState.word();
  }

  public String updateMessage() {
    return updateMessage;
  }

  public void update(UpdateState state, String message) {
    updateState = state;
    updateMessage = message;
  }

  /** No update has been made of what it is now. */
  public void forgetUpdate() {
    updateState = null;
    updateMessage = "";
  }

  public boolean rollingBack() {
    return updateState == UpdateState.ROLLBACK_STARTED;
  }

  public boolean paused() {
    return updateState == UpdateState.PAUSED || updateState == UpdateState.ROLLBACK_PAUSED;
  }

  public boolean removed() {
    return removed;
  }

  public void remove() {
    removed = true;
  }

  public void add(Task task) {
    inSlot(task.slot()).add(task);
  }

  public void forget(Task task) {
    inSlot(task.slot()).remove(task);
  }

  /** So many more tasks run a version and are meant to. */
  void serving(String version, int more) {
    serving.merge(version, (long) more, (was, by) -> was + by == 0 ? null : was + by);
  }

  /** Costs the same however many tasks there are. */
  public Progress progress() {
    return new Progress(serving, updateState(), updateMessage);
  }

  /** All of a slot that are in the books, by age. */
  public List<Task> inSlot(int slot) {
    return tasks.computeIfAbsent(slot, first -> new ArrayList<>());
  }

  /** All in the books, by slot and age. */
  public List<Task> tasks() {
    List<Task> all = new ArrayList<>();
    tasks.values().forEach(all::addAll);
    return all;
  }

  /** The wanted tasks of every slot that has some (swarmkit {@code replicated/slot.go}). */
  public SortedMap<Integer, List<Task>> slots() {
    SortedMap<Integer, List<Task>> slots = new TreeMap<>();
    tasks.forEach(
        (slot, all) -> {
          List<Task> wanted = all.stream().filter(Task::wanted).toList();
          if (!wanted.isEmpty()) {
            slots.put(slot, wanted);
          }
        });
    return slots;
  }

  /** The tasks of every slot that has some, of which none is wanted, by age. */
  public SortedMap<Integer, List<Task>> unwanted() {
    SortedMap<Integer, List<Task>> slots = new TreeMap<>();
    tasks.forEach(
        (slot, all) -> {
          if (!all.isEmpty() && all.stream().noneMatch(Task::wanted)) {
            slots.put(slot, List.copyOf(all));
          }
        });
    return slots;
  }

  /** Whether a task is of another make than the spec asks for (swarmkit {@code task.go}). */
  public boolean isDirty(Task task) {
    ServiceSpec its = task.spec();
    return !its.image().equals(spec.image())
        || !its.env().equals(spec.env())
        || !its.version().equals(spec.version());
  }
}
