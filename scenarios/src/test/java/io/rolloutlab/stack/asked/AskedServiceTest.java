package io.rolloutlab.stack.asked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a service are those of the scenario, and what is not in it is said. */
class AskedServiceTest {
  @TempDir Path folder;

  /** A service web with these lines, which begin with four blanks, below its image in line 3. */
  private StackService web(String lines) {
    try {
      Path file =
          Files.writeString(
              folder.resolve("stack.yaml"), "services:\n  web:\n    image: shop/web:1\n" + lines);
      return new StackReader(Map.of()).read(List.of(file)).services().get(0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static AskedService asked(StackService service) {
    return AskedService.of(service, Asking.update(service.name()));
  }

  private static List<String> notes(AskedService asked) {
    return asked.notes().stream().map(note -> line(note) + ": " + note.what()).toList();
  }

  private static int line(StackNote note) {
    return note.place().line();
  }

  @Test
  void updateAndRollbackAreTheFilesOwn() {
    Scenario scenario =
        asked(
                web(
                    """
                        deploy:
                          replicas: 5
                          endpoint_mode: dnsrr
                          update_config:
                            parallelism: 2
                            delay: 12s
                            monitor: 1m30s
                            failure_action: rollback
                            max_failure_ratio: 0.25
                            order: start-first
                          rollback_config: {parallelism: 0, delay: 3s, failure_action: continue}
                    """))
            .scenario();

    RollingPlan rolling = scenario.settings(RollingPlan.class).orElseThrow();
    assertThat(rolling.update())
        .isEqualTo(
            new UpdatePlan(
                2,
                Duration.ofSeconds(12),
                Order.START_FIRST,
                Duration.ofSeconds(90),
                0.25,
                UpdatePlan.FailureAction.ROLLBACK));
    assertThat(rolling.rollback())
        .isEqualTo(
            new UpdatePlan(
                0,
                Duration.ofSeconds(3),
                Order.STOP_FIRST,
                Duration.ofSeconds(5),
                0.0,
                UpdatePlan.FailureAction.CONTINUE));
    assertThat(rolling.backAgain()).isFalse();
    assertThat(scenario.balancing()).isEqualTo(Balancing.DNSRR);
    assertThat(scenario.tasks()).isEqualTo(5);
    assertThat(scenario.name()).isEqualTo("web");
  }

  @Test
  void whatTheFileDoesNotSayIsAsDockerHasItAndNotAsTheExerciseHad() {
    Scenario scenario = asked(web("")).scenario();

    assertThat(scenario.tasks()).isEqualTo(1);
    assertThat(scenario.settings(RollingPlan.class).orElseThrow().update().delay())
        .isEqualTo(Duration.ZERO);
    assertThat(scenario.balancing()).isEqualTo(Balancing.VIP);
    assertThat(scenario.app().healthCheck()).isNull();
    assertThat(scenario.app().restart()).isEqualTo(RestartPlan.DEFAULT);
  }

  @Test
  void howATaskStartsEndsAndIsFollowedIsCarriedOver() {
    Scenario scenario =
        asked(
                web(
                    """
                        healthcheck: {test: [CMD, healthy], interval: 7s, timeout: 2s, retries: 5, start_period: 40s}
                        stop_grace_period: 25s
                        deploy:
                          restart_policy: {condition: on-failure, delay: 2s, max_attempts: 3, window: 2m}
                          resources: {limits: {cpus: "0.5", memory: 256M}}
                    """))
            .scenario();

    assertThat(scenario.app().healthCheck())
        .isEqualTo(
            new HealthCheck(
                null,
                Duration.ofSeconds(7),
                Duration.ofSeconds(2),
                5,
                Duration.ofSeconds(40),
                Duration.ofSeconds(7)));
    assertThat(scenario.app().stopGrace()).isEqualTo(Duration.ofSeconds(25));
    assertThat(scenario.app().restart())
        .isEqualTo(
            new RestartPlan(
                RestartPlan.Condition.ON_FAILURE, Duration.ofSeconds(2), 3, Duration.ofMinutes(2)));
    assertThat(scenario.app().limits()).isEqualTo(new TaskLimits(0.5, Memory.parse("256MiB")));
  }

  @Test
  void aGlobalServiceHasATaskOnEachNodeButTheEdges() {
    Scenario scenario = asked(web("    deploy: {mode: global}\n")).scenario();

    assertThat(scenario.app().mode()).isEqualTo(ServiceMode.GLOBAL);
    assertThat(scenario.tasks()).isEqualTo(3);
    assertThat(scenario.cluster().namesFor(scenario.edge().constraints()))
        .doesNotContainAnyElementsOf(scenario.cluster().namesFor(scenario.app().constraints()));
  }

  @Test
  void moreTasksThanTheLabHoldsAreFewerInAsManyRounds() {
    AskedService asked =
        asked(web("    deploy:\n      replicas: 60\n      update_config: {parallelism: 20}\n"));

    assertThat(asked.scenario().tasks()).isEqualTo(12);
    assertThat(asked.scenario().settings(RollingPlan.class).orElseThrow().update().parallelism())
        .isEqualTo(4);
    assertThat(notes(asked))
        .contains(
            "5: replicas is 60, and the lab has 12",
            "6: parallelism is 20 of 60 tasks, and the lab has 4 of 12");
  }

  @Test
  void wherePortsOfNodesAreTakenThereAreAsManyNodesAsAnUpdateNeedsOrAsFewAsHoldTheTasks() {
    StackService web =
        web(
            """
                    ports:
                      - {target: 80, published: 80, mode: host}
                    deploy:
                      replicas: 4
                      placement: {constraints: [node.role == worker]}
                """);
    AskedService asked = asked(web);
    Scenario few = AskedService.of(web, Asking.update("web").onFewNodes()).scenario();
    Scenario scenario = asked.scenario();

    assertThat(scenario.app().hostPort()).isEqualTo(10_080);
    assertThat(scenario.cluster().namesFor(scenario.app().constraints())).hasSize(5);
    assertThat(few.cluster().namesFor(few.app().constraints()))
        .containsExactly("workerN1", "workerN2", "workerN3", "workerN4");
    assertThat(notes(asked))
        .contains("5: port 80 of the nodes is taken in the lab, which has 10080");
  }

  @Test
  void constraintsOnRolesLabelsAndOneNodeHoldOfTheLabsNodes() {
    Scenario manager =
        asked(web("    deploy: {placement: {constraints: [node.role != worker]}}\n")).scenario();
    Scenario labelled =
        asked(web("    deploy: {placement: {constraints: [node.labels.disk == ssd]}}\n"))
            .scenario();
    AskedService one =
        asked(
            web(
                """
                    deploy:
                      replicas: 3
                      placement: {constraints: [node.hostname == db-7, node.platform.os == linux], max_replicas_per_node: 2}
                """));

    assertThat(manager.cluster().namesFor(manager.app().constraints()))
        .isEqualTo(manager.cluster().managerNames());
    assertThat(labelled.cluster().namesFor(labelled.app().constraints())).hasSize(3);
    assertThat(labelled.app().constraints()).contains("node.labels.disk == ssd");
    assertThat(one.scenario().cluster().namesFor(one.scenario().app().constraints()))
        .containsExactly("workerN1");
    assertThat(one.scenario().tasks()).isEqualTo(2);
    assertThat(notes(one))
        .contains(
            "5: replicas is 3, and the lab has 2",
            "6: \"node.platform.os == linux\" is left out: the lab's nodes are alike in that");
  }

  @Test
  void valuesThatNoScenarioCanHaveAreTheNearestAndSaid() {
    AskedService asked =
        asked(
            web(
                """
                    healthcheck: {test: curl localhost, interval: 2h, retries: 500}
                    deploy:
                      update_config: {delay: 90m, monitor: 500us}
                      restart_policy: {delay: 1h}
                      resources: {limits: {cpus: "4", memory: 10M}, reservations: {memory: 1G}}
                """));

    assertThat(asked.scenario().app().healthCheck().interval()).isEqualTo(Duration.ofMinutes(20));
    assertThat(asked.scenario().settings(RollingPlan.class).orElseThrow().update().monitor())
        .isEqualTo(Duration.ofMillis(1));
    assertThat(notes(asked))
        .contains(
            "4: interval is 2h, and the lab has 20m",
            "4: retries is 500, and the lab has 100",
            "6: delay is 1h30m, and the lab has 1h",
            "7: the restart's delay is 1h, and the lab has 10m",
            "8: a limit of 4 cores is left out: a node that has fewer refuses such a task",
            "8: a memory limit of 10485760 bytes does not suit the lab's app, which has 64MiB",
            "8: reservations are left out: the file does not tell how large nodes are");
  }

  @Test
  void aFaultIsLaidOverV2AndNobodyCallsBack() {
    StackService web = web("    healthcheck: {test: curl localhost, interval: 5s}\n");
    Asking asking =
        Asking.update("My_Web.Shop")
            .andBack()
            .withFault(new AppFault.Crashes(Duration.ofSeconds(9)), Duration.ofMinutes(1))
            .atRate(7);

    Scenario scenario = AskedService.of(web, asking).scenario();

    assertThat(scenario.name()).isEqualTo("my-web-shop");
    assertThat(scenario.app().v2().fault()).isEqualTo(new AppFault.Crashes(Duration.ofSeconds(9)));
    assertThat(scenario.mayBeCalledBack()).isFalse();
    assertThat(scenario.load().ratePerSecond()).isEqualTo(7);
    RollingPlan rolling = scenario.settings(RollingPlan.class).orElseThrow();
    assertThat(rolling.hold()).isEqualTo(Duration.ofMinutes(1));
    assertThat(rolling.backAgain()).isTrue();
    assertThat(
            AskedService.of(
                    web, Asking.update("web").withFault(new AppFault.NeverHealthy(), Duration.ZERO))
                .scenario()
                .app()
                .v2()
                .fault())
        .isEqualTo(new AppFault.NeverHealthy());
  }

  @Test
  void aJobIsNotAsked() {
    StackService job = web("    deploy: {mode: replicated-job}\n");

    assertThatThrownBy(() -> asked(job)).hasMessageContaining("stack.yaml:2: web is a job");
  }
}
