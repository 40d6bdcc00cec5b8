package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.command.EdgeConfig;
import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Secrets;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.swarm.cluster.SystemTimeline;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.trial.CourseOn;
import io.rolloutlab.twin.TwinTestbed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who types the printed commands gets what the lab made. The commands come from the course of each
 * scenario on the twin; docker's own client types them on the manager.
 */
class TypedCommandsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What no delivered scenario sets. */
  private static final String EVERY_SETTING =
      """
      name: every-setting
      question: Is every setting typed as it is sent?
      strategy: rolling
      cluster: {labels: {workerN1: {zone: a, rack: "my 1st"}, workerN2: {zone: b}}}
      app:
        replicas: 2
        constraints: [node.role == worker, node.labels.zone != c]
        maxPerNode: 1
        spread: [node.labels.zone, node.labels.rack]
        hostPort: 5050
        reserve: {cpus: 0.25, memory: 64MiB}
        limits: {cpus: 0.5, memory: 128MiB}
        port: 5005
        stopGrace: 3s
        restart: {condition: on-failure, delay: 1s, maxAttempts: 3, window: 2m}
        healthCheck: {command: "healthy || exit 1", interval: 2s, timeout: 1500ms, retries: 5, startPeriod: 4s, startInterval: 700ms}
        v1: {env: {GREETING: "it's v1; $HOME", APP_DRAIN_SECONDS: "5"}}
        v2: {env: {GREETING: "it's \\"v2\\"", DB_PASSWORD: "s3 cret"}, fault: {errors: 5 %}}
      rolling:
        update: {parallelism: 0, delay: 1s, order: start-first, monitor: 2s, maxFailureRatio: 0.25, failureAction: rollback}
        rollback: {parallelism: 2, delay: 500ms, order: start-first, monitor: 1s, maxFailureRatio: 0.5, failureAction: continue}
      """;

  /** Two services with one task a node, the second to be removed. */
  private static final String GLOBAL =
      """
      name: global-blue-green
      question: Is a global service typed as it is sent?
      strategy: blue-green
      app: {mode: global, constraints: [node.role == worker, node.hostname != workerN3]}
      load: {ratePerSecond: 10, warmUp: 2s, coolDown: 2s}
      """;

  @TempDir private static Path folder;

  private static TypingNodes nodes;
  private static int histories;

  @BeforeAll
  static void startTheCluster() {
    nodes = new TypingNodes(scenario(delivered("blue-green")));
    nodes.start();
  }

  @AfterAll
  static void takeDown() throws IOException {
    if (nodes != null) {
      nodes.close();
    }
  }

  @AfterEach
  void removeEverything() {
    nodes.removeEverything();
  }

  @TestFactory
  Stream<DynamicTest> swarmIsAskedForTheSameWhoeverAsks() throws IOException {
    nodes.drain(true);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(Engine.home().resolve("scenarios"))) {
      found.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
    }
    files.add(Files.writeString(folder.resolve("every-setting.yaml"), EVERY_SETTING));
    files.add(Files.writeString(folder.resolve("global-blue-green.yaml"), GLOBAL));
    return files.stream()
        .map(TypedCommandsIT::scenario)
        .flatMap(
            scenario ->
                Stream.of(Balancing.VIP, Balancing.DNSRR)
                    .map(
                        balancing ->
                            DynamicTest.dynamicTest(
                                scenario.name() + " " + balancing,
                                () -> compare(scenario, balancing))));
  }

  /** Nothing is left out here: docker waits for its tasks, nginx is reloaded, users are served. */
  @Test
  void aStudentsGreenServes() {
    SwarmNode edge = nodes.node("workerN3");
    switchesServe(scenario(delivered("blue-green")), edge, edge);
  }

  /** The same where nginx has its routes as a config, which a manager is told. */
  @Test
  void aStudentsGreenServesByAConfig() {
    Scenario scenario = scenario(delivered("more/blue-green-by-config"));
    switchesServe(scenario, nodes.node("workerN3"), nodes.manager());
  }

  /**
   * @param typed where the commands are typed that change the routes
   */
  private static void switchesServe(Scenario scenario, SwarmNode edge, SwarmNode typed) {
    nodes.drain(false);
    Course course = play(scenario, nodes.balancing(), null, () -> {});
    int changes = 0;
    for (Event.Step step : course.steps()) {
      if (step.edgeConfig().isEmpty()) {
        step.commands().forEach(command -> nodes.type(nodes.manager(), command));
      } else {
        nodes.write(typed, "routes.conf", step.edgeConfig());
        step.commands().forEach(command -> nodes.type(typed, command));
        awaitVersion(edge, course.versions().get(changes++));
      }
    }
    assertThat(course.versions()).containsExactly("v1", "v2", "v1", "v2");
    assertThat(changes).isEqualTo(4);
  }

  /** Of the edge's configs, too, what is typed is what is sent. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void theEdgesConfigsAreTypedAsTheyAreSent(Balancing balancing) {
    nodes.drain(true);
    Scenario scenario = scenario(delivered("more/blue-green-by-config"));
    List<Event.Step> steps = play(scenario, balancing, null, () -> {}).steps();
    List<Event.Step> changes =
        steps.stream().filter(step -> !step.edgeConfig().isEmpty()).limit(2).toList();
    List<String> asked = new ArrayList<>();
    try (HistoryWriter history = history(scenario, balancing);
        LiveTestbed live = nodes.testbed(scenario, balancing, history)) {
      for (Event.Step change : changes) {
        int number = asked.size() + 1;
        nodes.order(
            live, new EdgeConfig(number, EdgeDialects.of(scenario.edge())), change.edgeConfig());
        asked.add(SwarmLook.at(nodes.manager().api()));
      }
    }
    removeEverything();

    steps.get(0).commands().forEach(line -> nodes.type(nodes.manager(), detached(line)));
    for (int i = 0; i < changes.size(); i++) {
      nodes.write(nodes.manager(), "routes.conf", changes.get(i).edgeConfig());
      changes.get(i).commands().forEach(line -> nodes.type(nodes.manager(), detached(line)));
      assertThat(SwarmLook.at(nodes.manager().api()))
          .as("%s", changes.get(i).commands())
          .isEqualTo(asked.get(i));
    }
  }

  private void compare(Scenario scenario, Balancing balancing) {
    try {
      typeWhatTheLabDid(scenario, balancing);
    } finally {
      removeEverything();
    }
  }

  private void typeWhatTheLabDid(Scenario scenario, Balancing balancing) {
    List<String> asked = new ArrayList<>();
    Course course;
    try (HistoryWriter history = history(scenario, balancing);
        LiveTestbed live = nodes.testbed(scenario, balancing, history)) {
      asked.add(SwarmLook.at(nodes.manager().api()));
      course =
          play(
              scenario,
              balancing,
              live.swarm(),
              () -> asked.add(SwarmLook.at(nodes.manager().api())));
    }
    removeEverything();

    List<Event.Step> orders =
        course.steps().stream().filter(step -> step.edgeConfig().isEmpty()).toList();
    assertThat(orders).hasSameSizeAs(asked);
    for (int i = 0; i < orders.size(); i++) {
      orders
          .get(i)
          .commands()
          .forEach(line -> nodes.type(nodes.manager(), detached(secrets(scenario) + line)));
      assertThat(SwarmLook.at(nodes.manager().api()))
          .as("%s: %s", orders.get(i).label(), orders.get(i).commands())
          .isEqualTo(asked.get(i));
    }
  }

  /**
   * What was done in a course.
   *
   * @param steps that have commands
   * @param versions that got all requests, after each change of the routes
   */
  private record Course(List<Event.Step> steps, List<String> versions) {}

  /**
   * @param second gets every order as well; null for nobody
   */
  private static Course play(
      Scenario scenario, Balancing balancing, Swarm second, Runnable afterOrder) {
    List<Event> events = new ArrayList<>();
    try (HistoryWriter history = history(scenario, balancing);
        TwinTestbed twin =
            new TwinTestbed(
                scenario,
                balancing,
                Calibrated.DELIVERED.settings(),
                history,
                events::add,
                () -> false)) {
      CourseOn.play(
          new Stage(scenario, second == null ? twin : new DoubledOrders(twin, second, afterOrder)));
    }
    return new Course(
        events.stream()
            .filter(Event.Step.class::isInstance)
            .map(Event.Step.class::cast)
            .filter(step -> !step.commands().isEmpty())
            .toList(),
        events.stream()
            .filter(Event.EdgeChange.class::isInstance)
            .map(event -> ((Event.EdgeChange) event).routes().get(0).version())
            .toList());
  }

  /**
   * The nodes are drained, so there is nothing that docker's client could wait for. What it asks
   * for is the same with the flag.
   */
  private static String detached(String line) {
    return line.replaceFirst("docker service (create|update|scale|rollback) ", "$0--detach ");
  }

  /** Printed commands name secrets only: who types them has them in the environment. */
  private static String secrets(Scenario scenario) {
    return Stream.of(scenario.app().v1(), scenario.app().v2())
        .flatMap(version -> version.env().entrySet().stream())
        .filter(variable -> Secrets.isSecret(variable.getKey()))
        .map(variable -> "export %s='%s'; ".formatted(variable.getKey(), variable.getValue()))
        .distinct()
        .collect(Collectors.joining());
  }

  private static void awaitVersion(SwarmNode edge, String version) {
    URI users = edge.local("http", SwarmNode.HTTP);
    SystemTimeline.poll("users are served by " + version, () -> missing(users, version), PATIENCE);
  }

  private static Optional<String> missing(URI users, String version) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(users).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.ofString());
      String got = answer.headers().firstValue("X-App-Version").orElse("none");
      return got.equals(version) && answer.statusCode() == 200
          ? Optional.empty()
          : Optional.of("status %s, version %s".formatted(answer.statusCode(), got));
    } catch (IOException notYet) {
      return Optional.of(String.valueOf(notYet.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static Path delivered(String name) {
    return Engine.home().resolve("scenarios").resolve(name + ".yaml");
  }

  private static Scenario scenario(Path file) {
    return new ScenarioReader().read(file);
  }

  private static HistoryWriter history(Scenario scenario, Balancing balancing) {
    return new HistoryWriter(
        folder.resolve(String.valueOf(++histories)),
        new Manifest(
            "it-typed",
            Manifest.Origin.TWIN,
            scenario,
            0,
            new Manifest.Software("test", false, "", ""),
            balancing,
            "for a test",
            Manifest.Ground.UNKNOWN,
            Map.of()));
  }
}
