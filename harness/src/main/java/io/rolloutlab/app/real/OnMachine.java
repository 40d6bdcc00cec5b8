package io.rolloutlab.app.real;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.swarm.cluster.PortRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Whether real runs are made in a small machine of the lab's own, whose kernel has IPVS. */
public final class OnMachine {
  /** Maven says it by the property {@code lab.vm}. */
  @Option(
      names = "--vm",
      defaultValue = "${sys:lab.vm:-false}",
      description =
          "Where the kernel has no IPVS: makes the runs in a small emulated machine whose kernel has"
              + " it. That takes Debian, root and 8 GB of memory, and is some ten times slower: give"
              + " --patience 10 to scenarios that say none.")
  private boolean asked;

  /** The ports that may be published on: those that were asked for, else the machine's. */
  public Optional<PortRange> ports(Optional<PortRange> chosen) {
    return asked ? chosen.or(() -> Optional.of(EngineMachine.PORTS)) : chosen;
  }

  /**
   * Lets the runs that follow be made there, where that was asked for.
   *
   * @param home of the project
   * @param scenarios of which runs are made, at least one
   * @param say gets a line for each thing that takes time
   * @param stopped whether somebody asked to stop
   * @throws io.rolloutlab.testbed.StepFailedException when the machine cannot be made
   */
  public void bringUp(
      Path home, List<Scenario> scenarios, Consumer<String> say, BooleanSupplier stopped) {
    if (asked) {
      EngineMachine.up(home, scenarios, say, stopped);
    }
  }
}
