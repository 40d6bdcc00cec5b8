package io.rolloutlab.swarm.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.stack.deploy.DeployedText;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.Swarm.TaskView;
import io.rolloutlab.testbed.Testbed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What docker has made of a stack, as Swarm tells it, and the services of it beside the one that is
 * rolled out: users come when they run, or when it is clear that some do not.
 */
final class OtherServices {
  private final StackRollout stack;
  private final Testbed real;
  private final Function<String, JsonNode> manager;

  /**
   * @param real ports
   * @param manager answers a GET of a path with what the API of a manager says
   */
  OtherServices(StackRollout stack, Testbed real, Function<String, JsonNode> manager) {
    this.stack = stack;
    this.real = real;
    this.manager = manager;
  }

  /** Reads back what docker has made, writes it down, and waits for the other services. */
  void await() {
    List<JsonNode> made = new ArrayList<>();
    for (JsonNode service : manager.apply("/services")) {
      if (service
          .path("Spec")
          .path("Labels")
          .path(DeployedText.STACK_LABEL)
          .asText()
          .equals(stack.name())) {
        made.add(service);
      }
    }
    note("docker has made %s".formatted(made.stream().map(OtherServices::inWords).toList()));
    List<JsonNode> others =
        made.stream().filter(service -> !nameOf(service).equals(stack.swarmName())).toList();
    try {
      real.timeline()
          .await(
              "the other services of the stack run", () -> missing(others), stack.longestStart());
    } catch (NotInTimeException never) {
      note("this goes on without a part of the stack: " + never.missing());
    }
  }

  private void note(String label) {
    long now = real.timeline().nowMillis();
    real.recorder().event(new Event.Step(now, label, List.of(), ""));
  }

  private Optional<String> missing(List<JsonNode> services) {
    List<String> missing = services.stream().map(this::missing).flatMap(Optional::stream).toList();
    return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
  }

  private Optional<String> missing(JsonNode service) {
    String name = nameOf(service);
    List<TaskView> all = real.swarm().view(name).tasks();
    List<TaskView> toRun = all.stream().filter(task -> task.isToBe(TaskState.RUNNING)).toList();
    if (toRun.isEmpty() && all.stream().anyMatch(task -> task.is(TaskState.COMPLETE))) {
      // A job, or a service that ends in order and is not to be started again.
      return Optional.empty();
    }
    long running = toRun.stream().filter(task -> task.is(TaskState.RUNNING)).count();
    // Of a global one it is not known on how many nodes it is to be, but on none Swarm has not
    // begun.
    long wanted = replicas(service).map(JsonNode::asLong).orElse(Math.max(1L, toRun.size()));
    if (running >= wanted) {
      return Optional.empty();
    }
    String why =
        toRun.stream()
            .filter(task -> !task.is(TaskState.RUNNING))
            .map(TaskView::inWords)
            .map(String::strip)
            .findFirst()
            .orElse("none is made yet");
    return Optional.of("%s of %s tasks of %s run (%s)".formatted(running, wanted, name, why));
  }

  private static Optional<JsonNode> replicas(JsonNode service) {
    return Optional.of(service.at("/Spec/Mode/Replicated/Replicas")).filter(JsonNode::isNumber);
  }

  private static String nameOf(JsonNode service) {
    return service.path("Spec").path("Name").asText();
  }

  private static String inWords(JsonNode service) {
    return replicas(service)
        .map(replicas -> "%s with %s replicas".formatted(nameOf(service), replicas.asLong()))
        .orElseGet(() -> nameOf(service) + " on all nodes that it may be on");
  }
}
