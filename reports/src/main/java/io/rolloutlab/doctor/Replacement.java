package io.rolloutlab.doctor;

import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A service's tasks are replaced: by an update, or by the rollback of one.
 *
 * @param config its {@code update_config} or {@code rollback_config}
 * @param block the key of that
 */
public record Replacement(StackService service, StackUpdate config, String block) {
  /** From v1 to v2. */
  public static Replacement forward(StackService service) {
    return new Replacement(service, service.update(), "update_config");
  }

  /** From v2 to v1, when Swarm or somebody calls it back. */
  public static Replacement back(StackService service) {
    return new Replacement(service, service.rollback(), "rollback_config");
  }

  /** Forward and back. */
  public static List<Replacement> both(StackService service) {
    return List.of(forward(service), back(service));
  }

  /** What it is called in a sentence. */
  public String word() {
    return block.equals("update_config") ? "update" : "rollback";
  }

  /** How many tasks it replaces; empty where there are none, or one on each node. */
  public Optional<Integer> slots() {
    return Optional.of(service.scale())
        .filter(scale -> scale.isReplicated() && scale.replicas().value() > 0)
        .map(scale -> scale.replicas().value());
  }

  /** Whether all tasks, two or more, are stopped before the first new one runs. */
  public boolean stopsAllOfSeveral() {
    boolean all =
        slots().map(slots -> slots > 1 && config.atOnce(slots) == slots).orElse(everyNode());
    return all && !config.isStartFirst();
  }

  private boolean everyNode() {
    return service.scale().isGlobal() && config.parallelism().value() == 0;
  }

  /**
   * How long nobody serves who has just been stopped, as the end of a sentence: a lower bound where
   * the file has one.
   */
  public static String until(StackService service) {
    if (service.health().isCommand()) {
      String first = Durations.print(service.health().earliestProbe());
      return "at least %s: a new task gets no request before a good probe, and the first comes %s after its start"
          .formatted(first, first);
    }
    return "as long as the app takes to start, and the image to be pulled where a node lacks it";
  }

  /**
   * The shortest time that it can take: each round waits for the first probe, then for the delay.
   *
   * @param slots at least 1
   */
  public Duration atLeast(int slots) {
    Duration probe = service.health().isCommand() ? service.health().firstProbe() : Duration.ZERO;
    return probe.plus(config.delay().value()).multipliedBy(config.rounds(slots));
  }
}
