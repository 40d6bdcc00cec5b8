package io.rolloutlab.happening;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.Testbed;
import java.time.Duration;
import java.util.List;

/**
 * A kind that no main file knows, as a stranger would add it: a node is drained for a while. This
 * class and its name in META-INF/services are all there is of it.
 */
public final class BlinkToy implements HappeningAction<BlinkToy.Settings> {
  /**
   * Which one, and for how long.
   *
   * @param node host name
   * @param length 1 s to 10 min; default 5 s
   */
  public record Settings(String node, Duration length) {
    public Settings {
      Check.present("node", node);
      length = Check.orElse(length, Duration.ofSeconds(5));
      Check.between("length", length, Duration.ofSeconds(1), Duration.ofMinutes(10));
    }
  }

  @Override
  public String key() {
    return "blink";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Deed deed(Settings settings, Testbed testbed) {
    String node = settings.node();
    return new Deed(
        node,
        Event.Effect.NODE_EMPTIED,
        node + " blinks",
        List.of(
            testbed.commands().availability(node, Availability.DRAIN),
            testbed.commands().availability(node, Availability.ACTIVE)),
        () -> {
          testbed.nodes().availability(node, Availability.DRAIN);
          testbed
              .timeline()
              .later(
                  settings.length(), () -> testbed.nodes().availability(node, Availability.ACTIVE));
        });
  }
}
