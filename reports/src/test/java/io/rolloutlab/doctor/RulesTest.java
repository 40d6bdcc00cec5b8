package io.rolloutlab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule speaks where it should, with its numbers, and is silent beside it. */
class RulesTest {
  private static final String CHECK = "healthcheck: {test: /ok, interval: 5s}";

  @TempDir Path folder;

  /**
   * What a rule is shown.
   *
   * @param fires lines of a service that it speaks about
   * @param says a part of its sentence
   * @param silent the same without the trap
   */
  record Shown(String rule, String fires, String says, String silent) {
    @Override
    public String toString() {
      return rule + ": " + fires;
    }
  }

  private static Shown deploy(String rule, String fires, String says, String silent) {
    return new Shown(rule, "deploy: {%s}".formatted(fires), says, "deploy: {%s}".formatted(silent));
  }

  private static Shown ported(String rule, String fires, String says, String silent) {
    return new Shown(
        rule, "ports: [\"80:80\"]\n    " + fires, says, "ports: [\"80:80\"]\n    " + silent);
  }

  static List<Shown> shown() {
    return List.of(
        deploy(
            "all-at-once",
            "replicas: 3, update_config: {parallelism: 3}",
            "the update stops all 3 tasks at once (parallelism 3, stop-first)",
            "replicas: 3, update_config: {parallelism: 2}"),
        deploy(
            "all-at-once",
            "replicas: 3, update_config: {parallelism: 0}",
            "parallelism 0 is all",
            "replicas: 3, update_config: {parallelism: 0, order: start-first}"),
        deploy(
            "all-at-once",
            "mode: global, update_config: {parallelism: 0}",
            "stops all tasks at once",
            "mode: global, update_config: {parallelism: 2}"),
        new Shown(
            "rollback-all-at-once",
            CHECK + "\n    deploy: {replicas: 4, rollback_config: {parallelism: 0}}",
            "the rollback stops all 4 tasks at once (parallelism 0 is all, stop-first): nobody serves"
                + " for at least 5s",
            CHECK + "\n    deploy: {replicas: 4, rollback_config: {delay: 1s}}"),
        deploy(
            "rollback-stops-first",
            "replicas: 3, update_config: {order: start-first}",
            "2 of 3 tasks serve",
            "replicas: 3, update_config: {order: start-first}, rollback_config: {order: stop-first}"),
        ported(
            "one-task-stops-first",
            CHECK,
            "0 of 1 tasks serve for at least 5s",
            CHECK + "\n    deploy: {update_config: {order: start-first}}"),
        ported(
            "one-task-stops-first",
            CHECK,
            "a new task gets no request before a good probe",
            CHECK + "\n    deploy: {replicas: 2}"),
        ported(
            "no-health-check",
            "deploy: {replicas: 4}",
            "1 of 4 tasks gets requests that it cannot answer",
            "deploy: {replicas: 4}\n    " + CHECK),
        ported(
            "no-health-check",
            "healthcheck: {disable: true}",
            "the health check is switched off",
            "labels: {a: b}\n    " + CHECK),
        ported(
            "late-first-probe",
            "healthcheck: {test: /ok}\n    deploy: {replicas: 4, update_config: {delay: 10s}}",
            "at least 2m40s (4 rounds of 30s + 10s delay)",
            CHECK + "\n    deploy: {replicas: 4, update_config: {delay: 10s}}"),
        ported(
            "late-first-probe",
            "healthcheck: {test: /ok, start_period: 1m}",
            "at least 30s (one round of 30s + 0s delay)",
            "healthcheck: {test: /ok, start_period: 1m, start_interval: 1s}"),
        new Shown(
            "start-period-alone",
            "healthcheck: {start_period: 1m}",
            "the start period of 1m spares nothing",
            "healthcheck: {start_period: 1m, test: /ok}"),
        new Shown(
            "check-of-no-kind",
            "healthcheck: {test: [curl, -f, localhost]}",
            "docker makes no probe of such a test",
            "healthcheck: {test: [CMD, curl, -f, localhost]}"),
        new Shown(
            "check-before-start",
            "healthcheck: {test: /ok, interval: 3s, retries: 2}",
            "more than some 6s to start (start period 0s + 2 probes, 3s apart)",
            "healthcheck: {test: /ok, interval: 3s, retries: 2, start_period: 30s}"),
        new Shown(
            "monitor-too-short",
            CHECK + "\n    deploy: {replicas: 3, update_config: {failure_action: rollback}}",
            "15s later (3 x 5s), but counts as failed only within 5s",
            CHECK
                + "\n    deploy: {replicas: 3, update_config: {failure_action: rollback, monitor: 15s}}"),
        deploy(
            "monitor-too-short",
            "update_config: {failure_action: rollback}",
            "ends within 5s of its container's start",
            "update_config: {failure_action: rollback, monitor: 1m}"),
        deploy(
            "failures-behind-delay",
            "replicas: 3, update_config: {failure_action: pause, delay: 10s}",
            "between 5s and 10s after it runs is counted in the last slot only: it has replaced all 3"
                + " tasks when Swarm sees it, at least 30s (3 x 10s)",
            "replicas: 3, update_config: {failure_action: pause, delay: 10s, monitor: 10s}"),
        deploy(
            "monitor-is-no-bake-time",
            "replicas: 3, update_config: {order: start-first, parallelism: 3, monitor: 1m}",
            "not after the monitor of 1m: with 0 pauses of 0s",
            "replicas: 3, update_config: {order: start-first, delay: 30s, monitor: 1m}"),
        deploy(
            "pause-leaves-mix",
            "replicas: 5, update_config: {parallelism: 2}",
            "v2 has 2 of 5 slots, v1 the other 3",
            "replicas: 5, update_config: {parallelism: 2, failure_action: rollback}"),
        deploy(
            "failures-ignored",
            "replicas: 3, update_config: {failure_action: continue}",
            "0 of 3 tasks serve",
            "replicas: 3, update_config: {failure_action: rollback}"),
        deploy(
            "failures-ignored",
            "replicas: 3, update_config: {max_failure_ratio: 1, order: start-first}",
            "what start-first has kept of v1 is stopped",
            "replicas: 3, update_config: {max_failure_ratio: 0.5, order: start-first}"),
        new Shown(
            "grace-over-minute",
            "stop_grace_period: 3m",
            "for up to 2m (3m - 1m)",
            "stop_grace_period: 1m"),
        new Shown(
            "never-placed",
            "ports: [{target: 80, published: 80, mode: host}]\n    deploy: {mode: global, update_config:"
                + " {order: start-first}}",
            "the update waits for ever",
            "ports: [\"80:80\"]\n    deploy: {mode: global, update_config: {order: start-first}}"),
        deploy(
            "never-placed",
            "replicas: 4, placement: {max_replicas_per_node: 2}, update_config: {order: start-first}",
            "with fewer than 3 fitting nodes the update waits for ever",
            "replicas: 4, placement: {max_replicas_per_node: 2}"),
        deploy(
            "never-placed",
            "replicas: 2, placement: {max_replicas_per_node: 2, constraints: [node.hostname == a]},"
                + " rollback_config: {order: start-first}",
            "the constraints leave one node, so the rollback waits for ever",
            "replicas: 1, placement: {max_replicas_per_node: 2, constraints: [node.hostname == a]},"
                + " rollback_config: {order: start-first}"),
        deploy(
            "restarts-run-out",
            "restart_policy: {max_attempts: 4, delay: 2s}",
            "after 4 restarts since the last update",
            "restart_policy: {max_attempts: 4, delay: 15s, window: 1m}"));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void itSpeaksWhereItShould(Shown one) {
    List<Finding> found = its(one.rule(), one.fires());

    assertThat(found).isNotEmpty();
    assertThat(found.get(0).what()).contains(one.says());
  }

  @ParameterizedTest
  @MethodSource("shown")
  void itIsSilentBesideIt(Shown one) {
    assertThat(its(one.rule(), one.silent())).isEmpty();
  }

  private List<Finding> its(String rule, String lines) {
    return of(rule, "services:\n  web:\n    image: web:1\n    " + lines + "\n");
  }

  private List<Finding> of(String rule, String text) {
    return Patients.findings(folder, text).stream()
        .filter(finding -> finding.rule().equals(rule))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("movingImages")
  void anImageThatMoves(String image) {
    assertThat(of("moving-image", "services: {web: {image: \"%s\"}}".formatted(image))).hasSize(1);
  }

  static List<String> movingImages() {
    return List.of("web", "web:latest", "registry:5000/web", "a.example/shop/web:latest");
  }

  @ParameterizedTest
  @MethodSource("fixedImages")
  void anImageThatStays(String image) {
    assertThat(of("moving-image", "services: {web: {image: \"%s\"}}".formatted(image))).isEmpty();
  }

  static List<String> fixedImages() {
    return List.of("web:1", "registry:5000/web:1.2", "web@sha256:0123", "web:${TAG}");
  }

  private static final String BEHIND_TRAEFIK =
      """
      services:
        edge: {image: "traefik:v3.1", command: [--providers.swarm%s]}
        web:
          image: web:1
          deploy:
            replicas: 3
            labels: {traefik.enable: "%s", %s: "true"}
      """;

  @Test
  void traefikLearnsLateOfWhoHasGone() {
    String sticky = "traefik.http.services.web.loadbalancer.sticky.cookie";

    assertThat(of("proxy-learns-late", BEHIND_TRAEFIK.formatted("", "true", "traefik.x")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.service()).isEqualTo("edge");
              assertThat(finding.what()).contains("every 15s", "a task of web has gone");
            });
    assertThat(
            of(
                "proxy-learns-late",
                BEHIND_TRAEFIK.formatted(".refreshSeconds=1", "true", "traefik.x")))
        .isEmpty();
    assertThat(
            of("proxy-learns-late", BEHIND_TRAEFIK.formatted("", "true", "traefik.swarm.lbswarm")))
        .isEmpty();
    assertThat(of("proxy-learns-late", BEHIND_TRAEFIK.formatted("", "false", "traefik.x")))
        .isEmpty();
    assertThat(of("sticky-tasks", BEHIND_TRAEFIK.formatted("", "true", sticky))).hasSize(1);
    assertThat(of("sticky-tasks", BEHIND_TRAEFIK.formatted("", "true", "traefik.x"))).isEmpty();
  }

  @Test
  void nginxIsDoubtedOnlyBesideNamesThatAreManyAddresses() {
    String text =
        """
        services:
          edge: {image: "nginx:1.27", configs: []}
          web: {image: "web:1", deploy: {endpoint_mode: %s}}
        """;

    assertThat(of("proxy-learns-late", text.formatted("dnsrr")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.sureness()).isEqualTo(Sureness.POSSIBLE));
    assertThat(of("proxy-learns-late", text.formatted("vip"))).isEmpty();
  }

  @Test
  void anImageThatStartsSlowlyIsGivenLonger() {
    String text = "services: {a: {image: \"%s\", healthcheck: {test: /ok, interval: 5s}}}";

    assertThat(of("check-before-start", text.formatted("quay.io/keycloak/keycloak:25"))).hasSize(1);
    assertThat(of("check-before-start", text.formatted("web:1"))).isEmpty();
  }

  /** Two tasks of a database on one volume are worse than a gap. */
  @Test
  void startFirstIsNotAdvisedBlindlyWhereThereIsAVolumeOrAPortOfTheNode() {
    String service = "services: {db: {image: \"db:1\", ports: [%s], volumes: [/data:/data]}}";

    assertThat(of("one-task-stops-first", service.formatted("\"5432:5432\"")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.change()).contains("/data at the same time"));
    assertThat(
            of("one-task-stops-first", service.formatted("{target: 1, published: 1, mode: host}")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.change()).contains("two replicas on two nodes"));
  }

  @Test
  void noRuleOfTheListIsLeftOutHere() {
    List<String> elsewhere = List.of("moving-image", "proxy-learns-late", "sticky-tasks");

    assertThat(Doctor.withAllRules().rules())
        .extracting(rule -> rule.about().name())
        .allSatisfy(
            name ->
                assertThat(
                        elsewhere.contains(name)
                            || shown().stream().anyMatch(one -> one.rule().equals(name)))
                    .as(name)
                    .isTrue());
  }
}
