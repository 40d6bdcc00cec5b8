package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.check.Networks;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.json.Json;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
  private static final String HEAD = "name: x\nquestion: Why?\nstrategy: rolling\n";
  @TempDir Path folder;

  @Test
  void fillsInTheExercisesValues() {
    Scenario scenario = read(HEAD);

    assertThat(scenario.app().replicas()).isEqualTo(4);
    assertThat(scenario.app().constraints()).containsExactly("node.hostname != workerN3");
    assertThat(scenario.settings(RollingPlan.class).orElseThrow().update().delay())
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(scenario.settings(RollingPlan.class).orElseThrow().rollback().delay()).isZero();
    assertThat(scenario.settings(CanaryPlan.class)).isEmpty();
    assertThat(scenario.cluster()).isEqualTo(new ClusterPlan(1, 3));
  }

  @Test
  void anEarlierKeyMeansTheSame() {
    assertThat(read(HEAD + "app: {restartDelay: 1s, replicas: 2}\n"))
        .isEqualTo(read(HEAD + "app: {restart: {delay: 1s}, replicas: 2}\n"));
  }

  @Test
  void aRollbackHasNoDelayThoughItsOrderIsGiven() {
    Scenario scenario =
        read(HEAD + "rolling: {update: {parallelism: 2}, rollback: {order: start-first}}\n");

    assertThat(scenario.settings(RollingPlan.class).orElseThrow().update().delay())
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(scenario.settings(RollingPlan.class).orElseThrow().rollback().delay()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replcas: 3                           | 4 | replcas: unknown key
          app: {replcas: 3}                    | 4 | app.replcas: unknown key (did you mean "replicas"?)
          app:\\n  port: 80\\n  replicas: 0    | 6 | app.replicas: must be from 1 to 10000, but is 0
          app: {replicas: -2}                  | 4 | app.replicas: must be from 1 to 10000, but is -2
          app: {replicas: "4"}                 | 4 | app.replicas: wrong type: a whole number is wanted here
          app: {replicas: 1.5}                 | 4 | app.replicas: wrong type: a whole number is wanted here
          app: {replicas: 010}                 | 4 | app.replicas: wrong type: a whole number is wanted here
          app: {replicas: 99999999999}         | 4 | app.replicas: 99999999999 is too large a number
          app: {stopGrace: 25h}                | 4 | app.stopGrace: must be from 0s to 24h, but is 25h
          app: {maxPerNode: 0}                 | 4 | app.maxPerNode: must be from 1 to 10000, but is 0
          app: {hostPort: 65536}               | 4 | app.hostPort: must be from 1 to 65535, but is 65536
          app: {spread: node.labels.zone}      | 4 | app.spread: wrong type: a list is wanted here
          app: {spread: [zone]}                | 4 | app.spread[0]: "zone" is no label of nodes such as node.labels.zone
          app: {spread: [node.hostname]}       | 4 | app.spread[0]: "node.hostname" is no label of nodes
          cluster: {labels: {workerN9: {a: b}}}| 4 | cluster.labels.workerN9: there is no such node; there are [managerN, workerN1,
          cluster: {labels: {workerN1: zone}}  | 4 | cluster.labels.workerN1: wrong type: a block of keys is wanted here
          cluster: {labels: {workerN1: }}      | 4 | cluster.labels.workerN1: has no value
          cluster:\\n  labels:\\n    workerN1:\\n      zone: "a,b" | 7 | cluster.labels.workerN1.zone: "a,b" is no value that a constraint could ask for
          cluster: {labels: {workerN1: {a/b: c}}} | 4 | cluster.labels.workerN1.a/b: is no name of a label
          app: {restart: {condition: always}}  | 4 | app.restart.condition: "always" is not known; known are any, on-failure, none
          app: {restart: {condition: onfailure}} | 4 | "onfailure" is not known (did you mean "on-failure"?)
          app: {restart: {maxAttempts: 0}}     | 4 | app.restart.maxAttempts: must be from 1 to 10000, but is 0, which Swarm takes for no limit
          app:\\n  restart:\\n    maxAttempts: -1 | 6 | app.restart.maxAttempts: must be from 1 to 10000, but is -1
          app: {restart: {delay: 11m}}         | 4 | app.restart.delay: must be from 0s to 10m, but is 11m
          app: {restart: {window: 0s}}         | 4 | app.restart.window: must be from 1ms to 24h, but is 0s
          app: {restartDelay: 5s, restart: {}} | 4 | app.restartDelay: is the earlier name of app.restart.delay
          app: {restartDelay: 5}               | 4 | app.restart.delay:
          app: {reserve: {cpu: 1}}             | 4 | app.reserve.cpu: unknown key (did you mean "cpus"?)
          app: {reserve: {cpus: 0.0001}}       | 4 | app.reserve.cpus: must be from 0.001 to 1000, but is 1.0E-4
          app: {reserve: {memory: 256}}        | 4 | app.reserve.memory: "256" is no amount of memory
          app: {reserve: {memory: 256MB}}      | 4 | app.reserve.memory: "256MB" is no amount of memory
          app: {reserve: {memory: 1MiB}}       | 4 | app.reserve.memory: must be from 4MiB to 1024GiB, but is 1MiB
          app: 4                               | 4 | app: wrong type: a block of keys is wanted here
          app: {constraints: 4}                | 4 | app.constraints: wrong type: a list is wanted here
          app: {constraints: [~]}              | 4 | app.constraints[0]: has no value
          app: {v1: {env: {A: }}}              | 4 | app.v1.env.A: has no value; write "" for an empty one
          app: {v1: {env: {A: "\\x1b[1m"}}}    | 4 | app.v1.env.A: holds the control character U+001B
          rolling: {hold: 10}                  | 4 | rolling.hold: "10" is no duration
          rolling:\\n  hold: 10 sec            | 5 | rolling.hold: "10 sec" is no duration
          rolling: {hold: 9999999999999999h}   | 4 | rolling.hold: "9999999999999999h" is too long
          rolling: {backAgain: yes}            | 4 | rolling.backAgain: wrong type: true or false is wanted here
          rolling: {update: {order: stopfirst}}| 4 | "stopfirst" is not known (did you mean "stop-first"?)
          balancing: ipvs                      | 4 | balancing: "ipvs" is not known
          cluster: {managers: 2}               | 4 | cluster.managers: must be odd
          canary: {abortAfter: 1}              | 4 | canary: has settings, but the strategy is rolling
          seed: 1\\nseed: 2                    | 5 | seed: is there twice, for the first time in line 4
          app: [                               | 5 | not YAML
          app: &a {}                           | 4 | app: the anchor &a is not understood: leave it out
          app: {replicas: *a}                  | 4 | app.replicas: the alias *a is not understood: write the value out
          app: {replicas: !!int 3}             | 4 | app.replicas: the tag !!int is not understood: leave it out
          app:\\n  <<: {replicas: 3}           | 5 | app.<<: a merge key is not understood
          app: {[a]: 3}                        | 4 | app: a key must be a word
          ---\\nname: y                        | 5 | a second document begins here
          app: {constraints: [node.hostname]}  | 4 | app.constraints[0]: "node.hostname" is no constraint such as
          """)
  void refusesWithFileLineAndKey(String line, int number, String complaint) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + line.replace("\\n", "\n") + "\n"))
        .withMessageStartingWith(folder.resolve("x.yaml") + ":" + number + ": ")
        .withMessageContaining(complaint);
  }

  @Test
  void aKeyWithoutAValueIsMissing() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read("name: x\nquestion:\nstrategy:\n"))
        .withMessageContaining(":2: question: is missing")
        .withMessageContaining(":3: strategy: is missing");
  }

  @Test
  void anUnknownStrategyIsRefusedWithTheKnownOnes() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read("name: x\nquestion: Why?\nstrategy: bluegreen\n"))
        .withMessageContaining(":3: strategy: \"bluegreen\" is not known")
        .withMessageContaining("did you mean \"blue-green\"?");
  }

  @Test
  void allMistakesAreNamedAtOnceInTheOrderOfTheFile() {
    String text =
        """
        name: My Name
        strategy: canary
        app:
          replcas: 3
          port: 0
          stopGrace: 10
          v2: {env: {APP_LATENCY_MS: "5", APP_ERROR_SHARE: "many"}}
          constraints: [node.hostname == workerN9, node.role == boss]
        canary:
          steps:
            - {canary: 50}
            - {canary: 200}
          confidence: 2
        edge: {dnsValid: 1500ms}
        """;
    String known = "APP_START_DELAY_SECONDS, APP_ERROR_SHARE, APP_ERROR_AFTER_SECONDS";

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(text))
        .satisfies(
            bad ->
                assertThat(bad.getMessage().replace(folder.resolve("x.yaml") + ":", "").lines())
                    .satisfiesExactly(
                        line -> assertThat(line).startsWith("1: name: must be lower-case letters"),
                        line -> assertThat(line).isEqualTo("1: question: is missing"),
                        line ->
                            assertThat(line)
                                .startsWith("4: app.replcas: unknown key (did you mean"),
                        line ->
                            assertThat(line)
                                .isEqualTo("5: app.port: must be from 1 to 65534, but is 0"),
                        line -> assertThat(line).startsWith("6: app.stopGrace: \"10\" is no"),
                        line ->
                            assertThat(line)
                                .isEqualTo(
                                    "7: app.v2.env.APP_ERROR_SHARE: must be a number from 0 to 1,"
                                        + " not 'many'"),
                        line ->
                            assertThat(line)
                                .startsWith(
                                    "7: app.v2.env.APP_LATENCY_MS: the lab's app has no such knob"
                                        + " (did you mean \"APP_LATENCY_MILLIS\"?); it has "
                                        + known),
                        line ->
                            assertThat(line)
                                .isEqualTo(
                                    "8: app.constraints[0]: \"node.hostname == workerN9\" holds for"
                                        + " no node; there are [managerN, workerN1, workerN2,"
                                        + " workerN3]"),
                        line ->
                            assertThat(line).startsWith("8: app.constraints[1]: \"node.role =="),
                        line ->
                            assertThat(line)
                                .isEqualTo(
                                    "12: canary.steps[1].canary: must be from 1 to 100, but is"
                                        + " 200"),
                        line -> assertThat(line).startsWith("13: canary.confidence: must be from"),
                        line ->
                            assertThat(line)
                                .isEqualTo(
                                    "14: edge.dnsValid: nginx takes whole seconds here, not"
                                        + " 1s500ms")));
  }

  @Test
  void whatMayBeWrongOnlyBecauseOfAnotherMistakeIsNotNamed() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(
            () -> read("name: x\nquestion: Why?\nstrategi: canary\ncanary: {confidence: 0.9}\n"))
        .satisfies(bad -> assertThat(bad.getMessage().lines()).hasSize(1))
        .withMessageContaining(":3: strategi: unknown key (did you mean \"strategy\"?)");
  }

  @Test
  void anEscapeThatTheEndOfTheFileCutsOffIsRefusedInWords() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "app: {port: \"\\u"))
        .withMessageContaining(
            ":4: not YAML: a text in quotes that follows this has a broken escape");
  }

  @Test
  void weightsMustAddUp() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(
            () ->
                read(
                    "name: x\nquestion: Why?\nstrategy: canary\ncanary:\n  steps:\n"
                        + "    - {canary: 10, stable: 90}\n    - {canary: 30, stable: 80}\n"))
        .withMessageContaining(
            ":7: canary.steps[1]: weights must add up to 100: canary 30 + stable 80 = 110");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1KiB, 1024",
    "256MiB, 268435456",
    "1536MiB, 1610612736",
    "24GiB, 25769803776"
  })
  void amountsOfMemoryAreReadAndPrinted(String text, long bytes) {
    assertThat(Memory.parse(text).bytes()).isEqualTo(bytes);
    assertThat(new Memory(bytes).print()).isEqualTo(text);
  }

  @Test
  void aMissingFileAndAnEmptyOneAreNamed() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.yaml"), "");

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().read(folder.resolve("none.yaml")))
        .withMessageContaining("none.yaml: there is no such scenario file");
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().read(empty))
        .withMessageContaining("empty.yaml");
  }

  @Test
  void twoScenariosOfOneNameAreRefused() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), HEAD);
    Files.writeString(folder.resolve("b.yaml"), HEAD);

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().readAll(List.of(folder)))
        .withMessageContaining("the name \"x\" is taken by " + folder.resolve("a.yaml"));
  }

  @Test
  void networksListTheirAddresses() {
    Networks networks = new Networks(List.of("10.77.0.0/28", "10.77.0.100"));

    assertThat(networks.contain("10.77.0.15")).isTrue();
    assertThat(networks.contain("10.77.0.16")).isFalse();
    assertThat(networks.contain("10.77.0.100")).isTrue();
  }

  @Test
  void whatNobodyAsksForIsNotWrittenDown() throws IOException {
    assertThat(Json.strict(JsonMapper.builder()).build().writeValueAsString(read(HEAD)))
        .contains("\"workers\":3")
        .doesNotContain("during", "labels", "maxPerNode", "spread", "hostPort", "fault", "limits");
  }

  private Scenario read(String text) {
    try {
      return new ScenarioReader().read(Files.writeString(folder.resolve("x.yaml"), text));
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }
}
