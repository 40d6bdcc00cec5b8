package io.rolloutlab.app.choice;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.testbed.StepFailedException;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether what the doctor says is shown on a real Swarm, and by how many runs. */
public final class LiveChoice {
  private static final String REPEATS = "--repeats";

  @Option(
      names = "--live",
      description =
          "With --prove: makes the runs on a real Swarm, where docker deploys the file as it is and"
              + " with the change of each finding, and the lab's own app stands in for all images."
              + " Takes minutes a run.")
  private boolean asked;

  /** A text, since no number stands for nothing said. */
  @Option(
      names = REPEATS,
      paramLabel = "N",
      description =
          "With --live: how many runs are made of the file as it is and with each change, each with"
              + " the seed after the last one's, 1 to "
              + Scenario.MOST_REPEATS
              + ". Fewer than four do not show how far chance reaches. Default: 1")
  private String repeats;

  @Mixin private EnginePorts enginePorts;

  /** Whether real runs are made. */
  public boolean asked() {
    return asked;
  }

  /**
   * Lets what makes no sense not pass.
   *
   * @param prove whether runs are asked for at all
   * @throws StepFailedException when it is of no effect, or no number of runs
   */
  public void refuse(boolean prove) {
    if (asked && !prove) {
      throw new StepFailedException(
          "--live needs --prove: it says where the runs are made that show a finding");
    } else if (!asked && repeats != null) {
      throw new StepFailedException(
          "%s %s needs --live: of simulated runs there are always five of each"
              .formatted(REPEATS, repeats));
    } else if (!asked && ports(Stream.empty()).isPresent()) {
      throw new StepFailedException("--ports needs --prove --live: no other run takes any");
    }
    repeats();
  }

  /** How many runs there are of each. */
  public int repeats() {
    return WholeNumber.said(REPEATS, repeats, Scenario.MOST_REPEATS).orElse(1);
  }

  /**
   * The ports that may be published on; empty for any.
   *
   * @param scenarios of the runs, which are made one after the other
   * @throws StepFailedException when they do not suffice
   */
  public Optional<PortRange> ports(Stream<Scenario> scenarios) {
    return enginePorts.enoughFor(scenarios, AtOnce.DEFAULT);
  }
}
