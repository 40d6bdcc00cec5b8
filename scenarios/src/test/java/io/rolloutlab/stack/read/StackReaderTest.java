package io.rolloutlab.stack.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackEndpoint;
import io.rolloutlab.stack.StackFailureAction;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackMode;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.StackOrder;
import io.rolloutlab.stack.StackPort;
import io.rolloutlab.stack.StackResource;
import io.rolloutlab.stack.StackRestart;
import io.rolloutlab.stack.StackService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docker stack deploy takes is read, with its lines and with the defaults of docker. */
class StackReaderTest {
  @TempDir Path folder;

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Stack read(String text, Map<String, String> environment) {
    return new StackReader(environment).read(List.of(file("stack.yaml", text)));
  }

  private StackService one(String text) {
    return read(text, Map.of()).services().get(0);
  }

  private Place line(int line) {
    return new Place(folder.resolve("stack.yaml").toString(), line);
  }

  @Test
  void aServiceOfWhichNothingIsSaidHasTheDefaultsOfDockerAndSwarm() {
    StackService web = one("services:\n  web:\n    image: shop/web:1.2\n");

    assertThat(web.image()).isEqualTo(FileValue.given("shop/web:1.2", line(3)));
    assertThat(web.place()).isEqualTo(line(2));
    assertThat(web.scale().mode()).isEqualTo(FileValue.byDefault(StackMode.REPLICATED, line(2)));
    assertThat(web.scale().replicas().value()).isEqualTo(1);
    assertThat(web.scale().endpoint().value()).isEqualTo(StackEndpoint.VIP);
    for (var way : List.of(web.update(), web.rollback())) {
      assertThat(way.given()).isFalse();
      assertThat(way.parallelism().value()).isEqualTo(1);
      assertThat(way.delay().value()).isZero();
      assertThat(way.monitor().value()).isEqualTo(Duration.ofSeconds(5));
      assertThat(way.failureAction().value()).isEqualTo(StackFailureAction.PAUSE);
      assertThat(way.maxFailureRatio().value()).isZero();
      assertThat(way.order().value()).isEqualTo(StackOrder.STOP_FIRST);
    }
    assertThat(web.health().test().value()).isEqualTo(StackHealth.Test.IMAGE);
    assertThat(web.health().interval().value()).isEqualTo(Duration.ofSeconds(30));
    assertThat(web.health().timeout().value()).isEqualTo(Duration.ofSeconds(30));
    assertThat(web.health().retries().value()).isEqualTo(3);
    assertThat(web.health().startPeriod().value()).isZero();
    assertThat(web.stop().grace().value()).isEqualTo(Duration.ofSeconds(10));
    assertThat(web.restart().condition().value()).isEqualTo(StackRestart.Condition.ANY);
    assertThat(web.restart().delay().value()).isEqualTo(Duration.ofSeconds(5));
    assertThat(web.restart().maxAttempts().value()).isZero();
    assertThat(web.placement().maxPerNode().value()).isZero();
    assertThat(web.ports()).isEmpty();
  }

  @Test
  void everythingThatDecidesARolloutIsReadWithItsLine() {
    StackService web =
        one(
            """
            version: "3.8"
            services:
              web:
                image: web:1
                stop_grace_period: 1m30s
                stop_signal: SIGQUIT
                healthcheck:
                  test: ["CMD", "curl", "-f", "http://localhost/"]
                  interval: 1.5s
                  timeout: 2s
                  retries: 5
                  start_period: 20s
                deploy:
                  replicas: 4
                  endpoint_mode: dnsrr
                  update_config:
                    parallelism: 2
                    delay: 10s
                    order: start-first
                    monitor: 30s
                    failure_action: rollback
                    max_failure_ratio: 0.25
                  rollback_config:
                    parallelism: 0
                    failure_action: continue
                  restart_policy:
                    condition: on-failure
                    delay: 2s
                    max_attempts: 3
                    window: 2m
                  resources:
                    limits: {cpus: "0.5", memory: 512M}
                    reservations: {cpus: "0.25", memory: 1.5G}
                  placement:
                    max_replicas_per_node: 1
                    constraints: [node.role == worker, "node.labels.zone != a"]
                    preferences:
                      - spread: node.labels.zone
            """);

    assertThat(web.stop().grace()).isEqualTo(FileValue.given(Duration.ofSeconds(90), line(5)));
    assertThat(web.stop().signal().value()).isEqualTo("SIGQUIT");
    assertThat(web.health().test()).isEqualTo(FileValue.given(StackHealth.Test.COMMAND, line(8)));
    assertThat(web.health().interval())
        .isEqualTo(FileValue.given(Duration.ofMillis(1500), line(9)));
    assertThat(web.health().patience()).isEqualTo(Duration.ofMillis(7500));
    assertThat(web.health().startPeriod())
        .isEqualTo(FileValue.given(Duration.ofSeconds(20), line(12)));
    assertThat(web.scale().replicas()).isEqualTo(FileValue.given(4, line(14)));
    assertThat(web.scale().endpoint().value()).isEqualTo(StackEndpoint.DNSRR);
    assertThat(web.update().place()).isEqualTo(line(16));
    assertThat(web.update().parallelism()).isEqualTo(FileValue.given(2, line(17)));
    assertThat(web.update().order()).isEqualTo(FileValue.given(StackOrder.START_FIRST, line(19)));
    assertThat(web.update().monitor().value()).isEqualTo(Duration.ofSeconds(30));
    assertThat(web.update().failureAction().value()).isEqualTo(StackFailureAction.ROLLBACK);
    assertThat(web.update().maxFailureRatio().value()).isEqualTo(0.25);
    assertThat(web.rollback().parallelism()).isEqualTo(FileValue.given(0, line(24)));
    assertThat(web.rollback().order())
        .isEqualTo(FileValue.byDefault(StackOrder.STOP_FIRST, line(23)));
    assertThat(web.restart().condition().value()).isEqualTo(StackRestart.Condition.ON_FAILURE);
    assertThat(web.restart().maxAttempts()).isEqualTo(FileValue.given(3, line(29)));
    assertThat(web.restart().window().value()).isEqualTo(Duration.ofMinutes(2));
    assertThat(web.resources().limitCpus().value()).isEqualTo(new BigDecimal("0.5"));
    assertThat(web.resources().limitBytes().value()).isEqualTo(512L << 20);
    assertThat(web.resources().reservedBytes().value()).isEqualTo(1536L << 20);
    assertThat(web.placement().maxPerNode().value()).isEqualTo(1);
    assertThat(web.placement().constraints())
        .extracting(FileValue::value)
        .containsExactly("node.role == worker", "node.labels.zone != a");
    assertThat(web.placement().spread())
        .extracting(FileValue::value)
        .containsExactly("node.labels.zone");
  }

  @Test
  void portsAreReadInBothForms() {
    StackService web =
        one(
            """
            services:
              web:
                image: web:1
                ports:
                  - 80
                  - "8080:81"
                  - 127.0.0.1:8443:443/udp
                  - "9000-9001:90-91"
                  - target: 53
                    published: 5353
                    protocol: udp
                    mode: host
                  - {target: 82, published: "${PORT:-8082}"}
            """);

    assertThat(web.ports())
        .containsExactly(
            new StackPort(line(5), 80, 0, "tcp", false),
            new StackPort(line(6), 81, 8080, "tcp", false),
            new StackPort(line(7), 443, 8443, "udp", false),
            new StackPort(line(8), 90, 9000, "tcp", false),
            new StackPort(line(8), 91, 9001, "tcp", false),
            new StackPort(line(9), 53, 5353, "udp", true),
            new StackPort(line(13), 82, 8082, "tcp", false));
    assertThat(web.hostPort()).contains(new StackPort(line(9), 53, 5353, "udp", true));
  }

  @Test
  void anchorsAndMergesKeepTheLineThatIsWritten() {
    List<StackService> services =
        read(
                """
                x-update: &update
                  parallelism: 2
                  order: start-first
                x-deploy: &deploy
                  replicas: 3
                  update_config:
                    <<: *update
                    delay: 1s
                services:
                  a:
                    image: a:1
                    deploy: *deploy
                  b:
                    image: b:1
                    deploy:
                      <<: [*deploy]
                      replicas: 5
                """,
                Map.of())
            .services();

    assertThat(services).extracting(StackService::name).containsExactly("a", "b");
    assertThat(services.get(0).scale().replicas()).isEqualTo(FileValue.given(3, line(5)));
    assertThat(services.get(1).scale().replicas()).isEqualTo(FileValue.given(5, line(17)));
    assertThat(services.get(1).update().parallelism()).isEqualTo(FileValue.given(2, line(2)));
    assertThat(services.get(1).update().delay())
        .isEqualTo(FileValue.given(Duration.ofSeconds(1), line(8)));
  }

  @Test
  void aHundredServicesMayShareOneAnchor() {
    StringBuilder text = new StringBuilder("x-deploy: &deploy {replicas: 2}\nservices:\n");
    for (int i = 0; i < 100; i++) {
      text.append("  s%s: {image: \"s:1\", deploy: *deploy}\n".formatted(i));
    }

    assertThat(read(text.toString(), Map.of()).services())
        .hasSize(100)
        .allSatisfy(service -> assertThat(service.scale().replicas().value()).isEqualTo(2));
  }

  @Test
  void variablesComeFromTheEnvironmentThenFromTheFileBesideThenFromTheirDefault() {
    file(".env", "# ours\nexport TAG=\"1.2\" # quoted\nREPLICAS=4\nEMPTY=\n");

    Stack stack =
        read(
            """
            services:
              web:
                image: ${REGISTRY:-reg.example/}web:$TAG
                command: echo $$HOME ${EMPTY:-full} ${EMPTY-none}
                deploy:
                  replicas: ${REPLICAS}
                  update_config: {delay: "${DELAY:-3}s", parallelism: "${AT_ONCE-2}"}
            """,
            Map.of("REPLICAS", "6"));
    StackService web = stack.services().get(0);

    assertThat(web.image().value()).isEqualTo("reg.example/web:1.2");
    assertThat(web.command()).containsExactly("echo $HOME full ");
    assertThat(web.scale().replicas()).isEqualTo(FileValue.given(6, line(6)));
    assertThat(web.update().delay().value()).isEqualTo(Duration.ofSeconds(3));
    assertThat(web.update().parallelism().value()).isEqualTo(2);
    assertThat(stack.notes())
        .contains(
            new StackNote(
                line(3),
                "these variables are in .env alone, which docker stack deploy does not read: export"
                    + " EMPTY, TAG"));
  }

  @Test
  void aVariableThatNobodyHasSetIsSaid() {
    Stack stack =
        read("services: {web: {image: \"${REG}web:${TAG}\", command: \"${TAG}\"}}", Map.of());

    assertThat(stack.services().get(0).image().value()).isEqualTo("web:");
    assertThat(stack.notes())
        .containsExactly(
            new StackNote(
                line(1),
                "nobody has set these variables, and docker takes the empty text for them: REG, TAG"));
  }

  @Test
  void laterFilesAreLaidOverEarlierOnes() {
    Path base =
        file(
            "base.yaml",
            """
            services:
              web:
                image: web:1
                command: [serve]
                ports: ["80:8080", "81:8081"]
                environment: [A=1, B=2]
                deploy:
                  replicas: 3
                  labels: {tier: front}
                  update_config: {delay: 10s, parallelism: 2}
                  placement: {constraints: [node.role == worker]}
            """);
    Path over =
        file(
            "over.yaml",
            """
            services:
              web:
                image: web:2
                command: [serve, quickly]
                ports:
                  - {target: 9090, published: 80, mode: host}
                deploy:
                  labels: [zone=a]
                  update_config: {delay: 0s, parallelism: 0}
                  placement: {constraints: [node.labels.disk == ssd]}
              more:
                image: more:1
            """);

    List<StackService> services = new StackReader(Map.of()).read(List.of(base, over)).services();
    StackService web = services.get(0);

    assertThat(services).extracting(StackService::name).containsExactly("web", "more");
    assertThat(web.image()).isEqualTo(FileValue.given("web:2", new Place(over.toString(), 3)));
    assertThat(web.command()).containsExactly("serve", "quickly");
    assertThat(web.ports())
        .containsExactly(
            new StackPort(new Place(base.toString(), 5), 8081, 81, "tcp", false),
            new StackPort(new Place(over.toString(), 6), 9090, 80, "tcp", true));
    assertThat(web.labels()).containsOnlyKeys("tier", "zone");
    assertThat(web.scale().replicas().place()).isEqualTo(new Place(base.toString(), 8));
    assertThat(web.update().delay().value())
        .as("docker cannot tell 0 from nothing")
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(web.update().parallelism().value()).isZero();
    assertThat(web.placement().constraints())
        .extracting(FileValue::value)
        .containsExactly("node.role == worker", "node.labels.disk == ssd");
  }

  @Test
  void whatDockerIgnoresIsSaidByLine() {
    Stack stack =
        read(
            """
            services:
              web:
                image: web:1
                build: .
                container_name: web
                depends_on: [db]
                privileged: true
              db:
                image: db:1
            """,
            Map.of());

    assertThat(stack.notes())
        .extracting(note -> note.place().line() + " " + note.what())
        .containsExactly(
            "4 services.web.build: docker stack deploy ignores it",
            "5 services.web.container_name: docker stack deploy ignores it",
            "6 services.web.depends_on: docker stack deploy ignores it: all services of a stack start"
                + " at once",
            "7 services.web.privileged: docker stack deploy ignores it");
  }

  /** Docker says that it ignores restart, and takes it for the policy where there is no other. */
  @Test
  void restartIsThePolicyWhereThereIsNoOther() {
    StackService web = one("services: {web: {image: \"web:1\", restart: \"on-failure:3\"}}");

    assertThat(web.restart().condition().value()).isEqualTo(StackRestart.Condition.ON_FAILURE);
    assertThat(web.restart().maxAttempts()).isEqualTo(FileValue.given(3, line(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable: true", "test: [NONE]"})
  void aHealthCheckCanBeSwitchedOff(String how) {
    StackService web = one("services: {web: {image: \"web:1\", healthcheck: {%s}}}".formatted(how));

    assertThat(web.health().test().value()).isEqualTo(StackHealth.Test.NONE);
  }

  @Test
  void theFirstProbeComesAnIntervalAfterTheStartUnlessAStartIntervalIsSaid() {
    String text =
        """
        services:
          web: {image: "web:1", healthcheck: {test: "true", interval: 20s, start_period: 30s%s}}
        """;

    assertThat(one(text.formatted("")).health().firstProbe()).isEqualTo(Duration.ofSeconds(20));
    assertThat(one(text.formatted(", start_interval: 1s")).health().firstProbe())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void resourcesOfTheTopLevelAndWhoUsesThemAreRead() {
    Stack stack =
        read(
            """
            services:
              web:
                image: web:1
                networks: [front, default]
                volumes:
                  - data:/var/lib/data
                  - ./conf:/etc/conf:ro
                  - {type: volume, source: cache, target: /cache}
                configs: [nginx]
                secrets: [{source: key, target: /run/key}]
            networks: {front: {external: true, name: edge}}
            volumes: {data: , cache: {driver: local}}
            configs: {nginx: {file: ./nginx.conf}}
            secrets: {key: {external: {name: old}}}
            """,
            Map.of());
    StackService web = stack.services().get(0);

    assertThat(web.uses().networks())
        .extracting(FileValue::value)
        .containsExactly("front", "default");
    assertThat(web.uses().mounts())
        .extracting(FileValue::value)
        .containsExactly("data", "./conf", "cache");
    assertThat(web.uses().configs()).extracting(FileValue::value).containsExactly("nginx");
    assertThat(web.uses().secrets()).extracting(FileValue::value).containsExactly("key");
    assertThat(stack.resources())
        .extracting(StackResource::section, StackResource::name, StackResource::external)
        .containsExactly(
            tuple("networks", "front", true),
            tuple("volumes", "data", false),
            tuple("volumes", "cache", false),
            tuple("configs", "nginx", false),
            tuple("secrets", "key", true));
  }

  @Test
  void jobsAndGlobalServicesAreRead() {
    assertThat(one("services: {a: {image: \"a:1\", deploy: {mode: global}}}").scale().isGlobal())
        .isTrue();
    assertThat(
            one("services: {a: {image: \"a:1\", deploy: {mode: replicated-job}}}")
                .scale()
                .isReplicated())
        .isFalse();
  }

  @Test
  void ofSeveralDocumentsDockerReadsTheFirst() {
    Stack stack = read("services: {a: {image: \"a:1\"}}\n---\nservices: 7\n", Map.of());

    assertThat(stack.services()).hasSize(1);
    assertThat(stack.notes())
        .extracting(StackNote::what)
        .singleElement()
        .asString()
        .contains("first");
  }

  @Test
  void aChangeOfAServiceIsThatOfAFileLaidOverLastAndHeldToTheVersionOfTheFiles() {
    Path old =
        file(
            "old.yaml",
            "version: \"3.4\"\nservices:\n  web: {image: a, deploy: {replicas: 3}}\n  other: {image: b}\n");
    StackReader reader = new StackReader(Map.of());

    Stack changed =
        reader.changed(
            List.of(old),
            new StackChange("web", Map.of("deploy.update_config.order", "start-first")));

    assertThat(changed.services()).extracting(StackService::name).containsExactly("web", "other");
    assertThat(changed.services().get(0).update().isStartFirst()).isTrue();
    assertThat(changed.services().get(0).scale().replicas().value()).isEqualTo(3);
    assertThat(changed.services().get(1).update().isStartFirst()).isFalse();
    assertThatThrownBy(
            () ->
                reader.changed(
                    List.of(old),
                    new StackChange("web", Map.of("deploy.rollback_config.order", "start-first"))))
        .isInstanceOf(InvalidStackException.class)
        .hasMessageContaining("rollback_config");
  }
}
