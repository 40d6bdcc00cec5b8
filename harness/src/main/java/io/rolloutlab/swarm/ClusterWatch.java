package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.history.Event;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm.ServiceView;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Looks at all tasks and services of the Swarm again and again, records every change with the time
 * that Swarm gives it, and tells listeners of new containers. A state that lasts shorter than the
 * time between two looks can be missed; the one after it never is, since Swarm keeps its time.
 */
final class ClusterWatch {
  private final NodeApi manager;
  private final Versions versions;
  private final Recorder recorder;
  private final List<Consumer<TaskView>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, String> serviceNames = new HashMap<>();
  private final Map<String, String> nodeNames = new HashMap<>();
  private final Map<String, TaskView> known = new HashMap<>();
  private final Map<String, String> updateStates = new HashMap<>();
  private final Set<String> announced = new HashSet<>();
  private Map<String, ServiceView> views = Map.of();

  ClusterWatch(NodeApi manager, Versions versions, Recorder recorder) {
    this.manager = manager;
    this.versions = versions;
    this.recorder = recorder;
  }

  /** Calls back once for each task whose container runs, from the thread that looks. */
  void onRunning(Consumer<TaskView> listener) {
    listeners.add(listener);
  }

  /** Looks now; a service that does not exist has no tasks. */
  ServiceView view(String service) {
    look();
    synchronized (this) {
      return views.getOrDefault(service, new ServiceView(List.of(), "", ""));
    }
  }

  /** Looks at everything once, and records what has changed since the last time. */
  void look() {
    List<TaskView> started = new ArrayList<>();
    synchronized (this) {
      JsonNode services = manager.get("/services");
      services.forEach(
          service ->
              serviceNames.put(
                  service.path("ID").asText(), service.path("Spec").path("Name").asText()));
      Map<String, List<TaskView>> tasks = new HashMap<>();
      for (JsonNode task : manager.get("/tasks")) {
        TaskView view = task(task);
        tasks.computeIfAbsent(view.service(), name -> new ArrayList<>()).add(view);
        if (recordChange(task, view) && announced.add(view.id())) {
          started.add(view);
        }
      }
      views = views(services, tasks);
    }
    started.forEach(task -> listeners.forEach(listener -> tell(listener, task)));
  }

  /** Who cannot watch a container has missed it for good: the run goes on, but it cannot pass. */
  private void tell(Consumer<TaskView> listener, TaskView task) {
    try {
      listener.accept(task);
    } catch (RuntimeException failed) {
      recorder.event(
          new Event.Fault(
              System.currentTimeMillis(),
              "a container is not watched",
              "%s.%s on %s: %s"
                  .formatted(task.service(), task.slot(), task.node(), failed.getMessage()),
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
      if (!state.isEmpty() && !state.equals(updateStates.put(name, state))) {
        String time = update.path("CompletedAt").asText(update.path("StartedAt").asText());
        recorder.event(new Event.UpdateChange(millis(time), name, state, message));
      }
      if (state.isEmpty()) {
        updateStates.remove(name);
      }
      fresh.put(name, new ServiceView(tasks.getOrDefault(name, List.of()), state, message));
    }
    return fresh;
  }

  /** Whether the task runs now. */
  private boolean recordChange(JsonNode task, TaskView view) {
    TaskView before = known.put(view.id(), view);
    if (before == null
        || !before.state().equals(view.state())
        || !before.desired().equals(view.desired())) {
      boolean stateChanged = before == null || !before.state().equals(view.state());
      long seen = System.currentTimeMillis();
      // Swarm keeps no time for a change of the desired state: it is the time it was seen.
      long at = stateChanged ? millis(task.path("Status").path("Timestamp").asText()) : seen;
      recorder.event(
          new Event.TaskChange(
              at,
              seen,
              view.id(),
              view.service(),
              view.slot(),
              view.node(),
              view.version(),
              view.state(),
              view.desired(),
              view.message()));
      if (stateChanged && Set.of("failed", "rejected").contains(view.state())) {
        recorder.event(
            new Event.Fault(
                at,
                "task " + view.state(),
                "%s.%s on %s (%s): %s"
                    .formatted(
                        view.service(), view.slot(), view.node(), view.version(), view.message()),
                false));
      }
    }
    return view.state().equals("running") && !view.container().isEmpty();
  }

  private TaskView task(JsonNode task) {
    JsonNode status = task.path("Status");
    String error = status.path("Err").asText("");
    return new TaskView(
        task.path("ID").asText(),
        serviceNames.getOrDefault(task.path("ServiceID").asText(), ""),
        task.path("Slot").asInt(),
        nodeName(task.path("NodeID").asText("")),
        versions.of(task.path("Spec").path("ContainerSpec")),
        status.path("State").asText(),
        task.path("DesiredState").asText(),
        status.path("ContainerStatus").path("ContainerID").asText(""),
        error.isEmpty() ? status.path("Message").asText("") : error);
  }

  private String nodeName(String id) {
    if (id.isEmpty()) {
      return "";
    }
    if (!nodeNames.containsKey(id)) {
      for (JsonNode node : manager.get("/nodes")) {
        nodeNames.put(node.path("ID").asText(), node.path("Description").path("Hostname").asText());
      }
    }
    return nodeNames.getOrDefault(id, "");
  }

  private static long millis(String time) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (java.time.format.DateTimeParseException absent) {
      throw new StepFailedException("the engine gave no time but \"" + time + "\"", absent);
    }
  }
}
