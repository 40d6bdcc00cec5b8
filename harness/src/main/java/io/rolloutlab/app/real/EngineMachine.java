package io.rolloutlab.app.real;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * An engine in a small emulated machine whose kernel has IPVS. How that machine is made is the
 * business of the script {@code docker/engine up --vm}; which images its disk gets is the lab's,
 * which makes them with the engine of this host, where that is fast.
 */
public final class EngineMachine {
  /** On these the machine's engine publishes, and by these they are reached from its host. */
  public static final PortRange PORTS = new PortRange(Optional.of("0.0.0.0"), 24_000, 24_063);

  private EngineMachine() {}

  /**
   * Makes what is missing, and starts the machine. From then on it is the located engine; where
   * this host's kernel has IPVS, that of this host stays it.
   *
   * @param home of the project
   * @param scenarios whose images its disk gets, at least one
   * @param say gets a line for each thing that takes time
   * @param stopped whether somebody asked to stop
   * @return whether there is such a machine now
   * @throws StepFailedException when it cannot be made, with the script's words
   * @throws io.rolloutlab.testbed.InterruptedRunException when somebody asked to stop meanwhile
   */
  public static boolean up(
      Path home, List<Scenario> scenarios, Consumer<String> say, BooleanSupplier stopped) {
    Engine.locate(home, say);
    List<String> holds = new ArrayList<>();
    try (DockerClient docker = Engine.client()) {
      Images images = new Images(docker, home, say, stopped);
      List<Images.Ids> all = scenarios.stream().map(images::provide).distinct().toList();
      Images.Ids first = all.get(0);
      SwarmCluster cluster =
          new SwarmCluster(docker, runId(home), scenarios.get(0).cluster(), first, say);
      // Others, of scenarios with images of their own, are made in the machine, where it takes
      // long.
      String golden = cluster.provideGolden();
      Set<String> names = new TreeSet<>();
      all.forEach(ids -> names.addAll(images.names(ids)));
      holds.addAll(List.of(first.node(), golden));
      holds.addAll(names);
    } catch (IOException failed) {
      throw new StepFailedException("the engine's client: " + failed.getMessage(), failed);
    }
    if (stopped.getAsBoolean()) {
      throw new InterruptedRunException();
    }
    return Engine.startMachine(home, holds, say);
  }

  /** Of what is made meanwhile, and goes again. */
  private static String runId(Path home) {
    return new Batches(home).next().getFileName().toString();
  }
}
