package io.rolloutlab.html.run;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.history.Event;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that Swarm or the edge said to what was done.
 *
 * @param who the service, or the edge
 */
public record Said(long atMillis, String who, String what) {
  /** All of it by time. */
  static List<Said> of(Journal journal) {
    Stream<Said> edge =
        journal.edgeChanges().stream().map(c -> new Said(c.atMillis(), "the edge", routes(c)));
    Stream<Said> swarm =
        journal.updateStates().stream()
            .map(s -> new Said(s.atMillis(), s.service(), state(s.state(), s.message())));
    return Stream.concat(edge, swarm).sorted(Comparator.comparingLong(Said::atMillis)).toList();
  }

  private static String state(String state, String message) {
    return message.isEmpty() ? state : state + ": " + message;
  }

  private static String routes(Journal.EdgeChange change) {
    String routes = change.routes().stream().map(Said::route).collect(Collectors.joining("; "));
    String copy = change.mirror() == null ? "" : "; a copy of all to " + change.mirror();
    return "serves by new routes after %s: %s%s"
        .formatted(FIGURES.length(change.reloadMillis()), routes, copy);
  }

  private static String route(Event.Route route) {
    String version = route.version().isEmpty() ? "" : " (" + route.version() + ")";
    List<String> rules =
        Stream.concat(route.addresses().stream(), route.conditions().stream()).toList();
    String listed = rules.isEmpty() ? "" : " and " + String.join(", ", rules);
    return "%s%s %s %%%s".formatted(route.service(), version, route.weight(), listed);
  }
}
