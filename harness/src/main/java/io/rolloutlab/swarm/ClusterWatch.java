package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.Swarm.ServiceView;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Looks at all tasks and services of the Swarm again and again, records every change with the time
 * that Swarm gives it, and tells listeners of new containers. A state that lasts shorter than the
 * time between two looks can be missed; the one after it never is, since Swarm keeps its time.
 *
 * <p>A look costs what it looks at, on the machine that is being measured, so everybody who asks
 * shares one: there is a pause after each of {@link #PAUSE_NANOS}, and of {@link
 * #PAUSE_FOR_EACH_LOOK} times as long as it took where that is more. Only an order makes the next
 * question a look of its own. All tasks are looked at, since Swarm cannot be asked for those that
 * have not ended: one that failed between two looks is no longer meant to run, and would be missed.
 */
final class ClusterWatch {
  private static final long PAUSE_NANOS = 200_000_000;

  /** Looks take a fifth of the time at most, however large the Swarm is. */
  private static final int PAUSE_FOR_EACH_LOOK = 4;

  private final Function<String, JsonNode> manager;
  private final TaskReader reader;
  private final Recorder recorder;
  private final LongSupplier clock;
  private final List<Consumer<TaskView>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, TaskView> known = new HashMap<>();
  private final Map<String, String> updateStates = new HashMap<>();
  private final Set<String> announced = new HashSet<>();
  private final Set<String> addressed = new HashSet<>();
  private final Set<String> contained = new HashSet<>();
  private Map<String, ServiceView> views = Map.of();
  private boolean looked;
  private long lookedNanos;
  private long nextNanos = System.nanoTime();
  private volatile long orderedNanos = nextNanos;

  /**
   * @param manager answers a GET of a path with what the API of a manager says
   * @param clock milliseconds since 1970
   */
  ClusterWatch(
      Function<String, JsonNode> manager,
      Versions versions,
      Recorder recorder,
      LongSupplier clock) {
    this.manager = manager;
    reader = new TaskReader(manager, versions);
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Calls back once for each task whose container runs, from the thread that looks. */
  void onRunning(Consumer<TaskView> listener) {
    listeners.add(listener);
  }

  /** Swarm has taken an order: what was seen before is no answer any more. */
  void ordered() {
    orderedNanos = System.nanoTime();
  }

  /**
   * How a service stands: by the last look, unless that is older than the pause or than the last
   * order. A service that does not exist has no tasks.
   */
  ServiceView view(String service) {
    List<TaskView> started = List.of();
    ServiceView view;
    synchronized (this) {
      if (isDue() || !looked || lookedNanos - orderedNanos < 0) {
        started = look();
      }
      view = views.getOrDefault(service, new ServiceView(List.of(), "", ""));
    }
    announce(started);
    return view;
  }

  /**
   * Looks when the pause since the last look is over, whoever that was for.
   *
   * @return whether it did
   */
  boolean lookWhenDue() {
    List<TaskView> started;
    synchronized (this) {
      if (!isDue()) {
        return false;
      }
      started = look();
    }
    announce(started);
    return true;
  }

  private boolean isDue() {
    return System.nanoTime() - nextNanos >= 0;
  }

  /**
   * Looks at everything once, and records what has changed since the last time. Services first: so
   * an update that is said to be over has had its tasks seen as they are after it. The other way
   * round the last task came up between the two, and a completed update had a task too few.
   *
   * @return tasks whose container has been seen running for the first time
   */
  private List<TaskView> look() {
    long start = System.nanoTime();
    looked = false;
    try {
      JsonNode services = manager.apply("/services");
      JsonNode tasks = manager.apply("/tasks");
      List<TaskView> started = record(services, tasks);
      looked = true;
      lookedNanos = start;
      return started;
    } finally {
      long end = System.nanoTime();
      nextNanos = end + Math.max(PAUSE_NANOS, PAUSE_FOR_EACH_LOOK * (end - start));
    }
  }

  private List<TaskView> record(JsonNode services, JsonNode tasks) {
    List<TaskView> started = new ArrayList<>();
    reader.learnNames(services);
    if (!reader.knowsServicesOf(tasks)) {
      // One was created between the two; one that is removed already stays unknown.
      reader.learnNames(manager.apply("/services"));
    }
    Map<String, List<TaskView>> byService = new HashMap<>();
    Set<String> listed = new HashSet<>();
    for (JsonNode task : tasks) {
      TaskView view = reader.read(task);
      listed.add(view.id());
      byService.computeIfAbsent(view.service(), name -> new ArrayList<>()).add(view);
      if (recordChange(task, view) && announced.add(view.id())) {
        started.add(view);
      }
    }
    recordGone(listed);
    views = views(services, byService);
    return started;
  }

  /**
   * Swarm forgets the tasks of a removed service as they end, so that the end of some of them is
   * never seen (live: one in ten or so). All there is to see is that they are gone.
   */
  private void recordGone(Set<String> listed) {
    List<TaskView> gone =
        known.values().stream().filter(view -> !listed.contains(view.id())).toList();
    long seen = clock.getAsLong();
    for (TaskView view : gone) {
      known.remove(view.id());
      if (!change(seen, seen, view).ended()) {
        recorder.event(change(seen, seen, view.gone()));
      }
    }
  }

  private static Event.TaskChange change(long at, long seen, TaskView view) {
    return new Event.TaskChange(at, seen, view.ref(), view.state(), view.desired(), view.message());
  }

  private void announce(List<TaskView> started) {
    started.forEach(task -> listeners.forEach(listener -> tell(listener, task)));
  }

  /** Who cannot watch a container has missed it for good: the run goes on, but it cannot pass. */
  private void tell(Consumer<TaskView> listener, TaskView task) {
    try {
      listener.accept(task);
    } catch (RuntimeException failed) {
      recorder.event(
          new Event.Fault(
              clock.getAsLong(),
              "a container is not watched",
              "%s: %s".formatted(task.title(), failed.getMessage()),
              true));
    }
  }

  private Map<String, ServiceView> views(JsonNode services, Map<String, List<TaskView>> tasks) {
    Map<String, ServiceView> fresh = new HashMap<>();
    for (JsonNode service : services) {
      String name = service.path("Spec").path("Name").asText();
      JsonNode update = service.path("UpdateStatus");
      String state = update.path("State").asText("");
      String message = update.path("Message").asText("");
      // Two updates that end alike are told apart by their starts.
      String now = state + " " + update.path("StartedAt").asText();
      if (!state.isEmpty() && !now.equals(updateStates.put(name, now))) {
        recorder.event(new Event.UpdateChange(updateChangedAt(service), name, state, message));
      }
      if (state.isEmpty()) {
        updateStates.remove(name);
      }
      fresh.put(name, new ServiceView(tasks.getOrDefault(name, List.of()), state, message));
    }
    return fresh;
  }

  /**
   * When a service's update came into its state. Swarm keeps times of its own only for the start
   * and for an end in order (swarmkit, manager/orchestrator/update/updater.go: a pause and the
   * start of an automatic rollback leave StartedAt as it was); of the other states there is the
   * time at which the service was last written, which is when the state was.
   */
  static long updateChangedAt(JsonNode service) {
    JsonNode update = service.path("UpdateStatus");
    JsonNode written = service.path("UpdatedAt");
    JsonNode time =
        UpdateState.of(update.path("State").asText())
            .map(
                state ->
                    switch (state) {
                      case COMPLETED, ROLLBACK_COMPLETED -> update.path("CompletedAt");
                      case UPDATING -> update.path("StartedAt");
                      case PAUSED, ROLLBACK_STARTED, ROLLBACK_PAUSED -> written;
                    })
            .orElse(written);
    return ListedTask.millis(time.asText());
  }

  /** Whether the task runs now. */
  private boolean recordChange(JsonNode task, TaskView view) {
    TaskView before = known.put(view.id(), view);
    if (before == null
        || !before.state().equals(view.state())
        || !before.desired().equals(view.desired())) {
      boolean stateChanged = before == null || !before.state().equals(view.state());
      long seen = clock.getAsLong();
      // Swarm keeps no time for a change of the desired state: it is the time it was seen.
      long at = stateChanged ? ListedTask.stateSince(task) : seen;
      recorder.event(change(at, seen, view));
      if (stateChanged && (view.is(TaskState.FAILED) || view.is(TaskState.REJECTED))) {
        recorder.event(new Event.Fault(at, "task " + view.state(), view.failure(), false));
      }
    }
    recordAddress(task, view);
    recordContainer(view);
    return view.is(TaskState.RUNNING) && !view.container().isEmpty();
  }

  /** Once for each task: Swarm gives it the address before its node, and does not change it. */
  private void recordAddress(JsonNode task, TaskView view) {
    if (!view.address().isEmpty() && !view.node().isEmpty() && addressed.add(view.id())) {
      recorder.event(
          new Event.TaskAddress(
              ListedTask.createdAt(task), clock.getAsLong(), view.ref(), view.address()));
    }
  }

  /** Once for each task: an agent never makes it a second one. */
  private void recordContainer(TaskView view) {
    if (!view.container().isEmpty() && !view.node().isEmpty() && contained.add(view.id())) {
      recorder.event(
          new Event.TaskContainer(
              clock.getAsLong(), view.ref(), ListedTask.shortId(view.container())));
    }
  }
}
