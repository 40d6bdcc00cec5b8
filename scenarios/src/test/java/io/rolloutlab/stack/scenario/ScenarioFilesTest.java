package io.rolloutlab.stack.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.matrix.MatrixReader;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.SweepReader;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.deploy.AskedRollout;
import io.rolloutlab.stack.deploy.Cast;
import io.rolloutlab.stack.deploy.OwnImage;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scenario file about a stack asks what {@code lab stack} asks, and says what is wrong. */
class ScenarioFilesTest {
  private static final String SHOP =
      """
      services:
        front:
          image: shop/front:${TAG:-1}
          ports: ["80:8080"]
          deploy: {replicas: 2, update_config: {parallelism: 1, delay: 2s, order: start-first}}
        db: {image: "postgres:16"}
      """;

  private static final String PLAYED = "stack: {file: shop.yaml, service: front, standIn: all}\n";
  private static final String OWN =
      "stack: {file: shop.yaml, service: front}\ncandidate: {image: \"shop/front:2\"}\n";

  @TempDir Path folder;

  @BeforeEach
  void writeStack() {
    write("shop.yaml", SHOP);
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Its keys begin in line 3. */
  private Path mine(String keys) {
    return write("mine.yaml", "name: shop\nquestion: What do users see?\n" + keys);
  }

  private static List<AskedScenario> read(Path... files) {
    return new ScenarioFiles(Map.of(), Optional.empty()).readAll(List.of(files));
  }

  private AskedScenario asked(String keys) {
    return read(mine(keys)).get(0);
  }

  private SaidStack said(String name) {
    return new StackReader(Map.of()).readSaid(List.of(folder.resolve(name)));
  }

  /** As {@code lab stack} asks for it. */
  private StackRollout byOptions(Cast cast, double patience) {
    return AskedRollout.backAgain("shop", said("shop.yaml"), "front", new Patience(patience), cast)
        .rollout();
  }

  /** A scenario file with the name and the question that {@code lab stack} makes. */
  private void isTheSame(StackRollout lab, String keys) {
    Scenario its = lab.scenario();
    String text = "name: %s\nquestion: \"%s\"\n%s".formatted(its.name(), its.question(), keys);
    AskedScenario asked = read(write("same.yaml", text)).get(0);

    assertThat(asked.scenario()).isEqualTo(its);
    StackRollout stack = asked.stack().orElseThrow();
    assertThat(stack.scenario()).isEqualTo(its);
    assertThat(stack.isLike(lab)).isTrue();
    assertThat(stack.name()).isEqualTo(lab.name());
    assertThat(stack.ownImages().stream().map(OwnImage::name).toList())
        .isEqualTo(lab.ownImages().stream().map(OwnImage::name).toList());
    assertThat(stack.deployed(Balancing.DNSRR, "lab").notes())
        .isEqualTo(lab.deployed(Balancing.DNSRR, "lab").notes());
  }

  @Test
  void itIsWhatLabStackAsks() {
    write("next.yaml", SHOP.replace("delay: 2s", "delay: 3s"));
    Cast dbPlayed = Cast.playing(Set.of("db"));

    isTheSame(byOptions(Cast.ALL_PLAYED, 1), PLAYED);
    isTheSame(
        byOptions(dbPlayed.to("shop/front:2").listening(9090), 1),
        """
        stack: {file: [shop.yaml], service: front, standIn: [db], port: 9090}
        candidate: {image: "shop/front:2"}
        """);
    isTheSame(
        byOptions(dbPlayed.to(said("next.yaml")), 1),
        """
        stack: {file: shop.yaml, service: front, standIn: [db]}
        candidate: {file: next.yaml}
        """);
    isTheSame(byOptions(Cast.ALL_PLAYED, 3), PLAYED + "patience: 3\n");
  }

  @Test
  void patienceThatACallSaysIsThatOfTheFile() {
    StackRollout lab = byOptions(Cast.ALL_PLAYED, 4);

    Scenario its =
        new ScenarioFiles(Map.of(), Optional.of(new Patience(4)))
            .readAll(List.of(mine(PLAYED)))
            .get(0)
            .scenario();

    assertThat(its.patience()).isEqualTo(4);
    assertThat(its.app()).isEqualTo(lab.scenario().app());
    assertThat(its.load()).isEqualTo(lab.scenario().load());
    assertThat(its.settings()).isEqualTo(lab.scenario().settings());
  }

  @Test
  void whatTheFileSaysOfUsersIsItsOwn() {
    AskedScenario asked =
        asked(
            PLAYED
                + """
                seed: 5
                repeats: 3
                load: {ratePerSecond: 7, warmUp: 3s}
                alarm: {failedAbove: 5 %}
                expect: {errorShareAtMost: 0.25}
                """);
    Scenario lab = byOptions(Cast.ALL_PLAYED, 1).scenario();
    Scenario its = asked.scenario();

    assertThat(its.name()).isEqualTo("shop");
    assertThat(its.question()).isEqualTo("What do users see?");
    assertThat(its.seed()).isEqualTo(5);
    assertThat(its.repeats()).isEqualTo(3);
    assertThat(its.load().ratePerSecond()).isEqualTo(7);
    assertThat(its.load().warmUp()).isEqualTo(Duration.ofSeconds(3));
    assertThat(its.load().limit()).as("what the file does not say").isEqualTo(lab.load().limit());
    assertThat(its.alarm()).isEqualTo(AlarmPlan.DEFAULT);
    assertThat(its.expect().errorShareAtMost()).isEqualTo(0.25);
    assertThat(its.app()).isEqualTo(lab.app());
    assertThat(asked.warnings()).isEmpty();
    assertThat(asked.place().print()).isEqualTo(folder.resolve("mine.yaml") + ":3");
    assertThat(asked.stack().orElseThrow().repeat(2).scenario().seed()).isEqualTo(7);
  }

  @Test
  void anEmptyBlockSaysNothing() {
    assertThat(asked(PLAYED + "load:\n").scenario().load())
        .isEqualTo(byOptions(Cast.ALL_PLAYED, 1).scenario().load());
  }

  @Test
  void variablesAreTheFilesOwnFirst() {
    Path mine =
        mine(
            """
            stack: {file: shop.yaml, service: front, name: web-shop, env: {TAG: 1.5}}
            candidate: {image: "shop/front:2"}
            """);
    ScenarioFiles files = new ScenarioFiles(Map.of("TAG", "9"), Optional.empty());

    StackRollout stack = files.readAll(List.of(mine)).get(0).stack().orElseThrow();

    assertThat(stack.ownImages().get(0).name()).isEqualTo("shop/front:1.5");
    assertThat(stack.swarmName()).isEqualTo("web-shop_front");
    StackRollout other = files.readAll(List.of(mine(OWN))).get(0).stack().orElseThrow();
    assertThat(other.ownImages().get(0).name()).isEqualTo("shop/front:9");
  }

  @Test
  void whatUsersAskForIsNotToldToBeTheRoot() {
    assertThat(asked(OWN).stack().orElseThrow().deployed(Balancing.DNSRR, "lab").notes())
        .extracting(StackNote::what)
        .anyMatch(what -> what.contains("users ask for GET /"));
    assertThat(
            asked(OWN + "load: {requests: [{path: /orders}]}\n")
                .stack()
                .orElseThrow()
                .deployed(Balancing.DNSRR, "lab")
                .notes())
        .extracting(StackNote::what)
        .noneMatch(what -> what.contains("users ask for GET /"));
  }

  private void refused(String keys, String... what) {
    Path mine = mine(keys);

    assertThatThrownBy(() -> read(mine))
        .isInstanceOf(InvalidScenarioException.class)
        .hasMessageContainingAll(what)
        .satisfies(
            thrown ->
                assertThat(thrown.getMessage().lines())
                    .as("who reads them knows which scenario is meant")
                    .allMatch(line -> line.startsWith(mine + ":")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategy: rolling",
        "rolling: {hold: 5s}",
        "canary: {}",
        "app: {replicas: 3}",
        "balancing: vip",
        "cluster: {workers: 3}",
        "edge: {retries: false}",
        "during: []"
      })
  void whatComesFromTheStackFileIsRefusedWithItsLine(String key) {
    String name = key.replaceFirst(":.*", "");

    refused(PLAYED + key + "\n", "mine.yaml:4: %s: beside stack ".formatted(name), "leave " + name);
  }

  @Test
  void keysThatNobodyKnowsAreRefused() {
    refused(
        PLAYED + "lod: {ratePerSecond: 7}\n",
        "mine.yaml:4: lod: unknown key (did you mean \"load\"?); known are alarm, candidate, ");
    refused(
        "stack: {file: shop.yaml, service: front, standin: all}\n",
        "mine.yaml:3: stack.standin: unknown key (did you mean \"standIn\"?)");
  }

  @Test
  void whatIsMissingIsSaid() {
    refused("candidate: {image: \"shop/front:2\"}\n", "stack: is missing");
    refused("stack:\n", "mine.yaml:3: stack: is missing");
    refused("stack: {file: , service: front}\n", "mine.yaml:3: stack.file: is missing");
    refused("stack: {service: front}\n", "mine.yaml:3: stack.file: is missing");
    refused("stack: {file: shop.yaml}\n", "mine.yaml:3: stack.service: is missing");
    refused(
        "stack:\n  service: front\n  file: shop.yaml\n",
        "mine.yaml:5: stack.file: %s:3: front runs its own image, and nobody has said what v2"
            .formatted(folder.resolve("shop.yaml")),
        "add candidate.image: IMAGE or candidate.file: FILE, or stack.standIn: [front]",
        "stack.standIn: all has it play all images");
  }

  @Test
  void whatMakesNoSenseWithTheStackIsSaidAtItsKey() {
    refused(
        "stack:\n  file: shop.yaml\n  service: fron\n  standIn: all\n",
        "mine.yaml:5: stack.service: \"fron\": the stack has no such service; it has front, db");
    refused(
        "stack: {file: shop.yaml, service: front}\ncandidate:\n  image: shop/front:1\n",
        "mine.yaml:5: candidate.image: \"shop/front:1\": ",
        "front has this image already");
    refused(
        PLAYED + "candidate: {image: \"shop/front:2\"}\n",
        "mine.yaml:4: candidate.image: \"shop/front:2\": the lab's own app plays front",
        "leave candidate.image out, or have stack.standIn: [SERVICE] name only");
    refused(
        "stack: {file: shop.yaml, service: front, standIn: [cache]}\n",
        "mine.yaml:3: stack.standIn: \"cache\": the stack has no such service");
    refused(
        "stack: {file: shop.yaml, service: front, standIn: db}\n",
        "mine.yaml:3: stack.standIn: must be all, or a list of services such as [db, cache], but"
            + " is \"db\"");
    refused(
        "stack: {file: shop.yaml, service: front, port: 70000}\ncandidate: {image: \"x:2\"}\n",
        "mine.yaml:3: stack.port: \"70000\": this must be a whole number from 1 to 65534");
    refused(
        PLAYED + "candidate: {image: \"x:2\", file: next.yaml}\n",
        "mine.yaml:4: candidate.file: is given beside image: keep only one of them");
    refused(
        "stack: {file: shop.yaml, service: front, name: Shop, standIn: all}\n",
        "mine.yaml:3: stack.name: must be lower-case letters, digits and hyphens, at most 20");
    refused(
        OWN + "load:\n  requests:\n    - {path: /, assets: 2}\n",
        "mine.yaml:7: load.requests[0].assets: are asked of the lab's own app alone");
  }

  @Test
  void aWrongStackFileIsToldWithItsLineAndWithWhoNamesIt() {
    write("shop.yaml", SHOP.replace("image: shop", "imagee: shop"));
    write("next.yaml", "services: {front: {imagee: 1}}\n");

    refused(
        "stack:\n  file: shop.yaml\n  service: front\n  standIn: all\n",
        "mine.yaml:4: stack.file: %s:3: services.front.imagee: "
            .formatted(folder.resolve("shop.yaml")));
    refused(
        "stack: {file: none.yaml, service: front}\n",
        "mine.yaml:3: stack.file: %s: there is no such stack file"
            .formatted(folder.resolve("none.yaml")));
    writeStack();
    refused(
        "stack: {file: shop.yaml, service: front}\ncandidate: {file: next.yaml}\n",
        "mine.yaml:4: candidate.file: %s:1: services.front.imagee: "
            .formatted(folder.resolve("next.yaml")));
  }

  @Test
  void allMistakesOfAFileAreToldAtOnce() {
    refused(
        "stack: {file: none.yaml, service: front}\nload: {ratePerSecond: 0}\nedge: {}\nrepeats: 0\n",
        "mine.yaml:3: stack.file: ",
        "mine.yaml:4: load.ratePerSecond: must be from 1",
        "mine.yaml:5: edge: beside stack ",
        "mine.yaml:6: repeats: must be from 1");
  }

  @Test
  void whatAScenarioOfAFolderNamesIsNoScenario() {
    Path mine = mine(PLAYED);
    write("next.yml", SHOP.replace("delay: 2s", "delay: 3s"));
    write(
        "other.yaml",
        "name: other\nquestion: And with the next file?\n"
            + "stack: {file: [shop.yaml], service: front, standIn: all}\n"
            + "candidate: {file: next.yml}\n");
    Path plain = write("plain.yaml", "name: plain\nquestion: What is noise?\nstrategy: baseline\n");

    assertThat(read(folder))
        .extracting(one -> one.scenario().name())
        .containsExactly("plain", "other", "shop");
    assertThat(read(folder))
        .extracting(one -> one.stack().isPresent())
        .containsExactly(false, true, true);
    assertThat(read(mine, folder.resolve("shop.yaml"), plain))
        .as("as a shell names them all")
        .hasSize(2);
    Path stranger = write("stranger.yaml", SHOP);
    assertThatThrownBy(() -> read(folder))
        .hasMessageContaining(stranger + ":1: services: unknown key");
  }

  /** It is read, so that who names it by mistake is told. */
  @Test
  void aFileThatIsAboutAStackIsNeverLeftOut() {
    Path mine = mine("stack: {file: mine.yaml, service: front, standIn: all}\n");

    assertThatThrownBy(() -> read(mine))
        .hasMessageContaining("mine.yaml:3: stack.file: %s:".formatted(mine));
  }

  @Test
  void sweepsAndMatricesTakeNone() {
    Path mine = mine(PLAYED + "repeats: 2\n");
    String sentence =
        "%s:3: stack: a %s takes no stack file here: lab run runs a scenario about one on a real"
            + " Swarm, and lab doctor FILE --prove simulates the settings of a stack file";

    assertThatThrownBy(() -> new SweepReader().read(mine))
        .hasMessage(sentence.formatted(mine, "sweep"));
    assertThatThrownBy(() -> new MatrixReader().readAll(List.of(mine)))
        .hasMessage(sentence.formatted(mine, "matrix"));
    Path sweep =
        write(
            "sweep.yaml",
            "name: s\nquestion: Which?\nscenario: {stack: {file: shop.yaml, service: front}}\n"
                + "vary: {delay: [1s]}\n");
    assertThatThrownBy(() -> new SweepReader().read(sweep))
        .hasMessageStartingWith(sweep + ":3: scenario.stack: a sweep takes no stack file here");
  }
}
