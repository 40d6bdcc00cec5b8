package io.rolloutlab.app.choice;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.testbed.StepFailedException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which ports of the engine's machine real runs may publish on. */
public final class EnginePorts {
  /** Maven passes an empty one where nothing was said. */
  @Option(
      names = "--ports",
      defaultValue = "${sys:lab.ports}",
      paramLabel = "FROM-TO",
      description =
          "Publishes on these ports of the engine's machine only, as in 24000-24063; an IPv4 address"
              + " to bind them to may stand before them, as in 0.0.0.0:24000-24063. Default: any"
              + " free ones.")
  private String asked;

  /**
   * The range; empty where nothing was said.
   *
   * @throws StepFailedException when it is none
   */
  private Optional<PortRange> range() {
    return Optional.ofNullable(asked).filter(text -> !text.isBlank()).map(PortRange::parse);
  }

  /**
   * The range, where it suffices; empty where nothing was said.
   *
   * @param scenarios of which runs are made
   * @param atOnce how many of them at most, 1 or more
   * @throws StepFailedException when it is none, or has too few ports for the largest clusters that
   *     can be there at once
   */
  public Optional<PortRange> enoughFor(Stream<Scenario> scenarios, int atOnce) {
    Optional<PortRange> range = range();
    int needed = needed(scenarios, atOnce);
    range.ifPresent(its -> its.refuseFewerThan(needed));
    return range;
  }

  /**
   * How many ports the largest clusters take that can be there at once.
   *
   * @param scenarios of which runs are made
   * @param atOnce how many of them at most, 1 or more
   */
  public static int needed(Stream<Scenario> scenarios, int atOnce) {
    List<Integer> largestFirst =
        scenarios
            .map(scenario -> SwarmCluster.ports(scenario.cluster()))
            .sorted(Comparator.reverseOrder())
            .toList();
    return largestFirst.stream().limit(atOnce).mapToInt(Integer::intValue).sum();
  }
}
