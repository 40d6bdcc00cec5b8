package io.rolloutlab.swarm.stack;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.deploy.DeployedText;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.swarm.LiveTestbed;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.ForwardingTestbed;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The ports over a running cluster, where the app's service comes with its stack.
 *
 * @param real the ports that are not about that
 */
public record StackTestbed(Testbed real, Swarm swarm, Commands commands)
    implements ForwardingTestbed {
  /**
   * Puts docker's own client before the ports, and tells what it is given: the files are in the
   * run's folder, each change in the record.
   *
   * @param outer client of the engine that the nodes run on
   * @param folder of the run
   * @param say gets a line for each change as well
   * @throws StepFailedException when the files cannot be written
   */
  public static StackTestbed over(
      LiveTestbed live,
      SwarmCluster cluster,
      DockerClient outer,
      StackRollout stack,
      Images.Ids images,
      Path folder,
      Consumer<String> say) {
    DeployedText text = stack.deployed(live.commands().balancing(), Commands.NETWORK);
    for (StackNote note : text.notes()) {
      long now = live.timeline().nowMillis();
      live.recorder().event(new Event.Step(now, note.print(), List.of(), ""));
      say.accept(note.print());
    }
    write(text, folder);
    Map<String, String> imageIds = images.apps();
    return new StackTestbed(
        live,
        new StackSwarm(
            live.swarm(),
            stack.swarmName(),
            new StackDeploy(cluster, outer, stack.name(), text, imageIds),
            new OtherServices(stack, live, cluster.manager()::get),
            live::ordered),
        new StackCommands(live.commands(), stack.name(), stack.swarmName(), text::isShownInPart));
  }

  private static void write(DeployedText text, Path folder) {
    try {
      for (String version : List.of(VersionPlan.V1, VersionPlan.V2)) {
        Files.writeString(folder.resolve(StackDeploy.file(version)), text.shown(version));
      }
      Files.writeString(folder.resolve(DeployedText.MADE_UP), DeployedText.CONTENT);
    } catch (IOException failed) {
      throw new StepFailedException(
          "%s: the stack file cannot be written: %s".formatted(folder, failed.getMessage()),
          failed);
    }
  }
}
