package io.rolloutlab.app.real;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.stack.scenario.AskedScenario;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.testbed.StepFailedException;
import java.io.PrintStream;
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

  /**
   * Lets what makes no sense not pass.
   *
   * @param ports that were asked for; empty for any
   * @throws StepFailedException when ports are asked for in a machine that has its own
   */
  public void refuse(Optional<PortRange> ports) {
    if (asked && ports.isPresent()) {
      throw new StepFailedException(
          "--ports %s: with --vm these are the machine's, %s: leave --ports out"
              .formatted(ports.get().print(), EngineMachine.PORTS.print()));
    }
  }

  /**
   * Tells what would be made, there where that was asked for. No kernel is asked whether it has
   * IPVS itself.
   *
   * @param atOnce how many are made at once, at most
   */
  public void tell(Forecast forecast, PrintStream out, int atOnce) {
    forecast.tellReal(out, atOnce, asked ? Pace.EMULATED : Pace.USUAL);
    if (asked) {
      out.println(
          "These are times of the emulated machine; where this machine's own kernel has IPVS, none"
              + " is made, and the runs take a fraction of them.");
    }
  }

  /**
   * Lets images of one's own not pass: the machine's engine gets those of the lab alone.
   *
   * @param scenarios of which runs are made
   * @throws StepFailedException when they are asked for in the machine
   */
  public void refuseOwnImages(List<AskedScenario> scenarios) {
    for (AskedScenario one : scenarios) {
      if (asked && one.stack().filter(stack -> !stack.ownImages().isEmpty()).isPresent()) {
        throw new StepFailedException(
            "%s: stack: with --vm only the lab's own app can run, since the machine's engine has none of your images: say stack.standIn: all, or leave --vm out"
                .formatted(one.place().print()));
      }
    }
  }

  /**
   * Lets the runs that follow be made there, where that was asked for.
   *
   * @param home of the project
   * @param scenarios of which runs are made, at least one
   * @param needed how many ports they need at once
   * @param say gets a line for each thing that takes time
   * @param stopped whether somebody asked to stop
   * @return the ports that the machine has; empty where none was asked for, or needed
   * @throws StepFailedException when the machine cannot be made, or has too few ports
   * @throws io.rolloutlab.testbed.InterruptedRunException when somebody asked to stop meanwhile
   */
  public Optional<PortRange> bringUp(
      Path home,
      List<Scenario> scenarios,
      int needed,
      Consumer<String> say,
      BooleanSupplier stopped) {
    if (!asked || !EngineMachine.up(home, scenarios, say, stopped)) {
      return Optional.empty();
    }
    EngineMachine.PORTS.refuseFewerThan(needed);
    return Optional.of(EngineMachine.PORTS);
  }
}
