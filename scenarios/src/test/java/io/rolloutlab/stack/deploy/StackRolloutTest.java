package io.rolloutlab.stack.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.asked.Asking;
import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docker is given of a file, and that each change is told with its line. */
class StackRolloutTest {
  private static final String SHOP =
      """
      version: "3.8"
      services:
        web:
          image: shop/web:7
          command: ["serve", "--all"]
          user: www-data
          ports:
            - "8443:443"
          environment:
            APP_COLOUR: red
          healthcheck:
            test: ["CMD", "curl", "localhost"]
            interval: 2s
          stop_grace_period: 20s
          deploy:
            replicas: 3
            update_config: {order: start-first, delay: 1s}
        db:
          image: postgres:16
          volumes: ["data:/var/lib/postgresql/data"]
          secrets: [password]
          deploy:
            placement:
              constraints:
                - node.labels.disk == ssd
                - node.hostname == atlas
      volumes: {data: }
      secrets:
        password: {external: true}
      """;

  @TempDir Path folder;

  private Path file;

  private StackRollout asked(String text, String service) {
    try {
      file = Files.writeString(folder.resolve("shop.yaml"), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return asked("shop", read(), service);
  }

  private SaidStack read() {
    return new StackReader(Map.of()).readSaid(List.of(file));
  }

  private static StackRollout asked(String name, SaidStack text, String service) {
    return StackRollout.of(name, text, service, Asking.update(service).andBack(), Cast.ALL_PLAYED);
  }

  private static JsonNode said(DeployedText text, String version) {
    try {
      return new ObjectMapper().readTree(text.of(version, UnaryOperator.identity()));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private void told(DeployedText text, int line, String what) {
    assertThat(text.notes())
        .anySatisfy(
            note -> {
              assertThat(note.place().line()).isEqualTo(line);
              assertThat(note.place().file()).isEqualTo(file.toString());
              assertThat(note.what()).contains(what);
            });
  }

  @Test
  void theAppStandsInForEveryImageAndListensWhereTheFilePublishes() {
    DeployedText text = asked(SHOP, "web").deployed(Balancing.DNSRR, "lab");

    JsonNode v1 = said(text, "v1");
    JsonNode v2 = said(text, "v2");
    assertThat(v1.at("/services/web/image").asText()).isEqualTo("pyapp:v1");
    assertThat(v2.at("/services/web/image").asText()).isEqualTo("pyapp:v2");
    assertThat(v2.at("/services/db/image").asText()).isEqualTo("pyapp:v1");
    JsonNode web = v1.at("/services/web");
    assertThat(web.at("/environment/PORT").asText()).isEqualTo("443");
    assertThat(web.at("/environment").size()).as("the app refuses APP_COLOUR").isOne();
    assertThat(web.at("/labels/io.rolloutlab.version").asText()).isEqualTo("v1");
    assertThat(v2.at("/services/web/labels/io.rolloutlab.version").asText()).isEqualTo("v2");
    assertThat(v2.at("/services/db").has("labels")).isFalse();
    assertThat(web.has("command")).isFalse();
    assertThat(web.has("user")).isFalse();
    assertThat(v1.at("/services/db").has("volumes")).isFalse();
    assertThat(texts(web.at("/healthcheck/test"))).containsExactly("CMD", "healthy");
    assertThat(web.at("/healthcheck/interval").asText()).isEqualTo("2s");
    assertThat(web.at("/stop_grace_period").asText()).isEqualTo("20s");
    told(text, 4, "web: the lab's app stands in for shop/web:7 and listens on port 443");
    told(text, 5, "web: command is left out");
    told(text, 6, "web: user is left out");
    told(text, 9, "web: environment is left out");
    told(text, 12, "web: the health check asks the lab's app");
    told(text, 19, "db: the lab's app stands in for postgres:16 and listens on port 5000");
    told(text, 20, "db: volumes is left out");
  }

  @Test
  void onlyWhatTheBalancingNeedsIsChangedOfTheWayIn() {
    DeployedText byAddress = asked(SHOP, "web").deployed(Balancing.DNSRR, "lab");
    DeployedText virtual = asked(SHOP, "web").deployed(Balancing.VIP, "lab");

    JsonNode web = said(byAddress, "v1").at("/services/web");
    assertThat(web.has("ports")).isFalse();
    assertThat(web.at("/deploy/endpoint_mode").asText()).isEqualTo("dnsrr");
    told(byAddress, 8, "web: port 8443:443 is not published");
    told(byAddress, 15, "web: endpoint_mode is dnsrr in place of vip");
    JsonNode same = said(virtual, "v1").at("/services/web");
    assertThat(texts(same.at("/ports"))).containsExactly("8443:443");
    assertThat(same.at("/deploy").has("endpoint_mode")).isFalse();
    assertThat(virtual.notes()).noneMatch(note -> note.what().contains("port 8443"));
  }

  @Test
  void theEdgeHasANetworkWithTheServiceThatIsRolledOut() {
    DeployedText text = asked(SHOP, "web").deployed(Balancing.DNSRR, "lab");

    JsonNode whole = said(text, "v1");
    assertThat(texts(whole.at("/services/web/networks"))).containsExactly("default", "lab");
    assertThat(whole.at("/networks/lab/external/name").asText()).isEqualTo("lab");
    assertThat(whole.at("/services/db").has("networks")).isFalse();
    told(text, 3, "web: it is in the network of the lab's edge as well");
  }

  @Test
  void ofANetworkWithTheEdgesNameBothStay() {
    DeployedText text =
        asked(
                """
                services:
                  web: {image: "web:1", networks: {lab: {aliases: [www]}, of-others: }}
                networks:
                  lab: {driver_opts: {encrypted: ""}}
                  of-others: {external: true, name: proxy}
                """,
                "web")
            .deployed(Balancing.DNSRR, "lab");

    JsonNode whole = said(text, "v1");
    assertThat(whole.at("/networks/lab/driver_opts").has("encrypted")).isTrue();
    assertThat(whole.at("/networks/lab-edge/external/name").asText()).isEqualTo("lab");
    assertThat(whole.at("/networks/of-others").isEmpty()).isTrue();
    assertThat(texts(whole.at("/services/web/networks/lab/aliases"))).containsExactly("www");
    assertThat(whole.at("/services/web/networks").has("lab-edge")).isTrue();
    told(text, 5, "network of-others: the lab has none of others");
  }

  @Test
  void nobodysSecretsAreTakenOutOfTheirFiles() {
    DeployedText text = asked(SHOP, "web").deployed(Balancing.DNSRR, "lab");

    JsonNode whole = said(text, "v1");
    assertThat(whole.at("/secrets/password/file").asText()).isEqualTo(DeployedText.MADE_UP);
    assertThat(whole.at("/secrets/password").size()).isOne();
    assertThat(texts(whole.at("/services/db/secrets"))).containsExactly("password");
    told(text, 29, "secret password: its content is made up by the lab");
  }

  @Test
  void aRangeThatHoldsAPortOfTheEdgeIsNotPublishedEither() {
    String text =
        """
        services:
          web:
            image: web:1
            ports:
              - "9090:90"
              - "78-82:78-82"
              - "8082-8090:8082-8090/tcp"
            deploy: {placement: {constraints: [node.role != manager]}}
          agent:
            image: agent:1
            healthcheck: {test: check, interval: 90s}
        """;
    StackRollout asked = asked("version: \"3.8\"\n" + text, "web");
    DeployedText deployed = asked.deployed(Balancing.VIP, "lab");

    assertThat(texts(said(deployed, "v1").at("/services/web/ports")))
        .containsExactly("9090:90", "8082-8090:8082-8090/tcp");
    assertThat(deployed.notes().toString()).doesNotContain("no node of the lab can be told by it");
    assertThat(asked.longestStart()).isGreaterThan(Duration.ofSeconds(90));
    assertThat(asked.longestStart()).isGreaterThan(asked.scenario().app().startLimit());
  }

  /** The text lies in the run's folder, which people hand on. */
  @Test
  void whatVariablesPutIntoAFileDoesNotComeOutOfIt() {
    Map<String, String> mine = Map.of("MINE", "hunter2");
    String text =
        """
        version: "3.8"
        services:
          web:
            image: web:1
            build: {context: ., args: {TOKEN: "${MINE}"}}
            environment: ["PASSWORD=${MINE}"]
            command: serve --key ${MINE}
            labels: {auth: "admin:${MINE}"}
            x-mine: ${MINE}
            volumes: ["share:/data"]
            deploy: {labels: ["auth=${MINE}"]}
        volumes:
          share: {driver_opts: {type: cifs, o: "password=${MINE}"}}
        """;
    try {
      file = Files.writeString(folder.resolve("mine.yaml"), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    SaidStack read = new StackReader(mine).readSaid(List.of(file));
    DeployedText deployed = asked("mine", read, "web").deployed(Balancing.DNSRR, "lab");

    assertThat(read.said().toString()).contains("hunter2");
    for (String version : List.of("v1", "v2")) {
      assertThat(deployed.of(version, UnaryOperator.identity())).doesNotContain("hunter2");
    }
    assertThat(deployed.notes().toString()).doesNotContain("hunter2");
    told(deployed, 8, "web: labels is left out");
    told(deployed, 11, "web: deploy.labels is left out");
  }

  @Test
  void dockerAloneIsToldWhatVariablesPutIntoANetwork() throws IOException {
    file =
        Files.writeString(
            folder.resolve("net.yaml"),
            """
            version: "3.13"
            services:
              web: {image: "web:1", networks: {back: {driver_opts: {id: "${MINE}"}}, front: }}
            networks:
              back:
                driver_opts:
                  encrypted: ""
                  vault/key~1: ${MINE}
                labels:
                  team: shop
                  auth: "${MINE}"
              front:
                labels: ["auth=${MINE}", "team=shop"]
            """);
    SaidStack read = new StackReader(Map.of("MINE", "hunter2")).readSaid(List.of(file));
    DeployedText deployed = asked("net", read, "web").deployed(Balancing.DNSRR, "lab");

    JsonNode shown = new ObjectMapper().readTree(deployed.shown("v1"));
    assertThat(said(deployed, "v1").at("/networks/back/driver_opts").path("vault/key~1").asText())
        .isEqualTo("hunter2");
    assertThat(shown.toString()).doesNotContain("hunter2");
    assertThat(shown.at("/networks/back/driver_opts").path("vault/key~1").asText())
        .isEqualTo("(masked)");
    assertThat(shown.at("/networks/back/driver_opts").path("encrypted").asText("none")).isEmpty();
    assertThat(shown.at("/networks/back/labels/team").asText()).isEqualTo("shop");
    assertThat(texts(shown.at("/networks/front/labels"))).containsExactly("(masked)", "team=shop");
    assertThat(shown.at("/services/web/image").asText()).isEqualTo("pyapp:v1");
    assertThat(deployed.notes().toString()).doesNotContain("hunter2");
    assertThat(shown.at("/services/web/networks/back/driver_opts/id").asText())
        .isEqualTo("(masked)");
    told(deployed, 3, "network back: what a variable puts into driver_opts is masked");
    told(deployed, 8, "network back: what a variable puts into driver_opts is masked");
    told(deployed, 11, "network back: what a variable puts into labels is masked");
    told(deployed, 13, "network front: what a variable puts into labels is masked");
  }

  @Test
  void nodesHaveTheLabelsThatAreAskedForAndWhatNobodyCanBeIsLeftOut() {
    StackRollout asked = asked(SHOP, "web");
    DeployedText text = asked.deployed(Balancing.DNSRR, "lab");

    Scenario scenario = asked.scenario();
    String edge = scenario.edge().constraints().get(0).replaceFirst(".*== ", "");
    assertThat(scenario.cluster().labelsOf("workerN1")).containsEntry("disk", "ssd");
    assertThat(scenario.cluster().labelsOf(edge)).isEmpty();
    JsonNode whole = said(text, "v1");
    assertThat(texts(whole.at("/services/db/deploy/placement/constraints")))
        .containsExactly("node.labels.disk == ssd");
    assertThat(texts(whole.at("/services/web/deploy/placement/constraints")))
        .containsExactly("node.hostname != " + edge);
    told(text, 25, "db: the lab's nodes, but the edge's, get the label");
    told(text, 26, "db: the constraint \"node.hostname == atlas\" is left out");
    told(text, 15, "web: constraints of the lab come: [node.hostname != " + edge + "]");
  }

  @Test
  void whatTheLabsNodesCannotHoldIsWhatTheScenarioHas() {
    StackRollout asked =
        asked(
            """
            services:
              web:
                image: web:1
                ports: [{mode: host, target: 3000, published: 80}]
                deploy:
                  replicas: 40
                  update_config:
                    parallelism: 20
                  resources:
                    limits: {cpus: "4", memory: 10M}
                    reservations: {memory: 8G}
              job:
                image: job:1
                deploy: {replicas: 30}
            """,
            "web");
    DeployedText text = asked.deployed(Balancing.DNSRR, "lab");

    Scenario scenario = asked.scenario();
    JsonNode deploy = said(text, "v1").at("/services/web/deploy");
    assertThat(deploy.at("/replicas").asInt()).isEqualTo(scenario.tasks()).isLessThan(40);
    assertThat(deploy.at("/update_config/parallelism").asInt())
        .isEqualTo(scenario.settings().updates().orElseThrow().forward().parallelism())
        .isLessThan(20);
    assertThat(deploy.at("/resources").has("reservations")).isFalse();
    assertThat(deploy.at("/resources/limits").has("cpus")).isFalse();
    assertThat(deploy.at("/resources/limits/memory").asText()).isEqualTo("64M");
    JsonNode port = said(text, "v1").at("/services/web/ports/0");
    assertThat(port.at("/published").asInt()).isEqualTo(scenario.app().hostPort()).isNotEqualTo(80);
    assertThat(port.at("/target").asInt()).isEqualTo(scenario.app().port()).isEqualTo(3000);
    assertThat(said(text, "v1").at("/services/job/deploy/replicas").asInt()).isEqualTo(12);
    told(text, 4, "in place of 80, which the lab has taken");
    told(text, 6, "web: replicas is %s in place of 40".formatted(scenario.tasks()));
    told(text, 8, "web: update_config.parallelism is");
    told(text, 10, "web: the limit of 4 cores is left out");
    told(text, 11, "web: reservations are left out");
    told(text, 14, "job: replicas is 12 in place of 30");
  }

  @Test
  void balancingIsTheFilesOrTheKernels() {
    String byAddress = "services: {web: {image: \"web:1\", deploy: {endpoint_mode: dnsrr}}}";

    assertThat(asked(SHOP, "web").scenario().balancing()).isEqualTo(Balancing.AUTO);
    assertThat(asked(byAddress, "web").scenario().balancing()).isEqualTo(Balancing.DNSRR);
    assertThat(asked(byAddress, "web").deployed(Balancing.DNSRR, "lab").notes())
        .noneMatch(note -> note.what().contains("endpoint_mode"));
  }

  @Test
  void anOldVersionIsRaisedWhereTheEndpointModeNeedsIt() {
    DeployedText text =
        asked("version: \"3.1\"\nservices: {web: {image: \"web:1\"}}", "web")
            .deployed(Balancing.DNSRR, "lab");

    assertThat(said(text, "v1").at("/version").asText()).isEqualTo("3.2");
    told(text, 1, "version is 3.2 in place of 3.1");
  }

  @Test
  void patienceStretchesWhatTheFileDoesNotSay() {
    StackRollout usual = asked(SHOP, "web");
    StackRollout patient =
        StackRollout.of(
            "shop",
            read(),
            "web",
            Asking.update("web").andBack().patiently(new Patience(3)),
            Cast.ALL_PLAYED);

    AppPlan app = patient.scenario().app();
    assertThat(app.startLimit()).isEqualTo(usual.scenario().app().startLimit().multipliedBy(3));
    assertThat(patient.longestStart()).isEqualTo(usual.longestStart().multipliedBy(3));
    assertThat(patient.scenario().settings().updateLimit())
        .isEqualTo(usual.scenario().settings().updateLimit().multipliedBy(3));
    assertThat(patient.scenario().load().limit())
        .isGreaterThan(usual.scenario().load().limit().multipliedBy(2));
    assertThat(patient.scenario().waiting()).isEqualTo(new Patience(3));
    assertThat(app.healthCheck()).isEqualTo(usual.scenario().app().healthCheck());
    assertThat(said(patient.deployed(Balancing.DNSRR, "lab"), "v2"))
        .as("what docker is given is the same")
        .isEqualTo(said(usual.deployed(Balancing.DNSRR, "lab"), "v2"));
  }

  @Test
  void aServiceThatIsNotThereIsSaidWithThoseThatAre() {
    assertThatThrownBy(() -> asked(SHOP, "www"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--service www: the stack has no such service; it has web, db");
  }

  @Test
  void aJobIsNotRolledOut() {
    String job = "services: {web: {image: \"web:1\", deploy: {mode: replicated-job}}}";

    assertThatThrownBy(() -> asked(job, "web"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("web is a job");
  }

  @Test
  void aBadV2IsSoInTheVariablesOfTheServiceThatIsRolledOut() {
    StackRollout good = asked(SHOP, "web");
    AppFault fault = new AppFault.Crashes(Duration.ofSeconds(7));
    Asking asking = Asking.update("web").withFault(fault, Duration.ofMinutes(1));

    StackRollout bad = StackRollout.of("shop", read(), "web", asking, Cast.ALL_PLAYED);

    DeployedText text = bad.deployed(Balancing.VIP, "lab");
    String crashes = "/environment/APP_CRASH_AFTER_SECONDS";
    assertThat(said(text, "v2").at("/services/web" + crashes).asText()).isEqualTo("7");
    assertThat(said(text, "v2").at("/services/web/environment/PORT").asText()).isEqualTo("443");
    assertThat(said(text, "v2").at("/services/db" + crashes).isMissingNode()).isTrue();
    assertThat(said(text, "v1").at("/services/web" + crashes).isMissingNode()).isTrue();
    told(text, 4, "web: v2 ends with exit code 1");
    assertThat(bad.scenario().app().v2().fault()).isEqualTo(fault);
    assertThat(bad.scenario().mayBeCalledBack()).as("what Swarm does by itself is asked").isFalse();
    assertThat(bad.isLike(good)).isFalse();
  }

  @Test
  void whatDockerIsGivenAlikeIsLike() {
    StackRollout one = asked(SHOP, "web");

    assertThat(one.isLike(asked(SHOP + "# a remark\n", "web"))).isTrue();
    assertThat(one.isLike(asked(SHOP.replace("delay: 1s", "delay: 2s"), "web"))).isFalse();
  }
}
