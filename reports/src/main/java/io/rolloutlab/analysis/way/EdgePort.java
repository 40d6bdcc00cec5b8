package io.rolloutlab.analysis.way;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.edge.EdgePlan;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how users reach the edge off the command that creates it, and off its tasks. */
final class EdgePort {
  /** Of several ports of a service the first one is for users. */
  private static final Pattern PUBLISH = Pattern.compile(" --publish (\\S+)");

  /** In either notation of docker's client: {@code 80:80}, or {@code published=80} among others. */
  private static final Pattern PORT = Pattern.compile("^(\\d{1,5}):|published=(\\d{1,5})");

  private static final String HOST = "mode=host";

  private EdgePort() {}

  static Way.Entrance of(History history) {
    List<Event.TaskChange> edge =
        history
            .events(Event.TaskChange.class)
            .filter(change -> change.service().equals(EdgePlan.SERVICE))
            .filter(change -> change.is(TaskState.RUNNING))
            .toList();
    List<String> nodes = edge.stream().map(Event.TaskChange::node).distinct().sorted().toList();
    return edge.stream()
        .map(Event.TaskChange::service)
        .findFirst()
        .flatMap(service -> created(history, service))
        .flatMap(command -> read(command, nodes))
        .orElseGet(() -> new Way.Entrance(Way.Publishing.NOT_RECORDED, 0, nodes));
  }

  private static Optional<String> created(History history, String service) {
    return history
        .events(Event.Step.class)
        .flatMap(step -> step.commands().stream())
        .filter(command -> command.startsWith("docker service create "))
        .filter(command -> command.contains(" --name " + service + " "))
        .findFirst();
  }

  private static Optional<Way.Entrance> read(String command, List<String> nodes) {
    Matcher publish = PUBLISH.matcher(command);
    if (!publish.find()) {
      return Optional.empty();
    }
    String its = publish.group(1);
    Matcher port = PORT.matcher(its);
    if (!port.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new Way.Entrance(
            its.contains(HOST) ? Way.Publishing.HOST : Way.Publishing.INGRESS,
            Integer.parseInt(port.group(1) == null ? port.group(2) : port.group(1)),
            nodes));
  }
}
