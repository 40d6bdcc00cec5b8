package io.rolloutlab.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.users.SplitBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFilesTest {
  private static final Request REQUEST =
      new Request(
          7,
          3,
          Population.NEW,
          new Request.Times(1000, 1001),
          new Request.End(12, Outcome.OK, "", 200),
          new AppHeaders("v1", "c1"),
          new Request.Listed("GET /a, \"b\"", "answered 200, but with no JSON", 5));
  private static final Hit HIT =
      new Hit(
          1013,
          7,
          "10.77.0.4",
          new Hit.Answer(200, 9, 312),
          new Hit.Tries("10.0.1.5:5000, 10.0.1.6:5000", "502, 200", "-, 1", "3, 6"),
          new AppHeaders("v1", "c1"),
          new Hit.Connection("e1", 30, 5, 1));
  private static final ResourceSample SAMPLE =
      new ResourceSample(
          1500,
          ResourceSample.Of.task(new TaskRef("t1", "pyapp", 1, "workerN1", "v1")),
          new ResourceSample.Use(1.25, 9, 8, 7));
  private static final List<Event> EVENTS =
      List.of(
          new Event.PhaseStarted(900, PhaseKind.WARM_UP, "warm up"),
          new Event.AllUnderLoad(920),
          new Event.Step(
              950, "update", List.of("docker service update --image \"x\" y"), "server {\n}"),
          new Event.TaskChange(
              960, 961, new TaskRef("t1", "pyapp", 1, "workerN1", "v1"), "running", "running", ""),
          new Event.TaskAddress(
              960, 961, new TaskRef("t1", "pyapp", 1, "workerN1", "v1"), "10.0.1.7"),
          new Event.TaskContainer(
              961, new TaskRef("t1", "pyapp", 1, "workerN1", "v1"), "c0ffee000001"),
          new Event.UpdateChange(970, "pyapp", "updating", "in progress"),
          new Event.EdgeChange(
              980, 990, List.of(new Event.Route("pyapp", "v1", 90, List.of("10.0.0.0/8")))),
          new Event.ShareHeld(1000, 2000, 10, "step 1"),
          new Event.ShareHeld(2000, 3000, 30, "step 2", SplitBy.COOKIE),
          new Event.Happened(
              1000, 1010, "kill", "workerN2", Event.Effect.NODE_GONE, "workerN2 is lost"),
          new Event.GivenUp(1000, 30_000, "1 of green-pyapp's tasks run v2", "0 run\nexit 1"),
          new Event.Fault(1001, "task failed", "exit 1", false),
          new Event.RunEnded(3000, Event.End.COMPLETED, ""));
  @TempDir Path folder;

  /** So that the files of who splits by nothing are as they were. */
  @Test
  void whatIsSplitByRequestGoesWithoutSaying() throws IOException {
    write();

    assertThat(Files.readAllLines(folder.resolve("events.jsonl")))
        .filteredOn(line -> line.contains("\"share\""))
        .extracting(line -> line.contains("\"splitBy\":\"cookie\""))
        .containsExactly(false, true);
    assertThat(Files.readString(folder.resolve("events.jsonl"))).containsOnlyOnce("splitBy");
  }

  /** Files of earlier labs end with the column "worker". */
  @Test
  void hitsWithoutTheColumnsThatCameLaterAreRead() throws IOException {
    History history =
        withoutColumns(",connectMillis,bytes,upstreamMillis$|,\"-, 1\",312,\"3, 6\"$", "worker");

    assertThat(history.damage()).isEmpty();
    assertThat(history.hits())
        .containsExactly(
            new Hit(
                HIT.atMillis(),
                HIT.id(),
                HIT.client(),
                new Hit.Answer(HIT.status(), HIT.latencyMillis()),
                new Hit.Tries(HIT.upstream(), HIT.upstreamStatus()),
                new AppHeaders(HIT.version(), HIT.replica()),
                new Hit.Connection(
                    HIT.edge(), HIT.worker(), HIT.connection(), HIT.connectionRequest())));
  }

  /** And those of later ones with the column "bytes". */
  @Test
  void hitsWithoutTheTimesOfTheirTriesAreRead() throws IOException {
    History history = withoutColumns(",upstreamMillis$|,\"3, 6\"$", "bytes");

    assertThat(history.damage()).isEmpty();
    assertThat(history.hits())
        .extracting(Hit::connectMillis, Hit::bytes, Hit::upstreamMillis)
        .containsExactly(tuple("-, 1", 312L, ""));
  }

  /** Files of earlier labs end with the column "replica": there was one kind of requests. */
  @Test
  void requestsWithoutTheirNamesAreRead() throws IOException {
    History history =
        withoutColumns(
            "requests.csv",
            ",name,wrong,visit$|,\"GET /a, \"\"b\"\"\",\"answered 200, but with no JSON\",5$",
            "replica");

    assertThat(history.damage()).isEmpty();
    assertThat(history.requests())
        .containsExactly(
            new Request(
                REQUEST.id(),
                REQUEST.user(),
                REQUEST.population(),
                new Request.Times(REQUEST.intendedAtMillis(), REQUEST.actualAtMillis()),
                new Request.End(12, Outcome.OK, "", 200),
                new AppHeaders("v1", "c1")));
  }

  /** Those of later ones end with the column "wrong": each request stood alone. */
  @Test
  void requestsWithoutTheirVisitsAreRead() throws IOException {
    History history = withoutColumns("requests.csv", ",visit$|,5$", "wrong");

    assertThat(history.damage()).isEmpty();
    assertThat(history.requests())
        .extracting(Request::name, Request::wrong, Request::visit, Request::hasPage)
        .containsExactly(tuple(REQUEST.name(), REQUEST.wrong(), 0L, false));
  }

  private History withoutColumns(String them, String last) throws IOException {
    return withoutColumns("hits.csv", them, last);
  }

  private History withoutColumns(String name, String them, String last) throws IOException {
    write();
    Path file = folder.resolve(name);
    List<String> earlier =
        Files.readAllLines(file).stream().map(line -> line.replaceFirst(them, "")).toList();
    assertThat(earlier.get(0)).endsWith("," + last);
    Files.write(file, earlier);
    return HistoryReader.read(folder);
  }

  /** Routes of earlier labs have no conditions on headers and cookies. */
  @Test
  void routesWithoutConditionsHaveTheFormTheyHad() throws IOException {
    write();

    assertThat(folder.resolve("events.jsonl"))
        .content()
        .contains(
            "{\"service\":\"pyapp\",\"version\":\"v1\",\"weight\":90,"
                + "\"addresses\":[\"10.0.0.0/8\"]}");
  }

  @Test
  void whatIsWrittenIsRead() {
    write();

    History history = HistoryReader.read(folder);

    assertThat(history.manifest()).isEqualTo(manifest());
    assertThat(history.events()).isEqualTo(EVENTS);
    assertThat(history.requests()).containsExactly(REQUEST);
    assertThat(history.hits()).containsExactly(HIT);
    assertThat(history.resources()).containsExactly(SAMPLE);
    assertThat(history.damage()).isEmpty();
  }

  @Test
  void aTornEndIsNamedAndTheRestIsRead() throws IOException {
    write();
    for (String file : List.of("events.jsonl", "requests.csv")) {
      Files.writeString(folder.resolve(file), "{\"8,3", StandardOpenOption.APPEND);
    }

    History history = HistoryReader.read(folder);

    assertThat(history.events()).isEqualTo(EVENTS);
    assertThat(history.requests()).containsExactly(REQUEST);
    assertThat(history.damage()).hasSize(2);
    assertThat(history.damage().get(0))
        .startsWith("events.jsonl:%s: unreadable from here on".formatted(EVENTS.size() + 1));
    assertThat(history.damage().get(1)).startsWith("requests.csv:3: unreadable from here on");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    write();
    Files.delete(folder.resolve("hits.csv"));

    assertThat(HistoryReader.read(folder).damage()).containsExactly("hits.csv: missing");
  }

  /** There are histories from before edges had mirrors. */
  @Test
  void aChangeOfRoutesNamesAMirrorOnlyWhereThereIsOne() throws IOException {
    Event mirrored = new Event.EdgeChange(991, 992, List.of(), "green-pyapp");
    write();
    Path events = folder.resolve("events.jsonl");
    assertThat(Files.readString(events)).contains("\"edge\"").doesNotContain("mirror");

    try (HistoryWriter writer = new HistoryWriter(folder, manifest())) {
      writer.event(mirrored);
    }

    assertThat(HistoryReader.read(folder).events()).containsExactly(mirrored);
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    write();
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"format\" : 1", "\"format\" : 99"));

    assertThatExceptionOfType(HistoryException.class)
        .isThrownBy(() -> HistoryReader.read(folder))
        .withMessageContaining("format 99 is not the one this lab reads (1)");
  }

  @Test
  void aFullDiskIsNamedAndWhatWasFlushedStays() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "only Linux has /dev/full");
    Files.createSymbolicLink(folder.resolve("requests.csv"), full);

    assertThatExceptionOfType(HistoryException.class)
        .isThrownBy(this::write)
        .withMessageContaining("requests.csv: cannot be written: No space left on device")
        .withMessageContaining("make room");

    Files.delete(folder.resolve("requests.csv"));
    History history = HistoryReader.read(folder);
    assertThat(history.events()).isEqualTo(EVENTS);
    assertThat(history.damage()).containsExactly("requests.csv: missing");
  }

  private void write() {
    try (HistoryWriter writer = new HistoryWriter(folder, manifest())) {
      EVENTS.forEach(writer::event);
      writer.request(REQUEST);
      writer.hit(HIT);
      writer.resource(SAMPLE);
    }
  }

  /** In older labs nothing but that could happen. */
  @Test
  void aLostNodeOfAnOlderHistoryHappened() throws IOException {
    write();
    Files.writeString(
        folder.resolve("events.jsonl"),
        """
        {"type":"fault","atMillis":5,"what":"x","detail":"\\"node-lost\\"","spoils":false}
        {"type":"node-lost","atMillis":1000,"node":"workerN2"}
        """);

    assertThat(HistoryReader.read(folder).events())
        .containsExactly(
            new Event.Fault(5, "x", "\"node-lost\"", false),
            Event.Happened.nodeLost(1000, "workerN2"));
    assertThat(Event.Happened.nodeLost(1000, "workerN2").goneNode()).hasValue("workerN2");
  }

  /** Older labs knew of a service's restarts the delay alone. */
  @Test
  void theRestartDelayOfAnOlderHistoryIsRead() throws IOException {
    write();
    Path file = folder.resolve("manifest.json");
    String text = Files.readString(file);
    String old =
        text.replaceFirst(
            "\"restart\" : \\{[^}]*}",
            java.util.regex.Matcher.quoteReplacement("\"restartDelay\" : \"7s\""));
    assertThat(old).contains("restartDelay").doesNotContain("\"condition\"");
    Files.writeString(file, old);

    assertThat(HistoryReader.manifest(folder).scenario().app().restart())
        .isEqualTo(new RestartPlan(null, Duration.ofSeconds(7), null, null));
  }

  /** Without a word of it a real engine waited for the whole interval; the twin for 5 s. */
  @Test
  void theStartIntervalOfAnOlderHistoryIsThatOfItsEngine() throws IOException {
    write();
    Path file = folder.resolve("manifest.json");
    String old =
        Files.readString(file)
            .replaceFirst(
                "\"startLimit\" :",
                "\"healthCheck\": {\"interval\": \"30s\", \"startPeriod\": \"20s\"}, \"startLimit\" :");

    Files.writeString(file, old.replaceFirst("\"origin\" : \"\\w+\"", "\"origin\" : \"live\""));
    assertThat(startInterval()).isEqualTo(Duration.ofSeconds(30));
    Files.writeString(file, old.replaceFirst("\"origin\" : \"\\w+\"", "\"origin\" : \"twin\""));
    assertThat(startInterval()).isEqualTo(Duration.ofSeconds(5));
  }

  private Duration startInterval() {
    return HistoryReader.manifest(folder).scenario().app().healthCheck().startInterval();
  }

  /** Older labs wrote there what was asked for. */
  @Test
  void whereNoClusterWasReachedTheBalancingIsNotKnown() throws IOException {
    try (HistoryWriter writer = new HistoryWriter(folder, manifest())) {
      writer.flush();
    }
    Path file = folder.resolve("manifest.json");
    String text = Files.readString(file);
    assertThat(HistoryReader.manifest(folder).balancedBy()).isEqualTo("dnsrr");

    for (String unknown : List.of("\"auto\"", "null")) {
      Files.writeString(
          file, text.replace("\"balancing\" : \"dnsrr\"", "\"balancing\" : " + unknown));
      assertThat(HistoryReader.manifest(folder).balancing()).isNull();
      assertThat(HistoryReader.manifest(folder).balancedBy()).isEqualTo("unknown");
    }
  }

  /** Older labs made one run at a time, and did not say so; nor does one that was alone. */
  @Test
  void howManyRunsWereMadeBesideItIsKept() throws IOException {
    try (HistoryWriter writer = new HistoryWriter(folder, manifest())) {
      writer.flush();
    }
    assertThat(folder.resolve("manifest.json")).content().doesNotContain("beside");
    assertThat(HistoryReader.manifest(folder).beside()).isZero();

    try (HistoryWriter writer =
        new HistoryWriter(folder.resolve("two"), manifest().besideOthers(1))) {
      writer.flush();
    }
    assertThat(HistoryReader.manifest(folder.resolve("two"))).isEqualTo(manifest().besideOthers(1));
  }

  /** Older labs did not say so; nor does a run that stands in nobody's place. */
  @Test
  void whyARunWasMadeAgainIsKept() throws IOException {
    try (HistoryWriter writer = new HistoryWriter(folder, manifest())) {
      writer.flush();
    }
    assertThat(folder.resolve("manifest.json")).content().doesNotContain("repeatedSince");
    assertThat(HistoryReader.manifest(folder).repeatedSince()).isEmpty();

    Manifest again = manifest().madeAgainSince("the machine was busy");
    try (HistoryWriter writer = new HistoryWriter(folder.resolve("again"), again)) {
      writer.flush();
    }
    assertThat(HistoryReader.manifest(folder.resolve("again"))).isEqualTo(again);
    assertThat(again.repeatedSince()).isEqualTo("the machine was busy");
    assertThat(again.besideOthers(1).repeatedSince()).isEqualTo("the machine was busy");
  }

  static Manifest manifest() {
    return new Manifest(
        "r1",
        Manifest.Origin.LIVE,
        new ScenarioReader().read(Path.of("rolling.yaml")),
        900,
        new Manifest.Software("abc", true, "17", "3.15.1"),
        Balancing.DNSRR,
        "no IPVS",
        new Manifest.Ground("20.10", "26.1", "6.1", 2, 1 << 30),
        Map.of("pyapp:v1", "sha256:1"));
  }
}
