package io.rolloutlab.history;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that was seen in one run, in the order of the files.
 *
 * @param manifest the conditions
 * @param events by the time they were recorded
 * @param requests by id
 * @param hits by the time the edge logged them
 * @param resources by the time they were recorded
 * @param damage what could not be read, for example a last line that was cut off; empty when whole
 */
public record History(
    Manifest manifest,
    List<Event> events,
    List<Request> requests,
    List<Hit> hits,
    List<ResourceSample> resources,
    List<String> damage) {
  public History {
    events = List.copyOf(events);
    requests = List.copyOf(requests);
    hits = List.copyOf(hits);
    resources = List.copyOf(resources);
    damage = List.copyOf(damage);
  }

  /** The events of one kind, in order. */
  public <E extends Event> Stream<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  /**
   * The name of the app's service that is there before anything is rolled out: that of a stack has
   * the stack's name. The first service of which a task with a version was seen; where none was,
   * the lab's own.
   */
  public String appService() {
    return events(Event.TaskChange.class)
        .filter(change -> !change.version().isEmpty())
        .map(Event.TaskChange::service)
        .findFirst()
        .orElse(AppPlan.SERVICE);
  }

  /** How the run ended; absent when the lab was killed before it could say. */
  public Optional<Event.RunEnded> end() {
    return events(Event.RunEnded.class).reduce((first, last) -> last);
  }

  /**
   * The same run, asked and judged as another file of the same settings says: see {@link
   * HistoryReader#isOf}.
   */
  public History judgedAs(Scenario asked) {
    return new History(manifest.judgedAs(asked), events, requests, hits, resources, damage);
  }
}
