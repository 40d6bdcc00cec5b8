package io.rolloutlab.stack.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.asked.AskedWords;
import io.rolloutlab.stack.asked.Asking;
import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays of services that run their own image, what of them is told, and what is refused. */
class OwnImagesTest {
  private static final String SHOP =
      """
      version: "3.8"
      services:
        web:
          image: shop/web:7
          command: ["serve", "--key=${MINE}"]
          entrypoint: /start
          environment:
            - COLOUR=red
            - TOKEN
            - PASSWORD=${MINE}
          env_file: web.env
          labels: {team: shop}
          hostname: shop
          ports: ["8443:443"]
          healthcheck: {test: ["CMD", "curl", "localhost"], interval: 2s, start_period: 20s}
          configs: [site]
          secrets: [password, theirs]
          volumes:
            - files:/files
            - /srv/shop/uploads:/uploads
            - /var/run/docker.sock:/var/run/docker.sock
            - {type: bind, source: /srv/shop/more, target: /more}
            - /etc/localtime:/etc/localtime:ro
            - shared:/shared
          logging: {driver: gelf, options: {gelf-address: "udp://logs:12201"}}
          deploy:
            replicas: 2
            labels: {traefik.enable: "true"}
            resources: {limits: {memory: 32M}}
        db:
          image: postgres:16
          command: postgres -c fsync=off
          volumes: ["data:/var/lib/postgresql/data"]
          secrets: [root]
      configs: {site: {file: ./site.conf, name: "site-1"}}
      secrets:
        password: {file: ./password.txt}
        theirs: {external: true}
        root: {file: ./not-there}
      volumes:
        files: {}
        data: {}
        shared: {driver: nfs, driver_opts: {share: "nas:/shop"}}
      """;

  /** What is in it is of no interest. */
  private static final String PLAIN =
      "services: {web: {image: \"shop/web:7\", ports: [\"80:8080\"]}}";

  @TempDir Path folder;

  @BeforeEach
  void writeFilesBeside() {
    write("site.conf", "listen 443;");
    write("password.txt", "hunter2");
    write("web.env", "MODE=new");
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private SaidStack read(String name, String text) {
    return new StackReader(Map.of("MINE", "hunter2", "TOKEN", "hunter3"))
        .readSaid(List.of(write(name, text)));
  }

  private StackRollout asked(String text, Cast cast) {
    return StackRollout.of(
        "shop", read("shop.yaml", text), "web", Asking.update("web").andBack(), cast);
  }

  private static Cast own() {
    return Cast.playing(Set.of()).to("shop/web:8");
  }

  private static Cast ownButDb() {
    return Cast.playing(Set.of("db")).to("shop/web:8");
  }

  private static JsonNode said(DeployedText text, String version) {
    return parsed(text.of(version, UnaryOperator.identity()));
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private void told(DeployedText text, String file, int line, String what) {
    String where = "%s:%s: ".formatted(folder.resolve(file), line);
    assertThat(text.notes())
        .anyMatch(note -> note.print().startsWith(where) && note.what().contains(what));
  }

  private void refused(String what, String text, Cast cast) {
    assertThatThrownBy(() -> asked(text, cast))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what);
  }

  @Test
  void whatIsForTheImageStaysWhereThatRuns() {
    StackRollout asked = asked(SHOP, ownButDb());
    DeployedText text = asked.deployed(Balancing.DNSRR, "lab");

    JsonNode web = said(text, "v1").at("/services/web");
    assertThat(web.at("/image").asText()).isEqualTo("shop/web:7");
    assertThat(said(text, "v2").at("/services/web/image").asText()).isEqualTo("shop/web:8");
    assertThat(texts(web.at("/command"))).containsExactly("serve", "--key=hunter2");
    assertThat(web.at("/entrypoint").asText()).isEqualTo("/start");
    assertThat(texts(web.at("/environment")))
        .containsExactly("COLOUR=red", "TOKEN=hunter3", "PASSWORD=hunter2");
    assertThat(texts(web.at("/healthcheck/test"))).containsExactly("CMD", "curl", "localhost");
    assertThat(web.at("/hostname").asText()).isEqualTo("shop");
    assertThat(web.at("/labels/team").asText()).isEqualTo("shop");
    assertThat(web.at("/labels/io.rolloutlab.version").asText()).isEqualTo("v1");
    assertThat(web.at("/deploy/labels/traefik.enable").asText()).isEqualTo("true");
    assertThat(web.at("/deploy/resources/limits/memory").asText()).isEqualTo("32M");
    assertThat(text.notes())
        .noneMatch(note -> note.what().startsWith("web: the health check"))
        .noneMatch(note -> note.what().startsWith("web: command"));
    JsonNode db = said(text, "v2").at("/services/db");
    assertThat(db.at("/image").asText()).isEqualTo("pyapp:v1");
    assertThat(db.has("command")).isFalse();
    told(text, "shop.yaml", 31, "db: the lab's app stands in for postgres:16");
  }

  @Test
  void whatFilesBesideHoldGoesToDockerAndNowhereElse() {
    DeployedText text = asked(SHOP, ownButDb()).deployed(Balancing.DNSRR, "lab");

    JsonNode whole = said(text, "v1");
    assertThat(whole.at("/configs/site/file").asText()).isEqualTo("config-site");
    assertThat(whole.at("/configs/site/name").asText()).isEqualTo("site-1");
    assertThat(texts(whole.at("/services/web/env_file"))).containsExactly("variables-web-0");
    assertThat(text.files("v2").get("secret-password"))
        .isEqualTo("hunter2".getBytes(StandardCharsets.UTF_8));
    assertThat(text.files("v1"))
        .containsOnlyKeys("config-site", "secret-password", "variables-web-0");
    assertThat(whole.at("/secrets/theirs/file").asText()).isEqualTo(DeployedText.MADE_UP);
    assertThat(whole.at("/secrets/root/file").asText()).isEqualTo(DeployedText.MADE_UP);
    told(text, "shop.yaml", 38, "secret theirs: its content is made up by the lab, which has");
    told(text, "shop.yaml", 39, "secret root: its content is made up by the lab, since no service");
  }

  /** Docker takes them of its own environment, and on the lab's node that is another one. */
  @Test
  void variablesThatAFileOnlyNamesHaveTheCallersValues() {
    write("web.env", "MODE=new\n# TOKEN\n  TOKEN\r\nMINE=\nNOBODY\nEMPTY=\nTOKENS=2\n");
    DeployedText text = asked(SHOP, ownButDb()).deployed(Balancing.DNSRR, "lab");

    assertThat(new String(text.files("v1").get("variables-web-0"), StandardCharsets.UTF_8))
        .isEqualTo("MODE=new\n# TOKEN\nTOKEN=hunter3\nMINE=hunter2\n\nEMPTY=\nTOKENS=2\n");
    told(text, "shop.yaml", 11, "web: web.env names NOBODY without a value, and nobody has set it");
    assertThat(text.notes().stream().filter(note -> note.what().contains("without a value")))
        .hasSize(1);
  }

  @Test
  void aFileOfVariablesHasNoRoomForLines() {
    write("web.env", "KEY\n");
    write("shop.yaml", PLAIN.replace("}}", ", env_file: web.env}}"));
    SaidStack text =
        new StackReader(Map.of("KEY", "one\ntwo")).readSaid(List.of(folder.resolve("shop.yaml")));

    assertThatThrownBy(() -> StackRollout.of("shop", text, "web", Asking.update("web"), own()))
        .hasMessageContaining("shop.yaml:1: the value of KEY has more than one line");
  }

  @Test
  void whatIsOnOtherMachinesIsTold() {
    DeployedText text = asked(SHOP, ownButDb()).deployed(Balancing.DNSRR, "lab");

    JsonNode whole = said(text, "v1");
    assertThat(texts(whole.at("/services/web/volumes")))
        .containsExactly(
            "files:/files",
            "/uploads",
            "/var/run/docker.sock:/var/run/docker.sock",
            "/more",
            "shared:/shared");
    assertThat(whole.at("/volumes/shared").isEmpty()).isTrue();
    assertThat(whole.at("/volumes").has("files")).isTrue();
    assertThat(whole.at("/volumes").has("data")).as("a stand-in has no volume").isFalse();
    assertThat(whole.at("/services/web").has("logging")).isFalse();
    told(text, "shop.yaml", 20, "web: each task has an empty volume at /uploads in place of");
    told(text, "shop.yaml", 21, "web: /var/run/docker.sock is that of the lab's node");
    told(text, "shop.yaml", 22, "web: each task has an empty volume at /more");
    told(text, "shop.yaml", 23, "web: /etc/localtime is left out");
    told(text, "shop.yaml", 25, "web: logging is left out");
    told(text, "shop.yaml", 43, "volume shared: each of the lab's nodes has an empty one");
  }

  /** People hand on what lies in the run's folder. */
  @Test
  void wordsForTheImageStayOutOfTheRunsFolder() {
    DeployedText text = asked(SHOP, ownButDb()).deployed(Balancing.DNSRR, "lab");

    for (String version : List.of("v1", "v2")) {
      String shown = text.shown(version);
      assertThat(shown).doesNotContain("hunter").doesNotContain("COLOUR=red");
      JsonNode web = parsed(shown).at("/services/web");
      assertThat(texts(web.at("/environment"))).contains("COLOUR=(masked)", "TOKEN=(masked)");
      assertThat(web.at("/labels/io.rolloutlab.version").asText()).isEqualTo(version);
      assertThat(web.at("/deploy/replicas").asInt()).isEqualTo(2);
    }
    assertThat(parsed(text.shown("v2")).at("/services/web/image").asText()).isEqualTo("shop/web:8");
    assertThat(text.isShownInPart("v2")).isTrue();
    assertThat(asked(PLAIN, own()).deployed(Balancing.DNSRR, "lab").isShownInPart("v2"))
        .as("only its image and its port are said")
        .isFalse();
    assertThat(text.notes().toString()).doesNotContain("hunter");
  }

  @Test
  void theScenarioIsAboutTheImages() {
    Scenario scenario = asked(SHOP, ownButDb().listening(9000)).scenario();

    assertThat(scenario.app().v1().image()).isEqualTo("shop/web:7");
    assertThat(scenario.app().v2().image()).isEqualTo("shop/web:8");
    assertThat(scenario.app().port()).isEqualTo(9000);
    assertThat(scenario.balancing()).as("the address tells the version").isEqualTo(Balancing.DNSRR);
    assertThat(scenario.question()).contains("its own image").doesNotContain("good");
    assertThat(scenario.app().startLimit())
        .as("nobody knows how long it takes")
        .isGreaterThan(asked(SHOP, Cast.ALL_PLAYED).scenario().app().startLimit());
  }

  @Test
  void imagesAreToldOnceAndInFull() {
    StackRollout asked =
        asked(
            """
            services:
              web: {image: pyapp, ports: ["80:5000"]}
              worker: {image: pyapp}
              cache: {image: "redis@sha256:4b"}
              proxy: {image: "localhost:5000/proxy"}
              db: {image: "postgres:16"}
            """,
            Cast.playing(Set.of("db")).to("pyapp:v2"));

    assertThat(asked.ownImages().stream().map(OwnImage::name))
        .as("the lab's own app is called pyapp:v1 and pyapp:v2")
        .containsExactly(
            "pyapp:latest",
            "redis@sha256:4b",
            "localhost:5000/proxy:latest",
            "docker.io/library/pyapp:v2");
    assertThat(asked.hasStandIns()).isTrue();
    assertThat(asked(PLAIN, own()).hasStandIns()).isFalse();
    DeployedText text = asked.deployed(Balancing.DNSRR, "lab");
    assertThat(said(text, "v2").at("/services/worker/image").asText()).isEqualTo("pyapp:latest");
    assertThat(said(text, "v2").at("/services/worker").has("labels")).isFalse();
  }

  @Test
  void anImageThatCannotBeHadIsToldWithItsLineAndTheWayOut() {
    SaidStack next =
        read("next.yaml", PLAIN.replace("}}", ", deploy: {update_config: {delay: 5s}}}}"));
    StackRollout byFile = asked(PLAIN, Cast.playing(Set.of()).to(next));

    assertThat(byFile.missing(byFile.ownImages().get(0), "no such host"))
        .startsWith(folder.resolve("shop.yaml") + ":1: web: the engine has no image \"shop/web:7\"")
        .contains("(no such host)")
        .contains("--stand-in=web; --stand-in alone")
        .doesNotContain("--to");
    StackRollout byImage = asked(PLAIN, own());
    assertThat(byImage.missing(byImage.ownImages().get(0), "no such host"))
        .contains("no image \"shop/web:7\"")
        .endsWith("without --to, in both cases");
    assertThat(byImage.missing(byImage.ownImages().get(1), "no such host"))
        .startsWith("--to: web: the engine has no image \"shop/web:8\"")
        .endsWith("without --to, in both cases");
    StackRollout byKey = asked(PLAIN, own().askedIn(AskedWords.KEYS));
    assertThat(byKey.missing(byKey.ownImages().get(1), "no such host"))
        .startsWith("candidate.image: web: the engine has no image \"shop/web:8\"")
        .contains("with stack.standIn: [web]; stack.standIn: all has it play")
        .endsWith("without candidate.image, in both cases");
  }

  /** Else the next run would tell of the next one. */
  @Test
  void allWhoRunAnImageThatCannotBeHadAreToldAtOnce() {
    StackRollout asked =
        asked(
            """
            services:
              web: {image: shop:7, ports: ["80:5000"]}
              worker: {image: "shop:8"}
              mail: {image: "shop:8"}
            """,
            Cast.playing(Set.of()).to("shop:8"));
    Path file = folder.resolve("shop.yaml");

    assertThat(asked.ownImages().stream().map(OwnImage::name)).containsExactly("shop:7", "shop:8");
    assertThat(asked.missing(asked.ownImages().get(1), "no such host"))
        .startsWith(
            "%1$s:3: worker, %1$s:4: mail, --to: web: the engine has no image \"shop:8\""
                .formatted(file))
        .contains("--stand-in=worker,mail,web; --stand-in alone");
  }

  /** A second file names the same service once more. */
  @Test
  void aServiceOfBothFilesIsToldOnce() {
    SaidStack next = read("next.yaml", PLAIN.replace("}}", ", command: serve}}"));

    assertThat(asked(PLAIN, Cast.playing(Set.of()).to(next)).ownImages().get(0).uses())
        .extracting(OwnImage.Use::service)
        .containsExactly("web");
  }

  @Test
  void anotherFileIsDeployedOverTheFirst() {
    SaidStack next =
        read(
            "next.yaml",
            """
            services:
              web:
                image: shop/web:7
                command: serve --new
                ports: ["80:8080"]
                deploy:
                  replicas: 9
                  update_config: {parallelism: 3}
              db: {image: "postgres:17"}
              queue: {image: "rabbitmq:3"}
              same: {image: "same:1"}
            """);
    StackRollout asked =
        asked(
            """
            services:
              web:
                image: shop/web:7
                ports: ["80:8080"]
                deploy: {replicas: 6, rollback_config: {parallelism: 2}}
              db: {image: "postgres:16"}
              same: {image: "same:1"}
              old: {image: "old:1"}
            """,
            Cast.playing(Set.of()).to(next));
    DeployedText text = asked.deployed(Balancing.DNSRR, "lab");

    JsonNode v2 = said(text, "v2");
    assertThat(v2.at("/services/web/command").asText()).isEqualTo("serve --new");
    assertThat(v2.at("/services/web/deploy/replicas").asInt()).isEqualTo(6);
    assertThat(v2.at("/services/web/deploy/update_config/parallelism").asInt()).isEqualTo(3);
    assertThat(v2.at("/services/db/image").asText()).isEqualTo("postgres:17");
    assertThat(said(text, "v1").at("/services/db/image").asText()).isEqualTo("postgres:16");
    assertThat(said(text, "v1").at("/services/web/deploy").has("update_config")).isFalse();
    told(text, "next.yaml", 7, "web: replicas is 6 in place of 9");
    told(text, "next.yaml", 9, "db: it is another one in this file, so docker updates it");
    told(text, "next.yaml", 10, "queue: it comes with this file");
    told(text, "shop.yaml", 8, "old: " + folder.resolve("next.yaml") + " does not name it");
    assertThat(text.notes()).noneMatch(note -> note.what().startsWith("same: it"));
    assertThat(asked.ownImages().stream().map(OwnImage::name))
        .contains("postgres:16", "postgres:17", "rabbitmq:3");
    var updates = asked.scenario().settings().updates().orElseThrow();
    assertThat(updates.forward().parallelism()).isEqualTo(3);
    assertThat(updates.back().parallelism()).isEqualTo(2);
  }

  @Test
  void standInsHaveASecondFileAsWell() {
    SaidStack next =
        read("next.yaml", PLAIN.replace("}}", ", deploy: {update_config: {delay: 5s}}}}"));
    StackRollout asked = asked(PLAIN, Cast.ALL_PLAYED.to(next));
    DeployedText text = asked.deployed(Balancing.DNSRR, "lab");

    JsonNode web = said(text, "v2").at("/services/web");
    assertThat(web.at("/image").asText()).isEqualTo("pyapp:v2");
    assertThat(web.at("/deploy/update_config/delay").asText()).isEqualTo("5s");
    assertThat(asked.ownImages()).isEmpty();
  }

  @Test
  void whatV2IsMustBeSaidAndBeAnother() {
    Path file = folder.resolve("shop.yaml");

    refused(
        file + ":1: web runs its own image, and nobody has said what v2 of it is: add --to IMAGE",
        PLAIN,
        Cast.playing(Set.of()));
    refused(
        "--to shop/web:7: %s:1: web has this image already".formatted(file),
        PLAIN,
        Cast.playing(Set.of()).to("shop/web:7"));
    refused(
        "it says the same of web as " + file,
        PLAIN,
        Cast.playing(Set.of()).to(read("next.yaml", PLAIN)));
    refused("the lab's own app plays web, so nobody", PLAIN, Cast.ALL_PLAYED.to("shop/web:8"));
    refused(
        "--stand-in=cache: the stack has no such service; it has web",
        PLAIN,
        Cast.playing(Set.of("cache")).to("shop/web:8"));
  }

  @Test
  void whereAnImageListensMustBeKnown() {
    String unpublished = "services: {web: {image: \"shop/web:7\"}}";

    refused("web publishes no TCP port, so the lab does not know", unpublished, own());
    refused("--port 8080: the lab's own app plays web", PLAIN, Cast.ALL_PLAYED.listening(8080));
    assertThat(asked(unpublished, own().listening(8080)).scenario().app().port()).isEqualTo(8080);
    refused(
        "next.yaml:1: web publishes port 9090 of its tasks, and port 8080 in",
        PLAIN,
        Cast.playing(Set.of()).to(read("next.yaml", PLAIN.replace("8080", "9090"))));
    assertThatThrownBy(() -> own().listening(65_535))
        .hasMessageContaining("--port 65535: this must be a whole number from 1 to 65534");
  }

  @Test
  void filesThatCannotBeHadAreRefusedWithTheirLine() {
    Path file = folder.resolve("shop.yaml");

    refused(
        "%s:6: %s: there is no such secret file".formatted(file, folder.resolve("not-there")),
        """
        services:
          web: {image: "shop/web:7", ports: ["80:8080"], secrets: [key]}
        secrets:
          key:
            # A comment.
            file: ./not-there
        """,
        own());
    refused(
        "%s:5: web: ./site.conf is a file of this machine".formatted(file),
        """
        services:
          web:
            image: shop/web:7
            ports: ["80:8080"]
            volumes: ["./site.conf:/etc/site.conf:ro"]
        """,
        own());
    refused(
        "%s:5: %s: there is no such variables file".formatted(file, folder.resolve("none.env")),
        """
        services:
          web:
            image: shop/web:7
            ports: ["80:8080"]
            env_file: [none.env]
        """,
        own());
  }

  @Test
  void noFaultIsMadeOfAnImageOfOnesOwn() {
    Asking asking =
        Asking.update("web").withFault(new AppFault.CrashesAtStart(null), Duration.ofSeconds(10));
    SaidStack text = read("shop.yaml", PLAIN);

    assertThatThrownBy(() -> StackRollout.of("shop", text, "web", asking, own()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop.yaml:1: a v2 that ")
        .hasMessageContaining("--stand-in=web");
    StackRollout played = StackRollout.of("shop", text, "web", asking, Cast.ALL_PLAYED);
    DeployedText deployed = played.deployed(Balancing.DNSRR, "lab");
    assertThat(said(deployed, "v2").at("/services/web/environment").has("APP_CRASH_AFTER_SECONDS"))
        .isTrue();
    assertThat(said(deployed, "v1").at("/services/web/environment").has("APP_CRASH_AFTER_SECONDS"))
        .isFalse();
    told(deployed, "shop.yaml", 1, "web: v2 ");
  }

  /** In its log, for example, of which a failed start quotes the last lines. */
  @Test
  void whatAServiceIsToldIsMaskedInWhatItSays() {
    SecretWords secrets = asked(SHOP, ownButDb()).deployed(Balancing.DNSRR, "lab").secrets();

    assertThat(
            secrets.maskedIn(
                "serve --key=hunter2: hunter3 is refused by postgres://shop:none@db, COLOUR red"))
        .isEqualTo(
            "serve --key=(masked): (masked) is refused by postgres://shop:(masked)@db, COLOUR red");
  }

  @Test
  void aServiceThatSaysTheSameMayHaveAnotherConfig() {
    String said =
        "version: \"3.8\"\nservices: {web: {image: \"shop/web:7\", ports: [\"80:8080\"],"
            + " configs: [site]}}\nconfigs: {site: {file: ./site.conf, name: \"site-%s\"}}\n";
    SaidStack next = read("next.yaml", said.formatted(2));

    StackRollout rollout = asked(said.formatted(1), Cast.playing(Set.of()).to(next));

    assertThat(said(rollout.deployed(Balancing.DNSRR, "lab"), "v2").at("/configs/site/name"))
        .hasToString("\"site-2\"");
    SaidStack same = read("same.yaml", said.formatted(1));
    assertThatThrownBy(() -> asked(said.formatted(1), Cast.playing(Set.of()).to(same)))
        .hasMessageContaining("it says the same of web");
  }

  /** web has another command; cache says the same, and db and mail are given other files. */
  private static final String WITH_FILES =
      """
      version: "3.8"
      services:
        web: {image: "shop/web:7", command: "serve %1$s", ports: ["80:8080"]}
        db: {image: "postgres:16", configs: [site]}
        mail: {image: "mail:1", env_file: "%1$s.env"}
        cache: {image: "redis:7", secrets: [password]}
      configs: {site: {file: ./site-%1$s.conf, name: "site-%1$s"}}
      secrets: {password: {file: ./password.txt}}
      """;

  private StackRollout toFiles(String text) {
    for (String version : List.of("1", "2")) {
      write("site-" + version + ".conf", "listen " + version);
      write(version + ".env", "MODE=" + version);
    }
    return asked(WITH_FILES.formatted("1"), Cast.playing(Set.of()).to(read("next.yaml", text)));
  }

  @Test
  void whoIsGivenOtherFilesIsUpdatedAsWell() {
    DeployedText text = toFiles(WITH_FILES.formatted("2")).deployed(Balancing.DNSRR, "lab");

    told(text, "next.yaml", 4, "db: it is given other configs, secrets or variables in this file");
    told(text, "next.yaml", 5, "mail: it is given other configs, secrets or variables in this");
    assertThat(text.notes()).noneMatch(note -> note.what().startsWith("cache: it"));
    DeployedText same =
        toFiles(WITH_FILES.formatted("1").replace("serve 1", "serve 2"))
            .deployed(Balancing.DNSRR, "lab");
    assertThat(same.notes()).noneMatch(note -> note.what().contains("docker updates it"));
  }

  /** Swarm has no other content for a config of the same name, whoever reads it. */
  @Test
  void anotherContentUnderTheSameNameIsRefused() {
    assertThatThrownBy(() -> toFiles(WITH_FILES.formatted("2").replace("\"site-2\"", "\"site-1\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("next.yaml:7: configs.site: there is something else in it than in")
        .hasMessageContaining("as in name: site-1-2");
  }

  @Test
  void whatNodesShareWithThisMachineIsReadOnly() {
    String said =
        "version: \"3.8\"\nservices: {web: {image: \"shop/web:7\", ports: [\"80:8080\"], volumes:"
            + " [\"/sys:/host/sys\", {type: bind, source: /proc, target: /host/proc}, \"/tmp:/t\"]}}";
    DeployedText text = asked(said, own()).deployed(Balancing.DNSRR, "lab");

    assertThat(said(text, "v1").at("/services/web/volumes"))
        .isEqualTo(
            parsed(
                "[\"/sys:/host/sys:ro\", {\"type\": \"bind\", \"source\": \"/proc\", \"target\":"
                    + " \"/host/proc\", \"read_only\": true}, \"/tmp:/t\"]"));
    told(text, "shop.yaml", 2, "web: /sys is that of the lab's node, which shares its kernel");
  }

  @Test
  void whatCountsAsAGoodAnswerIsTold() {
    DeployedText text = asked(PLAIN, own()).deployed(Balancing.DNSRR, "lab");

    told(
        text,
        "shop.yaml",
        1,
        "web: users ask for GET /, and any answer below 500 counts as a good");
  }
}
