package io.rolloutlab.twin;

import io.rolloutlab.testbed.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A service in the manager's books. */
final class Service {
  private final SortedMap<Integer, List<Task>> tasks = new TreeMap<>();
  private ServiceSpec spec;
  private ServiceSpec previous;
  private String updateState = "";
  private String updateMessage = "";
  private boolean removed;

  Service(ServiceSpec spec) {
    this.spec = spec;
  }

  String name() {
    return spec.name();
  }

  ServiceSpec spec() {
    return spec;
  }

  /** What a rollback goes back to; null when there is nothing. */
  ServiceSpec previous() {
    return previous;
  }

  void change(ServiceSpec next, ServiceSpec before) {
    spec = next;
    previous = before;
  }

  /** Swarm's word; empty when no update was made since the spec changed. */
  String updateState() {
    return updateState;
  }

  String updateMessage() {
    return updateMessage;
  }

  void update(String state, String message) {
    updateState = state;
    updateMessage = message;
  }

  boolean rollingBack() {
    return updateState.equals("rollback_started");
  }

  boolean paused() {
    return updateState.endsWith("paused");
  }

  boolean removed() {
    return removed;
  }

  void remove() {
    removed = true;
  }

  void add(Task task) {
    inSlot(task.slot()).add(task);
  }

  void forget(Task task) {
    inSlot(task.slot()).remove(task);
  }

  /** All of a slot that are in the books, by age. */
  List<Task> inSlot(int slot) {
    return tasks.computeIfAbsent(slot, first -> new ArrayList<>());
  }

  /** All in the books, by slot and age. */
  Stream<Task> tasks() {
    return tasks.values().stream().flatMap(List::stream);
  }

  /** The wanted tasks of every slot that has some (swarmkit {@code replicated/slot.go}). */
  SortedMap<Integer, List<Task>> slots() {
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

  /** Whether a task is of another make than the spec asks for (swarmkit {@code task.go}). */
  boolean isDirty(Task task) {
    ServiceSpec its = task.spec();
    return !its.image().equals(spec.image())
        || !its.env().equals(spec.env())
        || !its.version().equals(spec.version());
  }
}
