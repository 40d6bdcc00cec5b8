package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.scenario.EdgePlan;
import io.rolloutlab.scenario.HealthCheck;
import io.rolloutlab.scenario.Memory;
import io.rolloutlab.scenario.Reservation;
import io.rolloutlab.scenario.UpdatePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandsTest {
  @Test
  void underVipTheServiceIsTheExercises() {
    assertThat(new Commands(Balancing.VIP).create(spec(null, Map.of(), null)))
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
                + " pyapp:v1");
  }

  @Test
  void underDnsrrNothingIsPublishedAndTextIsQuoted() {
    HealthCheck check = new HealthCheck("healthy", Duration.ofSeconds(1), null, null, null);

    assertThat(
            new Commands(Balancing.DNSRR)
                .create(spec(check, Map.of("GREETING", "it's v1; rm x"), null)))
        .contains("--endpoint-mode dnsrr")
        .doesNotContain("--publish")
        .contains("--health-cmd healthy --health-interval 1s")
        .contains("--env 'GREETING=it'\\''s v1; rm x' pyapp:v1");
  }

  @Test
  void whatIsReservedIsAskedForInDockersUnits() {
    Commands commands = new Commands(Balancing.VIP);

    assertThat(commands.create(spec(null, Map.of(), new Reservation(0.25, Memory.parse("64MiB")))))
        .contains(" --reserve-cpu 0.25 --reserve-memory 64MiB ");
    assertThat(commands.create(spec(null, Map.of(), new Reservation(2.0, null))))
        .contains(" --reserve-cpu 2 ")
        .doesNotContain("--reserve-memory");
    assertThat(commands.create(spec(null, Map.of(), null))).doesNotContain("--reserve");
  }

  @Test
  void underDnsrrThereIsOneNginxSinceAHostPortIsTakenOnceANode() {
    assertThat(new Commands(Balancing.VIP).edgeReplicas(EdgePlan.DEFAULT)).isEqualTo(2);
    assertThat(new Commands(Balancing.DNSRR).edgeReplicas(EdgePlan.DEFAULT)).isEqualTo(1);
    assertThat(new Commands(Balancing.DNSRR).createEdge(EdgePlan.DEFAULT).get(1))
        .contains("--publish mode=host,target=80,published=80");
  }

  @Test
  void anUpdateRemovesTheVariablesThatTheNewVersionLacks() {
    ServiceSpec slow = spec(null, Map.of("APP_LATENCY_MILLIS", "50", "MODE", "old"), null);

    assertThat(new Commands(Balancing.VIP).update(slow, spec(null, Map.of("MODE", "new"), null)))
        .isEqualTo(
            "docker service update --image pyapp:v1 --env-rm APP_LATENCY_MILLIS"
                + " --env-add MODE=new pyapp");
  }

  private static ServiceSpec spec(HealthCheck check, Map<String, String> env, Reservation reserve) {
    return new ServiceSpec(
        "pyapp",
        "v1",
        "pyapp:v1",
        env,
        4,
        List.of("node.hostname != workerN3"),
        reserve,
        5000,
        true,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        check,
        UpdatePlan.UPDATE,
        UpdatePlan.ROLLBACK);
  }
}
