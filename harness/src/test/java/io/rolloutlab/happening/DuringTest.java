package io.rolloutlab.happening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.json.Json;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.read.SweepReader;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.LiveLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How files say what happens beside a rollout, and what is refused of it. */
class DuringTest {
  private static final String HEAD = "name: x\nquestion: Why?\nstrategy: rolling\n";

  private static final JsonMapper JSON = Json.strict(JsonMapper.builder()).build();

  @TempDir Path folder;

  @Test
  void eachKindIsFoundByItsKey() {
    Scenario scenario =
        read(
            """
            cluster: {managers: 3}
            during:
              - {at: 20s, kill: managerN2}
              - {atPhase: rollback, drain: workerN1}
              - {at: 1m, atPhase: cool-down, activate: {node: workerN1}}
              - {at: 20s, scale: {service: pyapp, replicas: 8}}
              - {at: 30s, blink: {node: workerN2}}
            """);

    assertThat(scenario.during())
        .containsExactly(
            new Happening(Duration.ofSeconds(20), null, "kill", new KillNode.Settings("managerN2")),
            new Happening(
                Duration.ZERO,
                Happening.Phase.ROLLBACK,
                "drain",
                new DrainNode.Settings("workerN1")),
            new Happening(
                Duration.ofMinutes(1),
                Happening.Phase.COOL_DOWN,
                "activate",
                new ActivateNode.Settings("workerN1")),
            new Happening(
                Duration.ofSeconds(20), null, "scale", new ScaleService.Settings("pyapp", 8)),
            new Happening(
                Duration.ofSeconds(30),
                null,
                "blink",
                new BlinkToy.Settings("workerN2", Duration.ofSeconds(5))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          during: [{at: 1s, kil: workerN1}]     | 4 | during[0].kil: unknown key (did you mean "kill"?); known are activate, at, atPhase,
          during:\\n  - at: 1s\\n    kill: workerN1\\n    wen: 3s | 7 | during[0].wen: unknown key
          during: [{at: 1s}]                    | 4 | during[0]: says not what happens: give one of activate,
          during: [{at: 1s, kill: workerN1, drain: workerN2}] | 4 | during[0].drain: kill is there already, and one thing happens in an entry
          during: [{kill: workerN1}]            | 4 | during[0].at: is missing: say how long after the rollout starts
          during: [{at: 2h, kill: workerN1}]    | 4 | during[0].at: must be from 0s to 1h, but is 2h
          during: [{at: 10, kill: workerN1}]    | 4 | during[0].at: "10" is no duration
          during: [{atPhase: warm-up, kill: workerN1}] | 4 | during[0].atPhase: "warm-up" is not known; known are rollout, hold, rollback, reset, cool-down
          during: {at: 1s, kill: workerN1}      | 4 | during: wrong type: a list is wanted here
          during: [kill]                        | 4 | during[0]: wrong type: a block of keys is wanted here
          during: [{at: 1s, kill: }]            | 4 | during[0].kill: has no value
          during: [{at: 1s, kill: {nod: workerN1}}] | 4 | during[0].kill.nod: unknown key (did you mean "node"?); known are node
          during: [{at: 1s, kill: {}}]          | 4 | during[0].kill.node: is missing
          during:\\n  - {at: 1s, kill: workerN1}\\n  - {at: 2s, kill: workerN9} | 6 | during[1].kill.node: is "workerN9", but there are [managerN, workerN1, workerN2, workerN3]
          during:\\n  - {at: 1s, kill: workerN1}\\n  - {at: 2s, kill: workerN1} | 6 | during[1].kill.node: is workerN1, which is killed before in this list
          during: [{at: 1s, kill: managerN}]    | 4 | during[0].kill.node: must not be managerN: the lab gives its orders there
          cluster: {managers: 3}\\nduring:\\n- {at: 1s, kill: managerN2}\\n- {at: 2s, kill: managerN3} | 7 | during[1].kill.node: would leave 1 of 3 managers, which is no majority
          during: [{at: 1s, kill: workerN3}]    | 4 | during[0].kill.node: is workerN3, where the edge may be
          during: [{at: 1s, drain: workerN3}]   | 4 | during[0].drain.node: is workerN3, where the edge may be
          during: [{at: 1s, drain: workerN9}]   | 4 | during[0].drain.node: is "workerN9"
          during: [{at: 1s, activate: workerN9}] | 4 | during[0].activate.node: is "workerN9"
          during: [{at: 1s, scale: 8}]          | 4 | during[0].scale: wrong type: a block of keys is wanted here
          during: [{at: 1s, scale: {service: pyap, replicas: 8}}] | 4 | during[0].scale.service: is "pyap" (did you mean "pyapp"?), but with the strategy rolling the services that can be scaled are [pyapp]
          during: [{at: 1s, scale: {service: pyapp}}] | 4 | during[0].scale.replicas: is missing
          during: [{at: 1s, scale: {service: pyapp, replicas: -1}}] | 4 | during[0].scale.replicas: must be from 0 to 10000, but is -1
          app: {mode: global}\\nduring: [{at: 1s, scale: {service: pyapp, replicas: 2}}] | 5 | during[0].scale.service: cannot be scaled: app.mode is global
          during: [{at: 1s, blink: {node: workerN1, length: 0s}}] | 4 | during[0].blink.length: must be from 1s to 10m, but is 0s
          cluster: {loses: {node: workerN9, after: 1s}} | 4 | during[0].kill.node: is "workerN9", but there are
          cluster: {loses: {node: managerN, after: 1s}} | 4 | during[0].kill.node: must not be managerN
          cluster: {loses: {node: workerN1}}   | 4 | during[0].at: is missing
          cluster: {loses: {after: 1s}}        | 4 | during[0]: says not what happens
          cluster: {loses: {node: workerN1, after: 2h}} | 4 | during[0].at: must be from 0s to 1h, but is 2h
          cluster: {loses: {node: workerN3, after: 1s}} | 4 | during[0].kill.node: is workerN3, where the edge may be
          cluster: {loses: {node: workerN1, after: 1s}}\\nduring: [] | 4 | cluster.loses: is the earlier form of {at: TIME, kill: NODE} in during
          """)
  void refusesWithFileLineAndKey(String lines, int number, String complaint) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(lines.replace("\\n", "\n") + "\n"))
        .withMessageContaining("x.yaml:%s: ".formatted(number))
        .withMessageContaining(complaint)
        .withMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rolling    | | scale: {service: green-pyapp, replicas: 2}  | .scale.service: is "green-pyapp", but with the strategy rolling the services that can be scaled are [pyapp]
          blue-green | | scale: {service: canary-pyapp, replicas: 2} | but with the strategy blue-green the services that can be scaled are [pyapp, green-pyapp]
          canary     | | scale: {service: green-pyapp, replicas: 2}  | [pyapp, canary-pyapp]
          toy-swap   | | scale: {service: green-pyapp, replicas: 2}  | [pyapp, toy-pyapp]
          baseline   | rollback | kill: workerN1 | .atPhase: is rollback, but no run of baseline with these settings comes to it; possible are hold, cool-down
          rolling    | reset    | kill: workerN1 | .atPhase: is reset, but no run of rolling with these settings comes to it; possible are rollout, hold, rollback, cool-down
          canary     | hold     | kill: workerN1 | possible are rollout, rollback, reset, cool-down
          canary-ip  | hold     | kill: workerN1 | possible are rollout, rollback, cool-down
          toy-swap   | reset    | kill: workerN1 | possible are rollout, hold, rollback, cool-down
          """)
  void refusesAServiceAndAPhaseThatTheStrategyNeverHas(
      String strategy, String phase, String what, String complaint) {
    String when = phase == null ? "at: 1s" : "atPhase: " + phase;
    String text = HEAD.replace("rolling", strategy) + "during:\n- {%s, %s}\n".formatted(when, what);

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(text, ""))
        .withMessageContaining("x.yaml:5: during[0].")
        .withMessageContaining(complaint);
  }

  @Test
  void aRollbackThatOnlySwarmMayBeginCanBeWaitedFor() {
    String during = "during: [{atPhase: rollback, kill: workerN1}]\n";

    assertThat(
            read("rolling: {backAgain: false, update: {failureAction: rollback}}\n" + during)
                .during())
        .hasSize(1);
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read("rolling: {backAgain: false}\n" + during))
        .withMessageContaining("x.yaml:5: during[0].atPhase: is rollback, but no run of rolling")
        .withMessageContaining("possible are rollout, hold, cool-down");
  }

  @Test
  void everyPhaseThatCanBeNamedIsOneOfARun() {
    assertThat(Stream.of(PhaseKind.values()).map(Enum::name))
        .containsAll(Stream.of(Happening.Phase.values()).map(Enum::name).toList());
  }

  @Test
  void anEarlierKeyMeansTheSame() throws IOException {
    assertThat(read("cluster: {managers: 3, loses: {node: managerN2, after: 20s}}\n"))
        .isEqualTo(read("cluster: {managers: 3}\nduring: [{at: 20s, kill: managerN2}]\n"));
    String sweep = "name: x\nquestion: Why?\nvary: {delay: [1s]}\nscenario:\n  %s\n";

    Sweep earlier = sweep(sweep.formatted("cluster: {loses: {node: workerN1, after: 3s}}"));

    assertThat(earlier).isEqualTo(sweep(sweep.formatted("during: [{at: 3s, kill: workerN1}]")));
    assertThat(earlier.cells().get(0).scenario().during()).hasSize(1);
  }

  private Sweep sweep(String text) throws IOException {
    return new SweepReader().read(Files.writeString(folder.resolve("sweep.yaml"), text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          node.hostname != workerN1            | true
          node.hostname == workerN2            | true
          node.role == manager                 | true
          node.role != WORKER                  | true
          node.role == worker                  | false
          node.platform.os == linux            | false
          node.hostname == workern1            | false
          node.labels.edge != yes              | false
          node.labels.edge == yes              | true
          """)
  void nginxMustBeKeptOffANodeThatLosesItsTasks(String constraint, boolean kept) {
    for (String kind : List.of("kill", "drain")) {
      String text =
          """
          cluster: {labels: {workerN2: {edge: 'yes'}}}
          edge: {constraints: [%s]}
          during: [{at: 0s, %s: workerN1}]
          """
              .formatted(constraint, kind);
      if (kept) {
        assertThat(read(text).edge().constraints()).containsExactly(constraint);
      } else {
        assertThatExceptionOfType(InvalidScenarioException.class)
            .isThrownBy(() -> read(text))
            .withMessageContaining("x.yaml:6: ")
            .withMessageContaining("add \"node.hostname != workerN1\"");
      }
    }
  }

  @Test
  void aHistoryHasItAsItWasAskedFor() throws JsonProcessingException {
    Scenario scenario =
        read("during: [{atPhase: cool-down, at: 2s, scale: {service: pyapp, replicas: 3}}]\n");

    String written = JSON.writeValueAsString(scenario);

    assertThat(written)
        .contains(
            "\"during\":[{\"at\":\"2s\",\"atPhase\":\"cool-down\","
                + "\"scale\":{\"service\":\"pyapp\",\"replicas\":3}}]");
    assertThat(JSON.readValue(written, Scenario.class)).isEqualTo(scenario);
  }

  /** A run that somebody made with a kind of their own is judged without it. */
  @Test
  void aKindThatThisLabDoesNotHaveIsKeptAsItIs() throws JsonProcessingException {
    String written =
        JSON.writeValueAsString(read("during: [{at: 1s, kill: workerN1}]\n"))
            .replace("\"kill\":{\"node\"", "\"freeze\":{\"cores\"");

    Scenario scenario = JSON.readValue(written, Scenario.class);

    assertThat(scenario.during()).extracting(Happening::kind).containsExactly("freeze");
    assertThat(JSON.writeValueAsString(scenario)).isEqualTo(written);
  }

  @Test
  void aLossThatAnOlderManifestAsksForIsRead() throws IOException {
    try (HistoryWriter writer =
        new HistoryWriter(folder, SampleFindings.history(Strategy.ROLLING, 1).manifest())) {
      writer.flush();
    }
    Path manifest = folder.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(
        manifest,
        text.replaceFirst(
            "\"workers\" : 3",
            "\"workers\" : 3, \"loses\": {\"node\": \"workerN2\", \"after\": \"20s\"}"));

    assertThat(HistoryReader.manifest(folder).scenario().during())
        .containsExactly(
            new Happening(Duration.ofSeconds(20), null, "kill", new KillNode.Settings("workerN2")));
  }

  @Test
  void aRealSwarmIsSparedWhatOneMachineCannotCarry() {
    Scenario scenario = read("during: [{at: 1s, scale: {service: pyapp, replicas: 1001}}]\n");

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> LiveLimits.check(scenario))
        .withMessageContaining("replicas in during may be at most 1000 on a real Swarm");
  }

  private Scenario read(String lines) {
    return read(HEAD, lines);
  }

  private Scenario read(String head, String lines) {
    try {
      return new ScenarioReader().read(Files.writeString(folder.resolve("x.yaml"), head + lines));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
