package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Percent;
import io.rolloutlab.scenario.edge.EdgeKind;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.edge.NginxPlan;
import io.rolloutlab.scenario.edge.RetryOn;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.read.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoherenceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rolling    | app: {v1: {image: mine}, v2: {image: mine}} | app.v2: has the image and the env of app.v1
          blue-green | app: {v1: {image: mine, env: {A: b}}, v2: {image: mine, env: {A: b}}} | app.v2: has the image
          rolling    | app: {v2: {env: {PORT: "80"}}} | app.v2.env.PORT: is set by the lab: write app.port
          rolling    | app: {v2: {env: {APP_VERSION: v2}}} | app.v2.env.APP_VERSION: is set in the image
          rolling    | app: {v2: {env: {APP_DRAIN_SECONDS: "1.5"}}} | must be a whole number from 0 to 3600, not '1.5'
          rolling    | app: {v2: {env: {APP_NEVER_HEALTHY: "maybe"}}} | must be true or false, not 'maybe'
          rolling    | app: {v2: {env: {APP_ERROR_SHARE: nan}}} | must be a number from 0 to 1, not 'nan'
          rolling    | app: {v2: {image: "pyapp:v1", env: {APP_SPEED: "1"}}} | the lab's app has no such knob
          rolling    | app: {v2: {image: mine, env: {A=B: c}}} | app.v2.env.A=B: is no name of a variable
          rolling    | cluster: {workers: 2} | edge.constraints[0]: "node.hostname == workerN3" holds for no node; there are [managerN, workerN1, workerN2]
          rolling    | app: {constraints: [node.role == worker, node.hostname == managerN]} | app.constraints: no node meets all of
          rolling    | app: {constraints: [node.labels.disk == ssd]} | app.constraints[0]: "node.labels.disk == ssd" holds for no node; no node has the label disk, see cluster.labels
          rolling    | {cluster: {labels: {workerN1: {disk: ssd}}}, app: {constraints: [node.labels.disk == hdd]}} | "node.labels.disk == hdd" holds for no node; the label disk is [ssd on workerN1]
          rolling    | {cluster: {labels: {workerN1: {disk: ssd}}}, app: {constraints: [node.labels.Disk == ssd]}} | no node has the label Disk
          rolling    | {cluster: {labels: {workerN3: {disk: ssd}}}, app: {constraints: [node.labels.disk == ssd, node.hostname != workerN3]}} | app.constraints: no node meets all of
          rolling    | app: {constraints: [engine.labels.disk == ssd]} | the lab's engines have no labels
          rolling    | app: {maxPerNode: 1} | app.maxPerNode: is 1, and 3 nodes meet app.constraints: there are places for 3 of the 4 tasks of app.replicas
          rolling    | app: {replicas: 3, maxPerNode: 2, constraints: [node.hostname == workerN1]} | app.maxPerNode: is 2, and 1 node meets app.constraints: there are places for 2 of the 3 tasks
          rolling    | {cluster: {labels: {workerN1: {zone: a}}}, app: {replicas: 2, maxPerNode: 1, constraints: [NODE.LABELS.zone == A]}} | 1 node meets app.constraints: there are places for 1 of the 2 tasks
          canary     | {app: {replicas: 3, maxPerNode: 1}, canary: {steps: [{canary: 10}, {canary: 20, replicas: 4}], abortAfter: 1}} | app.maxPerNode: is 1, and 3 nodes meet app.constraints: there are places for 3 of the 4 tasks of canary.steps[1].replicas
          canary-ip  | {app: {replicas: 3, maxPerNode: 1}, canaryIp: {replicas: 5}} | 3 of the 5 tasks of canaryIp.replicas
          rolling    | app: {hostPort: 5050} | app.hostPort: can be taken once a node, and 3 nodes meet app.constraints: only 3 of the 4 app.replicas can run
          rolling    | app: {replicas: 3, hostPort: 8081} | app.hostPort: 8081 is taken: the edge publishes it
          rolling    | app: {replicas: 3, hostPort: 2377} | app.hostPort: 2377 is taken: every node's engine listens there
          rolling    | {balancing: vip, app: {replicas: 3, hostPort: 5000}} | app.hostPort: 5000 is taken: under vip the app's own port is published
          blue-green | {balancing: vip, app: {replicas: 3, hostPort: 5001}} | app.hostPort: 5001 is taken: under vip
          rolling    | app: {mode: global, replicas: 3} | app.replicas: can only be given where mode is replicated
          canary     | canary: {splitBy: users} | canary.splitBy: "users" is not known (did you mean "user"?); known are request, user, address, cookie, second
          canary     | app: {mode: global} | app.mode: is global, but canary scales its second service
          canary-ip  | app: {mode: global} | app.mode: is global, but canary-ip gives its second service a size of its own
          rolling    | app: {mode: global, maxPerNode: 1} | app.maxPerNode: can only be given where mode is replicated
          rolling    | alarm: {failedAbove: 5} | alarm.failedAbove: "5" is no share: write it in percent, as in 20 %
          rolling    | alarm: {failedAbove: 101 %} | alarm.failedAbove: a share must be from 0 % to 100 %, but is 101 %
          rolling    | alarm: {within: 500ms} | alarm.within: must be from 1s to 1h, but is 500ms
          rolling    | alarm: {atLeast: 0} | alarm.atLeast: must be from 1 to 1000000, but is 0
          rolling    | alarm: {reaction: 2h} | alarm.reaction: must be from 0s to 1h, but is 2h
          rolling    | alarm: {slowerThan: 0s} | alarm.slowerThan: must be from 1ms to 1h, but is 0s
          rolling    | alarm: {slowAbove: 20 %} | alarm.slowAbove: says nothing without slowerThan
          rolling    | alarm: {of: v1} | alarm.of: "v1" is not known (did you mean "v2"?); known are all, v2
          rolling    | alarm: {failingAbove: 5 %} | alarm.failingAbove: unknown key (did you mean "failedAbove"?)
          rolling    | alarm: nobody | alarm: wrong type: a block of keys, or none, is wanted here
          rolling    | edge: {kind: ngnix} | edge.kind: "ngnix" is not known (did you mean "nginx"?); known are nginx
          rolling    | edge: {nginx: {connectTimeout: 2m}} | edge.nginx.connectTimeout: must be from 1ms to 1m15s, but is 2m
          rolling    | edge: {nginx: {readTimeout: 0s}} | edge.nginx.readTimeout: must be from 1ms to 1h, but is 0s
          rolling    | edge: {nginx: {tries: 0}} | edge.nginx.tries: must be from 1 to 1000, but is 0
          rolling    | edge: {nginx: {keepalive: 0}} | edge.nginx.keepalive: must be from 1 to 1000, but is 0
          rolling    | edge: {nginx: {retryOn: []}} | edge.nginx.retryOn: must not be empty
          rolling    | edge: {nginx: {retryOn: [error, error]}} | edge.nginx.retryOn: names one case twice
          rolling    | edge: {nginx: {retryOn: [http-404]}} | edge.nginx.retryOn[0]: "http-404" is not known
          rolling    | edge: {retries: false, nginx: {retryOn: [error]}} | edge.nginx.retryOn: says after what another task is tried, but edge.retries is false
          blue-green | edge: {update: {order: start-first}} | edge.update.order: start-first needs balancing: vip
          blue-green | {balancing: dnsrr, edge: {constraints: [node.role == worker], update: {parallelism: 1}}} | edge.update: needs balancing: vip where 3 nodes meet edge.constraints (workerN1, workerN2, workerN3)
          blue-green | edge: {update: {delay: 2h}} | edge.update.delay: must be from 0s to 1h, but is 2h
          rolling    | edge: {failTimeout: 1500ms} | edge.failTimeout: nginx takes whole seconds here
          rolling    | {balancing: vip, app: {port: 8081}} | app.port: 8081 is published by the edge under vip
          blue-green | {balancing: vip, blueGreen: {greenPort: 80}} | blueGreen.greenPort: 80 is published by the edge
          rolling    | app: {startLimit: 30s, healthCheck: {}} | app.startLimit: is 30s, but the first health check of v1 that can succeed comes 30s after its start (interval 30s)
          rolling    | app: {startLimit: 8s, healthCheck: {interval: 4s}, v1: {env: {APP_START_DELAY_SECONDS: "5"}}} | comes 8s after its start (interval 4s), since v1 listens after 5s
          rolling    | app: {startLimit: 10s, healthCheck: {interval: 1s, startPeriod: 20s}, v1: {env: {APP_START_DELAY_SECONDS: "6"}}} | comes 10s after its start (every 5s for the startPeriod of 20s, then interval 1s)
          rolling    | app: {startLimit: 8s, v1: {env: {APP_START_DELAY_SECONDS: "8"}}} | is 8s, but v1 listens after 8s
          canary     | app: {startLimit: 8s, v2: {env: {APP_START_DELAY_SECONDS: "8"}}} | is 8s, but v2 listens after 8s
          rolling    | app: {v1: {env: {APP_LATENCY_MILLIS: "10000"}}} | is 10000, but the smoke test of v1 waits 10s for an answer
          blue-green | app: {v2: {env: {APP_LATENCY_MILLIS: "60000"}}} | the smoke test of v2 waits 10s
          baseline   | {baseline: {hold: 1h}, load: {ratePerSecond: 10000, limit: 2h}} | load.ratePerSecond: makes up to 36,250,000 requests in the 1h25s that this scenario can last
          """)
  void whatCannotWorkIsRefused(String strategy, String keys, String complaint) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(strategy, keys))
        .withMessageStartingWith("x.yaml:")
        .withMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          baseline | app: {v1: {image: mine}, v2: {image: mine}}
          rolling  | app: {v1: {image: mine}, v2: {image: mine, env: {A: b}}}
          rolling  | app: {v2: {image: mine, env: {APP_SPEED: "fast"}}}
          rolling  | app: {v2: {env: {APP_LATENCY_MILLIS: "60000", APP_DRAIN_SECONDS: " 1e2 "}}}
          rolling  | app: {v2: {env: {APP_START_DELAY_SECONDS: "100"}}}
          rolling  | app: {mode: global}
          rolling  | app: {mode: global, hostPort: 5050}
          blue-green | app: {mode: global, constraints: [node.role == worker]}
          blue-green | edge: {update: {}}
          blue-green | {balancing: vip, edge: {constraints: [node.role == worker], update: {order: start-first}}}
          rolling  | app: {mode: replicated, replicas: 3}
          rolling  | app: {constraints: [node.platform.os == linux, NODE.ROLE != MANAGER]}
          rolling  | {cluster: {labels: {workerN1: {zone: a, rack: "1"}, managerN: {zone: b}}}, app: {constraints: [node.labels.zone == A], spread: [node.labels.zone, node.labels.rack]}}
          rolling  | app: {constraints: [node.labels.zone != a, engine.labels.zone != a]}
          rolling  | {app: {replicas: 3, maxPerNode: 1, hostPort: 5000}, rolling: {update: {order: start-first}}}
          canary   | app: {replicas: 3, maxPerNode: 1}
          rolling  | app: {healthCheck: {interval: 3s, retries: 2}, v2: {env: {APP_START_DELAY_SECONDS: "30"}}}
          rolling  | alarm: none
          canary   | alarm: {}
          canary   | canary: {splitBy: cookie}
          rolling  | alarm: {failedAbove: "0.5%", slowerThan: 500ms, slowAbove: 20 %, of: v2, within: 1m, atLeast: 1, reaction: 0}
          rolling  | {cluster: {workers: 1000}, edge: {constraints: [node.role == manager]}, load: {ratePerSecond: 8000}}
          """)
  void whatCanWorkPasses(String strategy, String keys) {
    assertThat(read(strategy, keys).value()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rolling    | {balancing: dnsrr, edge: {maxFails: 2}} | edge.maxFails has no effect under dnsrr
          rolling    | {balancing: dnsrr, edge: {nginx: {keepalive: 8}}} | edge.nginx.keepalive has no effect under dnsrr
          rolling    | {edge: {retries: false, nginx: {tries: 2}}} | edge.nginx.tries has no effect where edge.retries is false
          rolling    | {balancing: dnsrr, edge: {replicas: 2}} | edge.replicas has no effect under dnsrr
          rolling    | {edge: {update: {parallelism: 1}}} | edge.update has no effect on users where strategy is rolling
          rolling    | {balancing: vip, edge: {dnsValid: 2s}}  | edge.dnsValid has no effect under vip
          rolling    | {app: {healthCheck: {startInterval: 2s}}} | app.healthCheck.startInterval has no effect without a startPeriod
          rolling    | {rolling: {backAgain: false, rollback: {parallelism: 2}}} | rolling.rollback has no effect where
          rolling    | {app: {constraints: [node.hostname != workerN9]}} | there is no such node; there are [managerN, workerN1,
          rolling    | {app: {constraints: [node.labels.zone != a]}} | there is no such node; no node has the label zone
          rolling    | {app: {spread: [node.labels.zone]}} | app.spread has no effect for node.labels.zone: no node has this label
          canary     | {app: {replicas: 3, hostPort: 5050}} | app.hostPort has no effect on the second service
          rolling    | {app: {replicas: 3, hostPort: 5000}} | app.hostPort is published already where auto finds that vip works
          rolling    | {expect: {stepsWithinInterval: true}} | is about a canary's steps
          rolling    | {cluster: {labels: {workerN1: {zone: a}}}, app: {mode: global, spread: [node.labels.zone]}} | app.spread has no effect where app.mode is global
          rolling    | {app: {restart: {window: 1m}}} | app.restart.window has no effect without maxAttempts
          rolling    | {app: {restart: {condition: none, delay: 1s}}} | app.restart.delay has no effect where condition is none
          rolling    | {app: {restart: {condition: none, maxAttempts: 2}}} | app.restart.maxAttempts has no effect where condition is none
          rolling    | {app: {restart: {maxAttempts: 3, window: 15s}}} | app.restart.maxAttempts has no effect where the window of 15s is no longer than 3 times the delay of 5s
          baseline   | {alarm: {}} | alarm has no effect where strategy is baseline
          rolling    | {alarm: {atLeast: 500}} | alarm has no effect since load.ratePerSecond makes some 400 requests in alarm.within, and alarm.atLeast is 500
          rolling    | {alarm: {failedAbove: 100 %, reaction: 1s}} | alarm.failedAbove has no effect at 100 %, since no more can fail
          rolling    | {app: {port: 8081}} | will be refused where auto finds that vip works
          """)
  void whatHasNoEffectIsWarnedOf(String strategy, String keys, String warning) throws Exception {
    ScenarioReader reader = new ScenarioReader();
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            "{name: x, question: 'Why?', strategy: %s,\n%s\n"
                .formatted(strategy, keys.substring(1)));

    assertThat(reader.warnings(reader.read(file)))
        .singleElement()
        .asString()
        .startsWith(file + ":2: ")
        .contains(warning);
  }

  @Test
  void whatNobodySetIsNotWarnedOf() throws Exception {
    ScenarioReader reader = new ScenarioReader();
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            "name: x\nquestion: Why?\nstrategy: rolling\nbalancing: dnsrr\ncluster: {workers: 2}\n"
                + "edge: {constraints: [node.role == manager], dnsValid: 2s}\n"
                + "app: {restart: {condition: on-failure, maxAttempts: 3, window: 15001ms}}\n");

    assertThat(reader.warnings(reader.read(file))).isEmpty();
  }

  /**
   * The reaction and a window of v1 are added; a rolling update that had no way back may get one.
   */
  @Test
  void anAlarmMakesTheLongestRunLonger() {
    String alarm = "alarm: {within: 20s, reaction: 7s}";
    String noWayBack = "{rolling: {backAgain: false}, ";

    assertThat(LongestRun.of(read("rolling", noWayBack + "alarm: none}").value()))
        .isEqualTo(Durations.parse("5m45s"));
    assertThat(LongestRun.of(read("rolling", noWayBack + alarm + "}").value()))
        .isEqualTo(Durations.parse("11m2s"));
    assertThat(LongestRun.of(read("baseline", alarm).value())).isEqualTo(Durations.parse("55s"));
  }

  @Test
  void whatIsSaidOfAnAlarmIsKept() {
    AlarmPlan alarm = read("rolling", "alarm: {slowerThan: 500ms}").value().alarm();

    assertThat(alarm.failedAbove()).isEqualTo(new Percent(0.05));
    assertThat(alarm.slowAbove()).isEqualTo(new Percent(0.5));
    assertThat(alarm.of()).isEqualTo(AlarmPlan.Whose.ALL);
    assertThat(alarm.within()).isEqualTo(Duration.ofSeconds(10));
    assertThat(alarm.atLeast()).isEqualTo(20);
    assertThat(alarm.reaction()).isEqualTo(Duration.ofSeconds(5));
    assertThat(read("rolling", "seed: 1").value().alarm()).isEqualTo(AlarmPlan.NONE);
    assertThat(read("rolling", "alarm: none").value().mayBeCalledBack()).isFalse();
    assertThat(read("rolling", "alarm: {}").value().mayBeCalledBack()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "baseline, 55s",
    "rolling, 10m45s",
    "blue-green, 3m20s",
    "canary, 6m20s",
    "canary-ip, 2m12s500ms"
  })
  void theLongestRunIsItsHoldsAndLimits(String strategy, String longest) {
    Scenario scenario = read(strategy, "seed: 1").value();

    assertThat(LongestRun.of(scenario)).isEqualTo(Durations.parse(longest));
  }

  /** Three changes and one of a rollout that is turned round: 1 m a slot, delays and monitor. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          blue-green | {balancing: dnsrr, edge: {update: {}}}          | 7m40s
          blue-green | {balancing: dnsrr, edge: {update: {delay: 2s}}} | 7m48s
          blue-green | edge: {update: {}}                              | 11m40s
          canary-ip  | {balancing: dnsrr, edge: {update: {}}}          | 5m27s500ms
          rolling    | {balancing: dnsrr, edge: {update: {}}}          | 10m45s
          """)
  void eachChangeOfRoutesMayBeAnUpdateOfTheEdge(String strategy, String keys, String longest) {
    assertThat(LongestRun.of(read(strategy, keys).value())).isEqualTo(Durations.parse(longest));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app: {replicas: 7}                                       | 7
          app: {mode: global}                                      | 3
          app: {mode: global, constraints: []}                     | 4
          app: {mode: global, constraints: [node.role == manager]} | 1
          {cluster: {workers: 9}, app: {mode: global}}             | 9
          {cluster: {labels: {workerN1: {zone: a}}}, app: {mode: global, constraints: [node.labels.zone == a]}} | 1
          """)
  void aGlobalServiceHasATaskOnEachNodeThatItsConstraintsAllow(String keys, int tasks) {
    assertThat(read("rolling", keys).value().tasks()).isEqualTo(tasks);
  }

  /** The update, Swarm's own rollback that does not end, and a way back that waits for it again. */
  @ParameterizedTest
  @CsvSource({
    "'', 2",
    "'backAgain: false', 1",
    "'update: {failureAction: rollback}', 3",
    "'update: {failureAction: rollback}, backAgain: false', 2"
  })
  void aRollingUpdateIsWaitedForOncePerWay(String settings, int limits) {
    Scenario scenario =
        read("rolling", "rolling: {hold: 0s, limit: 10m, %s}".formatted(settings)).value();

    assertThat(scenario.settings().longest(scenario)).isEqualTo(Duration.ofMinutes(10L * limits));
  }

  @Test
  void noRunIsLongerThanItsLoad() {
    Scenario scenario = read("rolling", "load: {limit: 1m}").value();

    assertThat(LongestRun.of(scenario)).isEqualTo(Duration.ofMinutes(1));
    assertThat(LongestRun.requests(scenario)).isEqualTo(2400);
  }

  @Test
  void whatIsSaidToNginxIsNothingToAnotherEdge() {
    NginxPlan said = new NginxPlan(null, null, null, 2, List.of(RetryOn.HTTP_500));
    EdgePlan nginx = new EdgePlan(EdgeKind.NGINX, null, null, null, null, null, null, said);
    EdgePlan other = new EdgePlan("other", null, null, null, null, null, null, said);

    assertThat(nginx.retried()).containsExactly(RetryOn.HTTP_500);
    assertThat(other.retried()).containsExactly(RetryOn.ERROR, RetryOn.TIMEOUT);
    assertThat(other.saidToNginx()).isEqualTo(NginxPlan.NONE);
  }

  private static StrictYaml.Read<Scenario> read(String strategy, String keys) {
    String rest = keys.startsWith("{") ? keys.substring(1) : keys + "}";
    String text = "{name: x, question: 'Why?', strategy: %s, %s".formatted(strategy, rest);
    return ScenarioReader.YAML.read(Path.of("x.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }
}
