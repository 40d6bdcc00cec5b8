package io.rolloutlab.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.ServiceSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerCommandsTest {
  private static final EdgePlan UPDATED =
      new EdgePlan(
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          new UpdatePlan(2, null, null, null, null, null));

  private static DockerCommands commands(Balancing balancing) {
    return new DockerCommands(balancing, EdgeDialects.of(EdgePlan.DEFAULT));
  }

  @Test
  void underVipTheServiceIsTheExercises() {
    assertThat(commands(Balancing.VIP).create(spec(null, Map.of(), null)))
        .isEqualTo(
            "docker service create --name pyapp --replicas 4 --network lab"
                + " --constraint 'node.hostname != workerN3' --publish 5000:5000"
                + " --restart-condition any"
                + " --update-parallelism 1 --update-delay 10s --update-order stop-first"
                + " --update-monitor 5s --update-max-failure-ratio 0.0"
                + " --update-failure-action pause"
                + " --rollback-parallelism 1 --rollback-delay 0s --rollback-order stop-first"
                + " --rollback-monitor 5s --rollback-max-failure-ratio 0.0"
                + " --rollback-failure-action pause"
                + " --env PORT=5000 pyapp:v1");
  }

  @Test
  void underDnsrrNothingIsPublishedAndTextIsQuoted() {
    HealthCheck check = new HealthCheck("healthy", Duration.ofSeconds(1), null, null, null, null);

    assertThat(
            commands(Balancing.DNSRR)
                .create(spec(check, Map.of("GREETING", "it's v1; rm x"), null)))
        .contains("--endpoint-mode dnsrr")
        .doesNotContain("--publish")
        .contains("--health-cmd healthy --health-interval 1s")
        .contains("--env 'GREETING=it'\\''s v1; rm x' --env PORT=5000 pyapp:v1");
  }

  @Test
  void whatIsReservedIsAskedForInDockersUnits() {
    DockerCommands commands = commands(Balancing.VIP);

    assertThat(commands.create(spec(null, Map.of(), new Reservation(0.25, Memory.parse("64MiB")))))
        .contains(" --reserve-cpu 0.25 --reserve-memory 64MiB ");
    assertThat(commands.create(spec(null, Map.of(), new Reservation(2.0, null))))
        .contains(" --reserve-cpu 2 ")
        .doesNotContain("--reserve-memory");
    assertThat(commands.create(spec(null, Map.of(), null))).doesNotContain("--reserve");
  }

  @Test
  void whatATaskMayTakeIsSaidBesideWhatIsKeptFree() {
    Reservation reserve = new Reservation(null, Memory.parse("64MiB"));
    TaskLimits limits = new TaskLimits(1.5, Memory.parse("128MiB"));

    assertThat(
            commands(Balancing.VIP)
                .create(spec(null, Map.of(), reserve, limits, RestartPlan.DEFAULT)))
        .contains(" --reserve-memory 64MiB --limit-cpu 1.5 --limit-memory 128MiB ");
  }

  @Test
  void aNodeIsToldByItsName() {
    assertThat(commands(Balancing.VIP).availability("workerN1", Availability.DRAIN))
        .isEqualTo("docker node update --availability drain workerN1");
  }

  @Test
  void nodesAreLabelledOneByOne() {
    ClusterPlan plan =
        new ClusterPlan(
            1,
            2,
            Map.of(
                "workerN2", Map.of("zone", "b"),
                "workerN1", Map.of("zone", "my zone", "disk", "ssd")));

    assertThat(commands(Balancing.VIP).label(plan))
        .containsExactly(
            "docker node update --label-add disk=ssd --label-add 'zone=my zone' workerN1",
            "docker node update --label-add zone=b workerN2");
  }

  @Test
  void whatFollowsAnEndIsAskedForInDockersWords() {
    RestartPlan plan =
        new RestartPlan(
            RestartPlan.Condition.ON_FAILURE, Duration.ofSeconds(1), 3, Duration.ofMinutes(2));

    assertThat(commands(Balancing.VIP).create(spec(null, Map.of(), null, plan)))
        .contains(
            " --restart-condition on-failure --restart-delay 1s --restart-max-attempts 3"
                + " --restart-window 2m ");
  }

  @Test
  void underDnsrrThereIsOneNginxSinceAHostPortIsTakenOnceANode() {
    assertThat(commands(Balancing.VIP).edgeReplicas(EdgePlan.DEFAULT)).isEqualTo(2);
    assertThat(commands(Balancing.DNSRR).edgeReplicas(EdgePlan.DEFAULT)).isEqualTo(1);
    assertThat(commands(Balancing.DNSRR).createEdge(EdgePlan.DEFAULT).get(1))
        .contains("--publish mode=host,target=80,published=80");
  }

  @Test
  void nginxIsTheLabsOwnImageWithAPortForUsersAndOneForProbes() {
    assertThat(commands(Balancing.VIP).createEdge(EdgePlan.DEFAULT))
        .containsExactly(
            "docker network create --driver overlay lab",
            "docker service create --name nginx --replicas 2 --network lab"
                + " --constraint 'node.hostname == workerN3'"
                + " --publish 80:80 --publish 8081:8081 --restart-condition any lab-nginx");
  }

  @Test
  void routesComeByAReloadInEveryContainer() {
    assertThat(commands(Balancing.VIP).changeRoutes(EdgePlan.DEFAULT, 2))
        .singleElement()
        .asString()
        .contains("docker cp routes.conf $nginx:/tmp/routes.conf")
        .contains("docker exec $nginx edge-apply /tmp/routes.conf");
  }

  @Test
  void routesComeAsAConfigWhereTheEdgeIsUpdated() {
    DockerCommands commands = commands(Balancing.VIP);

    assertThat(commands.changeRoutes(UPDATED, 1))
        .containsExactly(
            "docker config create nginx-1 routes.conf",
            "docker service update"
                + " --config-add source=nginx-1,target=/etc/nginx/lab/routes.conf nginx");
    assertThat(commands.changeRoutes(UPDATED, 2))
        .containsExactly(
            "docker config create nginx-2 routes.conf",
            "docker service update --config-rm nginx-1"
                + " --config-add source=nginx-2,target=/etc/nginx/lab/routes.conf nginx");
    assertThat(commands.createEdge(UPDATED).get(1))
        .contains(
            " --restart-condition any --update-parallelism 2 --update-delay 0s"
                + " --update-order stop-first --update-monitor 5s");
  }

  @Test
  void aConfigTakesThePlaceOfTheLastOneInTheEdgesSpec() throws IOException {
    EdgeConfig config = new EdgeConfig(2, EdgeDialects.of(UPDATED));
    ObjectNode spec =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    """
                    {"Name": "nginx", "TaskTemplate": {"ContainerSpec":
                      {"Image": "x", "Configs": [{"ConfigID": "a", "ConfigName": "nginx-1"}]}}}
                    """);

    config.into(spec, "b");

    assertThat(spec.at("/TaskTemplate/ContainerSpec").toString())
        .isEqualTo(
            "{\"Image\":\"x\",\"Configs\":[{\"File\":{\"Name\":\"/etc/nginx/lab/routes.conf\","
                + "\"UID\":\"0\",\"GID\":\"0\",\"Mode\":292},\"ConfigID\":\"b\","
                + "\"ConfigName\":\"nginx-2\"}]}");
    assertThat(config.request("listen 80;").toString())
        .isEqualTo("{\"Name\":\"nginx-2\",\"Labels\":{},\"Data\":\"bGlzdGVuIDgwOw==\"}");
  }

  @Test
  void aSecretIsNamedAndItsValueLeftToTheShell() {
    ServiceSpec v1 = spec(null, Map.of("DB_PASSWORD", "old", "apiKey", "k"), null);
    ServiceSpec v2 = spec(null, Map.of("DB_PASSWORD", "new", "apiKey", "k"), null);
    DockerCommands commands = commands(Balancing.VIP);

    assertThat(commands.create(v1)).contains(" --env DB_PASSWORD --env PORT=5000 --env apiKey ");
    assertThat(commands.update(v1, v2))
        .isEqualTo("docker service update --image pyapp:v1 --env-add DB_PASSWORD pyapp");
  }

  @Test
  void anUpdateRemovesTheVariablesThatTheNewVersionLacks() {
    ServiceSpec slow = spec(null, Map.of("APP_LATENCY_MILLIS", "50", "MODE", "old"), null);

    assertThat(commands(Balancing.VIP).update(slow, spec(null, Map.of("MODE", "new"), null)))
        .isEqualTo(
            "docker service update --image pyapp:v1 --env-rm APP_LATENCY_MILLIS"
                + " --env-add MODE=new pyapp");
  }

  private static ServiceSpec spec(HealthCheck check, Map<String, String> env, Reservation reserve) {
    return spec(check, env, reserve, RestartPlan.DEFAULT);
  }

  private static ServiceSpec spec(
      HealthCheck check, Map<String, String> env, Reservation reserve, RestartPlan restart) {
    return spec(check, env, reserve, null, restart);
  }

  private static ServiceSpec spec(
      HealthCheck check,
      Map<String, String> env,
      Reservation reserve,
      TaskLimits limits,
      RestartPlan restart) {
    return new ServiceSpec(
        "pyapp",
        new ServiceSpec.Release("v1", "pyapp:v1", env),
        ServiceMode.REPLICATED,
        4,
        PlacementRules.within(List.of("node.hostname != workerN3")),
        reserve,
        limits,
        new ServiceSpec.Listening(5000, true),
        new ServiceSpec.Upkeep(Duration.ofSeconds(10), restart, check),
        SwarmUpdates.DEFAULT);
  }
}
