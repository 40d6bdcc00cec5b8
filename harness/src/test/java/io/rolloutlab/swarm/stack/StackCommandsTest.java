package io.rolloutlab.swarm.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.command.DockerCommands;
import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.Commands;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is typed for a service that comes with its stack, and for all else. */
class StackCommandsTest {
  private static final Scenario SCENARIO =
      new ScenarioReader().read(Path.of("..", "scenarios", "rolling.yaml"));

  private final Stage stage = new Stage(SCENARIO, null, "shop_web");
  private final Stage other = new Stage(SCENARIO, null);
  private final Commands real =
      new DockerCommands(Balancing.DNSRR, EdgeDialects.of(SCENARIO.edge()));
  private final Commands commands = new StackCommands(real, "shop", "shop_web", version -> false);

  @Test
  void theStackIsDeployedAndDeployedOnceMore() {
    assertThat(commands.create(stage.stable()))
        .isEqualTo("docker stack deploy --resolve-image never --compose-file stack-v1.yaml shop");
    assertThat(commands.update(stage.stable(), stage.updated()))
        .isEqualTo("docker stack deploy --resolve-image never --compose-file stack-v2.yaml shop");
    assertThat(commands.rollBack("shop_web")).isEqualTo("docker service rollback shop_web");
  }

  /** Who types the line with the copy of the run's folder would deploy its masks. */
  @Test
  void whereTheFileIsACopyInPartItIsSaid() {
    Commands masked = new StackCommands(real, "shop", "shop_web", "v2"::equals);

    assertThat(masked.create(stage.stable())).endsWith("--compose-file stack-v1.yaml shop");
    assertThat(masked.update(stage.stable(), stage.updated()))
        .isEqualTo(
            "docker stack deploy --resolve-image never --compose-file stack-v2.yaml shop  # in this"
                + " copy values are masked, and files that it names are not beside it: your own file"
                + " has them");
  }

  @Test
  void whatIsNotOfTheStackIsAsEver() {
    assertThat(commands.create(other.stable())).isEqualTo(real.create(other.stable()));
    assertThat(commands.update(other.stable(), other.updated()))
        .isEqualTo(real.update(other.stable(), other.updated()));
    assertThat(commands.createEdge(SCENARIO.edge())).isEqualTo(real.createEdge(SCENARIO.edge()));
    assertThat(commands.balancing()).isEqualTo(Balancing.DNSRR);
  }
}
