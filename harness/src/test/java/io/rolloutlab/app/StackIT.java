package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.real.RealRuns;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.update.UpdateEnd;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.asked.Asking;
import io.rolloutlab.stack.deploy.Cast;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.stack.read.StackReader;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker itself deploys a stack file on a real Swarm, and v2 of one of its services. */
class StackIT {
  private static final String SHOP =
      """
      version: "3.8"
      services:
        web:
          image: registry.example.com/shop/web:7
          command: ["serve"]
          ports:
            - "80:8443"
          environment: {APP_COLOUR: red}
          healthcheck: {test: ["CMD", "curl", "localhost"], interval: 1s, timeout: 2s}
          configs: [site]
          deploy:
            replicas: 2
            update_config: {order: start-first, delay: 1s, monitor: 1s}
            rollback_config: {parallelism: 2, order: start-first, monitor: 1s}
        db:
          image: postgres:16
          networks: [data]
          volumes: ["files:/var/lib/postgresql/data"]
          secrets: [password]
          deploy: {placement: {constraints: [node.labels.disk == ssd]}}
      networks: {data: {internal: true}}
      volumes: {files: }
      configs: {site: {file: ./not-there}}
      secrets: {password: {external: true}}
      """;

  /** With the stack's name before it, it is longer than the 64 letters that Swarm takes. */
  private static final String LONG = "a".repeat(64);

  private static final String BROKEN =
      """
      services:
        web: {image: "web:1", secrets: [%1$s]}
      secrets: {%1$s: {external: true}}
      """
          .formatted(LONG);

  /** Its port, its health check and its config are told in words that only the image knows. */
  private static final String OWN =
      """
      version: "3.8"
      services:
        web:
          image: lab-it/web:1
          environment: {PORT: "8443", MOTTO: "${MINE}"}
          command: ["sh", "-c", "test -s /site.conf && exec python3 /srv/app/server.py"]
          ports: ["80:8443"]
          healthcheck: {test: ["CMD", "healthy"], interval: 1s, timeout: 3s}
          configs: [{source: site, target: /site.conf}]
          volumes: ["files:/files", "/srv/uploads:/uploads"]
          deploy:
            replicas: 2
            update_config: {order: start-first, monitor: 1s}
            rollback_config: {parallelism: 2, order: start-first, monitor: 1s}
        worker: {image: "lab-it/web:1"}
        db: {image: "nobody.invalid/db:1"}
      volumes: {files: }
      configs: {site: {file: ./site.conf}}
      """;

  private static final List<String> TAGS = List.of("1", "2");

  @TempDir Path folder;

  private StackRollout asked(String text) throws IOException {
    return asked(text, Cast.ALL_PLAYED);
  }

  private StackRollout asked(String text, Cast cast) throws IOException {
    Path file = Files.writeString(folder.resolve("shop.yaml"), text);
    SaidStack read = new StackReader(Map.of("MINE", "hunter2")).readSaid(List.of(file));
    StackRollout asked = StackRollout.of("shop", read, "web", Asking.update("web").andBack(), cast);
    return new StackRollout("shop", read, asked.service(), inShort(asked.scenario()), cast);
  }

  /** The lab's own app by other names, as an image that it knows nothing of. */
  private static void tag() throws IOException {
    Engine.locate(Engine.home(), System.out::println);
    Path plain = Files.createTempFile("plain", ".yaml");
    Files.writeString(plain, "name: plain\nquestion: Which images?\nstrategy: baseline\n");
    try (DockerClient docker = Engine.client()) {
      Images images = new Images(docker, Engine.home(), System.out::println, () -> false);
      Map<String, String> apps = images.provide(new ScenarioReader().read(plain)).apps();
      for (String tag : TAGS) {
        docker.tagImageCmd(apps.get("pyapp:v" + tag), "lab-it/web", tag).exec();
      }
    } finally {
      Files.delete(plain);
    }
  }

  private static void untag() throws IOException {
    try (DockerClient docker = Engine.client()) {
      for (String tag : TAGS) {
        docker.removeImageCmd("lab-it/web:" + tag).withNoPrune(true).exec();
      }
    }
  }

  private static Scenario inShort(Scenario asked) {
    RollingPlan plan = asked.settings(RollingPlan.class).orElseThrow();
    return new Scenario(
        asked.name(),
        asked.question(),
        asked.strategy(),
        asked.seed(),
        asked.balancing(),
        asked.cluster(),
        asked.app(),
        asked.edge(),
        new LoadPlan(
            20.0,
            null,
            40,
            Duration.ofSeconds(4),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            null),
        new RollingPlan(plan.update(), plan.rollback(), Duration.ofSeconds(3), plan.limit(), true),
        asked.expect());
  }

  private List<Findings> run(StackRollout stack) {
    Engine.locate(Engine.home(), System.out::println);
    try (StopSignal stop = new StopSignal(Duration.ZERO)) {
      return new RealRuns(Engine.home(), System.out, stop, 1, Optional.empty())
          .run(List.of(new RealRuns.Job(stack, "it-stack", folder.resolve("web"))))
          .findings();
    }
  }

  private History history() {
    return HistoryReader.read(folder.resolve("web"));
  }

  @Test
  void dockerDeploysTheFileAndRollsItsServiceUnderLoad() throws IOException {
    List<Findings> found = run(asked(SHOP));

    History history = history();
    assertThat(history.end().map(Event.RunEnded::cause)).contains("");
    assertThat(found).singleElement().matches(Findings::reconciled);
    assertThat(history.requests().stream().map(Request::version)).contains("v1", "v2");
    assertThat(history.events(Event.UpdateEnded.class).map(Event.UpdateEnded::end))
        .containsExactly(UpdateEnd.COMPLETED, UpdateEnd.ROLLED_BACK);
    assertThat(history.events(Event.TaskChange.class).map(Event.TaskChange::service))
        .contains("shop_web", "shop_db", "nginx");
    assertThat(
            history
                .events(Event.TaskChange.class)
                .filter(change -> change.service().equals("shop_db"))
                .map(Event.TaskChange::version))
        .as("its app is none that is rolled out")
        .containsOnly("");
    assertThat(history.events(Event.TaskAddress.class).map(Event.TaskAddress::service))
        .as("users reach the one service by the edge's network")
        .contains("shop_web")
        .doesNotContain("shop_db");
    assertThat(LeftBehind.names()).isEmpty();
    isTold(history);
  }

  @Test
  void aServiceOfItsOwnImageIsRolledOutBesideAStandIn() throws IOException {
    Files.writeString(folder.resolve("site.conf"), "listen 8443;");
    tag();
    List<Findings> found;
    try {
      found = run(asked(OWN, Cast.playing(Set.of("db")).to("lab-it/web:2")));
    } finally {
      untag();
    }

    History history = history();
    assertThat(history.end().map(Event.RunEnded::cause)).contains("");
    assertThat(found).singleElement().matches(Findings::reconciled);
    assertThat(history.requests().stream().map(Request::version)).contains("v1", "v2");
    assertThat(history.events(Event.UpdateEnded.class).map(Event.UpdateEnded::end))
        .containsExactly(UpdateEnd.COMPLETED, UpdateEnd.ROLLED_BACK);
    assertThat(versions(history, "shop_web")).containsOnly("v1", "v2");
    assertThat(versions(history, "shop_worker")).as("the same image").containsOnly("");
    assertThat(versions(history, "shop_db")).containsOnly("");
    assertThat(history.events(Event.Step.class).map(Event.Step::label))
        .anyMatch(label -> label.contains(":10: web: each task has an empty volume at /uploads"))
        .anyMatch(label -> label.contains(":16: db: the lab's app stands in for"))
        .noneMatch(label -> label.startsWith("this goes on without"));
    assertThat(folder.resolve("web").resolve("stack-v2.yaml"))
        .content()
        .contains("lab-it/web:2")
        .doesNotContain("hunter2");
    assertThat(LeftBehind.names()).isEmpty();
  }

  private static List<String> versions(History history, String service) {
    return history
        .events(Event.TaskChange.class)
        .filter(change -> change.service().equals(service))
        .map(Event.TaskChange::version)
        .toList();
  }

  @Test
  void imagesThatCannotBeHadAreAllSaid() throws IOException {
    Files.writeString(folder.resolve("site.conf"), "listen 8443;");
    run(
        asked(
            OWN.replace("lab-it", "nobody.invalid"),
            Cast.playing(Set.of("worker")).to("nobody.invalid/web:2")));

    assertThat(history().end().map(Event.RunEnded::end)).contains(Event.End.FAILED);
    assertThat(history().end().orElseThrow().cause())
        .contains("shop.yaml:16: db: the engine has no image \"nobody.invalid/db:1\"")
        .contains("--to: web: the engine has no image \"nobody.invalid/web:2\"")
        .contains("--stand-in=db");
    assertThat(LeftBehind.names()).isEmpty();
  }

  private void isTold(History history) {
    List<String> labels = history.events(Event.Step.class).map(Event.Step::label).toList();
    String file = folder.resolve("shop.yaml").toString();
    assertThat(labels)
        .anyMatch(label -> label.startsWith(file + ":4: web: the lab's app stands in for"))
        .anyMatch(label -> label.startsWith(file + ":24: secret password: its content"))
        .anyMatch(label -> label.startsWith("docker has made [") && label.contains("shop_db"))
        .noneMatch(label -> label.startsWith("this goes on without"));
    assertThat(history.events(Event.Step.class).flatMap(step -> step.commands().stream()))
        .contains(
            "docker stack deploy --resolve-image never --compose-file stack-v1.yaml shop",
            "docker stack deploy --resolve-image never --compose-file stack-v2.yaml shop",
            "docker service rollback shop_web");
    assertThat(folder.resolve("web").resolve("stack-v2.yaml")).content().contains("pyapp:v2");
  }

  @Test
  void whatDockerRefusesIsSaidInItsWords() throws IOException {
    run(asked(BROKEN));

    assertThat(history().end().map(Event.RunEnded::end)).contains(Event.End.FAILED);
    assertThat(history().end().orElseThrow().cause())
        .contains("docker stack deploy refuses this, and says:")
        .contains("failed to create secret shop_" + LONG);
    assertThat(LeftBehind.names()).isEmpty();
  }
}
