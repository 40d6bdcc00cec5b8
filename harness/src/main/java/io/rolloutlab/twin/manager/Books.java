package io.rolloutlab.twin.manager;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.model.Laws;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The manager's store: every change of a task goes through it, is written into the history, and is
 * then told to those who watch, as swarmkit's watch queue does.
 */
public final class Books {
  private final EventQueue queue;
  private final TwinTimeline timeline;
  private final Recorder recorder;
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final List<Consumer<Task>> watchers = new ArrayList<>();
  private final Reaper reaper;

  public Books(EventQueue queue, TwinTimeline timeline, Recorder recorder) {
    this.queue = queue;
    this.timeline = timeline;
    this.recorder = recorder;
    reaper = new Reaper(queue);
  }

  /** Calls back after every change of a task. */
  public void watch(Consumer<Task> watcher) {
    watchers.add(watcher);
  }

  public Map<String, Service> services() {
    return services;
  }

  void add(Task task) {
    task.heardOf(queue.nowMicros());
    task.service().add(task);
    reaper.made(task);
    record(task);
    tell(task);
  }

  /** A task is on a node from now on; it must be its own, where it was made for one. */
  public void assign(Task task, Node node) {
    Laws.mayTake(task, node);
    String message =
        task.madeFor() == null
            ? "scheduler assigned task to node"
            : "scheduler confirmed task can run on preassigned node";
    task.node(node);
    node.add(task);
    state(task, TaskState.ASSIGNED, message);
  }

  /** Tasks of global services that were made for a node and are not on it yet. */
  List<Task> waitingFor(Node node) {
    return services.values().stream()
        .flatMap(service -> service.tasks().stream())
        .filter(task -> task.madeFor() == node && task.node() == null && !task.state().ended())
        .toList();
  }

  /** A task is now in another state. */
  public void state(Task task, TaskState state, String message) {
    state(task, state, message, queue.nowMicros());
  }

  /**
   * The same for what an agent reports.
   *
   * @param atMicros when the agent says it happened
   */
  public void state(Task task, TaskState state, String message, long atMicros) {
    Laws.statesGoForward(task, state);
    task.state(state, message);
    task.heardOf(queue.nowMicros());
    record(task, TwinTimeline.EPOCH_MILLIS + atMicros / 1000);
    if (state == TaskState.FAILED || state == TaskState.REJECTED) {
      recorder.event(
          new Event.Fault(
              timeline.nowMillis(), "task " + state.word(), task.view().failure(), false));
    }
    if (state.ended()) {
      end(task);
    }
    tell(task);
  }

  /** A task stays in its state; why is not told as a change. */
  void explain(Task task, String message) {
    task.state(task.state(), message);
  }

  /** Another state is wanted of a task; nothing wanted to end is ever wanted to run again. */
  void desire(Task task, TaskState desired) {
    if (desired.compareTo(task.desired()) <= 0) {
      return;
    }
    boolean givenUp = task.wanted() && desired.ended();
    task.desired(desired);
    record(task);
    if (givenUp && task.node() != null && !task.state().ended()) {
      task.node().giveUp(task);
    }
    if (task.node() == null && isLetGo(task, desired)) {
      // No agent has it, so none must let go of it.
      state(task, TaskState.SHUTDOWN, "shutdown");
    }
    forget(task);
    tell(task);
  }

  /**
   * Of a task that no agent has. One that is made for a node waits on for room there, only to be
   * told to stop then: the scheduler gives up those alone that have no node ({@code scheduler.go}:
   * noSuitableNode, taskFitNode). What is to be removed goes at once ({@code task_reaper.go}).
   */
  private static boolean isLetGo(Task task, TaskState desired) {
    return task.madeFor() == null ? desired.ended() : desired == TaskState.REMOVE;
  }

  /**
   * A task has an address of its own from now on. Swarm's allocator gives it earlier, before a node
   * is looked for (swarmkit {@code manager/allocator/network.go}); nobody uses it before now.
   */
  public void address(Task task) {
    long now = timeline.nowMillis();
    recorder.event(new Event.TaskAddress(now, now, task.ref(), task.app().address()));
  }

  /** A task has a container from now on. */
  public void container(Task task) {
    recorder.event(
        new Event.TaskContainer(timeline.nowMillis(), task.ref(), task.app().container()));
  }

  void update(Service service, UpdateState state, String message) {
    service.update(state, message);
    recorder.event(
        new Event.UpdateChange(timeline.nowMillis(), service.name(), state.word(), message));
  }

  private void end(Task task) {
    if (task.node() != null) {
      task.node().remove(task);
    }
    forget(task);
  }

  /** A task that is to be removed leaves the books with its end (swarmkit task_reaper.go). */
  private static void forget(Task task) {
    if (task.desired() == TaskState.REMOVE && task.state().ended()) {
      task.service().forget(task);
    }
  }

  private void tell(Task task) {
    Laws.hold(task);
    reaper.wake();
    queue.after(0, () -> watchers.forEach(watcher -> watcher.accept(task)));
  }

  private void record(Task task) {
    record(task, timeline.nowMillis());
  }

  private void record(Task task, long atMillis) {
    long now = timeline.nowMillis();
    recorder.event(
        new Event.TaskChange(
            atMillis, now, task.ref(), task.state().word(), task.desired().word(), task.message()));
  }
}
