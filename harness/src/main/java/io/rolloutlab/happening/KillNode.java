package io.rolloutlab.happening;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.testbed.Testbed;
import java.util.ArrayList;
import java.util.List;

/**
 * A node goes away as a machine does whose power fails, and does not come back. Never the first
 * manager, which takes the lab's orders, nor so many managers that the others are no majority.
 */
public final class KillNode implements HappeningAction<KillNode.Settings> {
  /**
   * Which one.
   *
   * @param node host name
   */
  public record Settings(String node) {
    public Settings {
      Check.present("node", node);
    }
  }

  @Override
  public String key() {
    return "kill";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public List<Fault> faults(Settings settings, List<Happening> before, Scenario scenario) {
    List<Fault> faults = new ArrayList<>(NodeFaults.of(settings.node(), scenario));
    List<String> managers = scenario.cluster().managerNames();
    List<String> killed =
        before.stream()
            .map(Happening::settings)
            .filter(Settings.class::isInstance)
            .map(its -> ((Settings) its).node())
            .toList();
    if (settings.node().equals(managers.get(0))) {
      faults.add(
          NodeFaults.fault(
              "must not be %s: the lab gives its orders there; name another node"
                  .formatted(managers.get(0))));
    } else if (killed.contains(settings.node())) {
      faults.add(
          NodeFaults.fault(
              "is %s, which is killed before in this list".formatted(settings.node())));
    } else if (managers.contains(settings.node())) {
      long gone = 1 + killed.stream().distinct().filter(managers::contains).count();
      if (2 * (managers.size() - gone) <= managers.size()) {
        faults.add(
            NodeFaults.fault(
                "would leave %s of %s managers, which is no majority: Swarm takes no orders then"
                    .formatted(managers.size() - gone, managers.size())));
      }
    }
    return faults;
  }

  /** There is no command for it: nobody orders a machine to fail. */
  @Override
  public Deed deed(Settings settings, Testbed testbed) {
    return new Deed(
        settings.node(),
        Event.Effect.NODE_GONE,
        settings.node() + " is lost",
        List.of(),
        () -> testbed.nodes().lose(settings.node()));
  }
}
