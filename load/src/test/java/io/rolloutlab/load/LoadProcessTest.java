package io.rolloutlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.requests.GoodAnswer;
import io.rolloutlab.scenario.requests.RequestDraw;
import io.rolloutlab.scenario.requests.RequestPlan;
import io.rolloutlab.scenario.requests.StatusRange;
import io.rolloutlab.scenario.users.UserMark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Gatling processes against servers of this JVM. */
class LoadProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long SEED = 7;
  private static final int ASSETS = 3;

  /** Carried by 20 of 50 users. */
  private static final UserMark GROUP = new UserMark(UserMark.Kind.COOKIE, "group", "b", 20);

  private static final List<RequestPlan> REQUESTS =
      List.of(
          new RequestPlan(
              2,
              "POST",
              "/orders?x=1",
              Map.of("Authorization", "swordfish", "accept", "text/plain"),
              "{\"id\": \"#{user}\"}",
              null,
              null,
              "order"),
          new RequestPlan(
              1,
              null,
              "/state",
              null,
              null,
              null,
              new GoodAnswer(null, Map.of("X-State", "ready"), Map.of("/up", "true")),
              null),
          new RequestPlan(
              1,
              "DELETE",
              "/gone",
              null,
              null,
              null,
              new GoodAnswer(List.of(StatusRange.parse("200-299")), null, null),
              null));

  @TempDir Path folder;

  @Test
  void everyRequestIsAccountedFor() throws Exception {
    try (TestServer blue = new TestServer((hit, answer) -> answer.ok("v1"));
        TestServer green = new TestServer((hit, answer) -> answer.ok("v2"))) {
      LoadPlan plan = plan(40, 0.5, 10);
      LoadJob job =
          new LoadJob(plan, SEED, "r1", List.of(blue.uri(), green.uri()), folder, "/", 5, GROUP);
      LoadRecording recording = run(job, sent -> sent >= 120 && blue.reuses() >= 20);

      List<Request> requests = recording.requests();
      assertThat(recording.damage()).isEmpty();
      assertThat(requests).allMatch(one -> one.outcome() == Outcome.OK && one.status() == 200);
      assertThat(requests.stream().map(Request::id))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, requests.size()).boxed().toList());
      assertWitnessesAgree(requests, "v1", blue);
      assertWitnessesAgree(requests, "v2", green);
      assertUsersAreTheSeeds(requests, plan.users());
      assertArrivalsAreEven(requests);
    }
  }

  /** In a text that Gatling reads, the braces of the body would be words of its own. */
  @Test
  void listedRequestsAreSentAsTheyAreAndJudgedByWhatIsGood() throws Exception {
    TestServer.Behaviour echo =
        (hit, answer) -> {
          switch (hit.path()) {
            case "/state" -> answer.json(hit.id() % 2 == 0 ? "{\"up\": true}" : "{\"up\": false}");
            case "/gone" -> answer.send("404 Not Found", "X-App-Version: v1\r\n");
            default -> answer.ok("v1");
          }
        };
    try (TestServer server = new TestServer(echo)) {
      LoadJob job =
          LoadJob.of(listing(REQUESTS), SEED, "r1", folder, server.uri())
              .marking(new UserMark(UserMark.Kind.HEADER, "X-Group", "b", 20));
      LoadRecording recording = run(job, sent -> sent >= 160);

      assertThat(recording.damage()).isEmpty();
      Map<Long, Request> requests =
          recording.requests().stream().collect(Collectors.toMap(Request::id, one -> one));
      assertThat(server.hits).allSatisfy(hit -> assertListed(hit, requests.get(hit.id())));
      assertDrawn(recording.requests());
      assertThat(Files.readString(folder.resolve("job.json")))
          .contains("(masked)")
          .doesNotContain("swordfish");
    }
  }

  /** Every fifth page fails, the others are of both versions in turn; only v1 answers assets. */
  @Test
  void assetsFollowTheGoodAnswerOfTheirPageOneAfterTheOther() throws Exception {
    TestServer.Behaviour site =
        (hit, answer) -> {
          if (hit.path().startsWith("/assets/v1/")) {
            answer.ok("v1");
          } else if (hit.path().startsWith("/assets/")) {
            answer.send("404 Not Found", "X-App-Version: v1\r\n");
          } else if (hit.id() % 5 == 0) {
            answer.send("500 Internal Server Error", "X-App-Version: v1\r\n");
          } else {
            answer.ok(hit.id() % 2 == 0 ? "v1" : "v2");
          }
        };
    List<RequestPlan> listed =
        List.of(
            new RequestPlan(2, null, "/", null, null, null, null, ASSETS, "page"),
            new RequestPlan(1, null, "/alone", null, null, null, null, "alone"));
    try (TestServer server = new TestServer(site)) {
      LoadJob job =
          LoadJob.of(listing(listed), SEED, "r1", folder, server.uri())
              .marking(new UserMark(UserMark.Kind.HEADER, "X-Group", "b", 20));
      LoadRecording recording = run(job, sent -> lastAssets(server) >= 60);

      assertThat(recording.damage()).isEmpty();
      assertThat(server.hits.stream().map(TestServer.Hit::id))
          .containsExactlyInAnyOrderElementsOf(
              recording.requests().stream().map(Request::id).toList());
      assertVisits(recording.requests(), server);
      assertUsersAreTheSeeds(
          recording.requests().stream().filter(one -> !one.hasPage()).toList(), 50);
    }
  }

  private static long lastAssets(TestServer server) {
    return server.hits.stream().filter(hit -> hit.path().endsWith("/" + ASSETS)).count();
  }

  private static void assertVisits(List<Request> requests, TestServer server) {
    Map<Long, List<Request>> visits =
        requests.stream().filter(Request::hasPage).collect(Collectors.groupingBy(Request::visit));
    int whole = 0;
    for (Request page : requests) {
      List<Request> assets = visits.getOrDefault(page.id(), List.of());
      boolean names = page.name().equals("page") && page.outcome() == Outcome.OK;
      if (page.hasPage() || !names) {
        assertThat(assets).isEmpty();
      } else {
        assertThat(assets).hasSizeLessThanOrEqualTo(ASSETS);
        whole += assets.size() == ASSETS ? 1 : 0;
        assertInOrder(page, assets, server);
      }
    }
    assertThat(whole).isGreaterThanOrEqualTo(60);
  }

  private static void assertInOrder(Request page, List<Request> assets, TestServer server) {
    Request before = page;
    for (int i = 0; i < assets.size(); i++) {
      Request asset = assets.get(i);
      TestServer.Hit hit =
          server.hits.stream().filter(one -> one.id() == asset.id()).findFirst().orElseThrow();
      assertThat(hit.method() + " " + hit.path())
          .isEqualTo("GET /assets/%s/%s".formatted(page.version(), i + 1));
      assertThat(hit.header("X-User-Id")).isEqualTo("" + page.user());
      assertThat(hit.header("X-Group")).isEqualTo(page.user() < 20 ? "b" : null);
      assertThat(asset.name()).isEqualTo("page");
      assertThat(asset.user()).isEqualTo(page.user());
      assertThat(asset.population()).isEqualTo(page.population());
      assertThat("close".equals(hit.header("Connection")))
          .isEqualTo(page.population() == Population.NEW);
      assertThat(asset.intendedAtMillis()).isEqualTo(asset.actualAtMillis());
      assertThat(asset.actualAtMillis())
          .isGreaterThanOrEqualTo(before.actualAtMillis() + before.latencyMillis());
      boolean found = page.version().equals("v1");
      assertThat(asset.error()).isEqualTo(found ? "" : Request.NOT_GOOD);
      assertThat(asset.wrong()).isEqualTo(found ? "" : "answered 404, and only 200 is good");
      before = asset;
    }
  }

  private static LoadPlan listing(List<RequestPlan> requests) {
    return new LoadPlan(
        40.0, 0.5, 50, null, null, Duration.ofSeconds(10), Duration.ofMinutes(1), requests);
  }

  private static void assertListed(TestServer.Hit hit, Request request) {
    assertThat(hit.header("X-User-Id")).isEqualTo("" + request.user());
    assertThat(hit.header("X-Group")).isEqualTo(request.user() < 20 ? "b" : null);
    switch (request.name()) {
      case "order" -> {
        assertThat(hit.method() + " " + hit.path()).isEqualTo("POST /orders?x=1");
        assertThat(hit.body()).isEqualTo("{\"id\": \"#{user}\"}");
        assertThat(hit.header("Authorization")).isEqualTo("swordfish");
        assertThat(hit.header("Accept")).isEqualTo("text/plain");
        assertThat(request.error() + request.wrong()).isEmpty();
      }
      case "GET /state" -> {
        assertThat(hit.method() + " " + hit.path()).isEqualTo("GET /state");
        assertThat(request.wrong())
            .isEqualTo(
                request.id() % 2 == 0 ? "" : "answered 200, but /up was false instead of \"true\"");
        assertThat(request.error()).isEqualTo(request.id() % 2 == 0 ? "" : Request.NOT_GOOD);
      }
      default -> {
        assertThat(request.name()).isEqualTo("DELETE /gone");
        assertThat(hit.method() + " " + hit.path()).isEqualTo("DELETE /gone");
        assertThat(request.wrong()).isEqualTo("answered 404, and only 200-299 is good");
        assertThat(request.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(request.status()).isEqualTo(404);
      }
    }
  }

  private static void assertDrawn(List<Request> requests) {
    RequestDraw draw = new RequestDraw(REQUESTS, SEED);
    assertThat(requests)
        .allMatch(one -> one.name().equals(draw.next().map(RequestPlan::name).orElseThrow()));
    assertUsersAreTheSeeds(requests, 50);
    assertThat(requests.stream().map(Request::name).distinct()).hasSize(3);
  }

  private static void assertWitnessesAgree(
      List<Request> requests, String version, TestServer server) {
    Map<Long, Request> served =
        requests.stream()
            .filter(one -> one.version().equals(version))
            .collect(Collectors.toMap(Request::id, one -> one));
    assertThat(server.hits.stream().map(TestServer.Hit::id))
        .containsExactlyInAnyOrderElementsOf(served.keySet());
    for (TestServer.Hit hit : server.hits) {
      Request request = served.get(hit.id());
      assertThat(hit.path()).isEqualTo("/?work=5");
      assertThat(hit.header("X-User-Id")).isEqualTo("" + request.user());
      assertThat(hit.header("X-Forwarded-For")).isEqualTo(LoadPlan.addressOf(request.user()));
      assertThat(hit.header("Cookie")).isEqualTo(request.user() < 20 ? "group=b" : null);
      assertThat(hit.header("Accept")).isEqualTo("application/json");
      assertThat(request.replica()).isEqualTo("host-of-" + version);
      boolean fresh = request.population() == Population.NEW;
      assertThat("close".equals(hit.header("Connection"))).isEqualTo(fresh);
      assertThat(fresh && hit.turn() > 1).as("a new one over a kept connection: %s", hit).isFalse();
    }
    long reused =
        served.values().stream().filter(one -> one.population() == Population.REUSED).count();
    long fresh = served.size() - reused;
    assertThat(server.connections.get()).isEqualTo(fresh + reused - server.reuses());
  }

  private static void assertUsersAreTheSeeds(List<Request> requests, int users) {
    SplittableRandom random = new SplittableRandom(SEED);
    assertThat(requests).allMatch(one -> one.user() == random.nextInt(users));
  }

  private static void assertArrivalsAreEven(List<Request> requests) {
    assertThat(requests).allMatch(one -> one.actualAtMillis() >= one.intendedAtMillis());
    List<Long> intended = requests.stream().map(Request::intendedAtMillis).sorted().toList();
    // The stop may catch some requests that are due and not sent yet.
    for (int i = 1; i < intended.size() - 10; i++) {
      assertThat(intended.get(i) - intended.get(i - 1)).isEqualTo(25);
    }
    long fresh = requests.stream().filter(one -> one.population() == Population.NEW).count();
    assertThat(2 * fresh).isBetween(requests.size() - 10L, requests.size() + 10L);
  }

  /** Gatling sends such a request again and says nothing, also when an answer had begun. */
  @Test
  void aDroppedReusedConnectionIsSeenByTheServerOnly() throws Exception {
    TestServer.Behaviour dropsEveryThird =
        (hit, answer) -> {
          if (hit.turn() % 3 != 0) {
            answer.ok("v1");
            return;
          }
          if (hit.id() % 2 == 0) {
            answer.raw("HTTP/1.1 200 OK\r\nX-App-Version: v1\r\nContent-Length: 9\r\n\r\nhalf");
          }
          throw new IOException("dropped");
        };
    try (TestServer server = new TestServer(dropsEveryThird)) {
      List<Request> requests =
          run(
                  job(plan(40, 0, 10), server.uri())
                      .marking(new UserMark(UserMark.Kind.HEADER, "X-Group", "b", 20)),
                  sent -> server.repeats() >= 6)
              .requests();

      assertThat(requests).allMatch(one -> one.outcome() == Outcome.OK);
      assertThat(requests).allMatch(one -> one.population() == Population.REUSED);
      assertThat(server.hits).hasSize(requests.size() + server.repeats());
      assertThat(server.hits)
          .as("what is sent again carries the same")
          .allSatisfy(
              hit ->
                  assertThat(hit.header("X-Group"))
                      .isEqualTo(Integer.parseInt(hit.header("X-User-Id")) < 20 ? "b" : null));
    }
  }

  @Test
  void everyFailureHasItsClass() throws Exception {
    TestServer.Behaviour bad =
        (hit, answer) -> {
          String version = "X-App-Version: v2\r\n";
          switch ((int) (hit.id() / 2 % 6)) {
            case 0 -> answer.send("502 Bad Gateway", "");
            case 1 -> answer.raw("HTTP/1.1 200 OK\r\n" + version + "Content-Length: 9\r\n\r\nhalf");
            case 2 -> new CountDownLatch(1).await();
            case 3 -> answer.send("200 OK", "");
            case 4 -> answer.send("302 Found", version + "Location: http://127.0.0.1:1/\r\n");
            default -> answer.send("500 Internal Server Error", version);
          }
        };
    List<String> errors = List.of("http-502", "closed", "timeout", "", "", "http-500");
    try (TestServer server = new TestServer(bad)) {
      // On a busy machine the first answers take seconds: only those that hang may time out.
      LoadJob job = job(plan(40, 1, 12), server.uri(), TestServer.nobody());
      List<Request> requests = run(job, sent -> sent >= 80).requests();

      assertThat(requests).hasSizeGreaterThanOrEqualTo(80);
      for (Request one : requests) {
        boolean refused = one.id() % 2 == 0;
        String error = refused ? "refused" : errors.get((int) (one.id() / 2 % 6));
        assertThat(one.error()).as("%s", one).isEqualTo(error);
        assertThat(one.outcome()).isEqualTo(error.isEmpty() ? Outcome.OK : Outcome.FAILED);
        assertThat(one.latencyMillis())
            .isGreaterThanOrEqualTo(error.equals("timeout") ? 11_990 : 0);
      }
      assertThat(requests.stream().map(Request::error).distinct()).hasSize(6);
    }
  }

  @Test
  void neitherStopNorCtrlCCutsRequestsInFlight() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    TestServer.Behaviour waits =
        (hit, answer) -> {
          open.await();
          answer.ok("v1");
        };
    try (TestServer server = new TestServer(waits);
        LoadProcess load = LoadProcess.start(job(plan(20, 0.5, 30), server.uri()))) {
      load.awaitStarted(LIMIT);
      await(load, () -> load.live().sent() >= 10);
      assertThat(load.live().ok()).isZero();

      new ProcessBuilder("kill", "-INT", "" + load.pid()).start().waitFor();
      CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(load::stop);
      long sent = awaitQuiet(load);
      assertThat(load.alive()).isTrue();
      open.countDown();

      assertThat(stopped.join()).isTrue();
      assertThat(load.alive()).isFalse();
      assertThat(load.requests()).hasSize((int) sent);
      assertThat(load.requests()).allMatch(one -> one.outcome() == Outcome.OK);
      assertThat(load.live().ok()).isEqualTo(sent);
    }
  }

  @Test
  void aKilledLoadLeavesWhatWasKnown() throws Exception {
    TestServer.Behaviour answersOddOnes =
        (hit, answer) -> {
          if (hit.id() % 2 == 0) {
            new CountDownLatch(1).await();
          }
          answer.ok("v1");
        };
    try (TestServer server = new TestServer(answersOddOnes);
        LoadProcess load = LoadProcess.start(job(plan(40, 1, 60), server.uri()))) {
      load.awaitStarted(LIMIT);
      await(load, () -> load.live().ok() >= 20);
      ProcessHandle child = ProcessHandle.of(load.pid()).orElseThrow();
      child.destroyForcibly();
      child.onExit().join();

      LoadRecording recording = load.recording();
      assertThat(recording.damage()).last().asString().startsWith("simulation.log lacks");
      Map<Outcome, List<Request>> outcomes =
          recording.requests().stream().collect(Collectors.groupingBy(Request::outcome));
      assertThat(outcomes.keySet()).containsExactlyInAnyOrder(Outcome.OK, Outcome.UNKNOWN);
      assertThat(outcomes.get(Outcome.OK)).hasSizeGreaterThanOrEqualTo(20);
      assertThat(outcomes.get(Outcome.OK)).allMatch(one -> one.id() % 2 == 1);
      assertThat(outcomes.get(Outcome.UNKNOWN)).hasSizeGreaterThanOrEqualTo(19);
      assertThat(outcomes.get(Outcome.UNKNOWN)).allMatch(one -> one.latencyMillis() == -1);
      assertThat(load.stop()).isFalse();
    }
  }

  @Test
  void anOrphanedLoadEnds() throws Exception {
    try (TestServer server = new TestServer((hit, answer) -> answer.ok("v1"))) {
      Process parent =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Orphaning.class.getName(),
                  folder.toString(),
                  server.uri().toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(parent.inputReader().readLine())).orElseThrow();
      parent.destroyForcibly();

      child.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(LoadRecording.read(folder, plan(20, 0.5, 5)).requests())
          .isNotEmpty()
          .allMatch(one -> one.outcome() == Outcome.OK);
    }
  }

  /** Starts a load, says its process id, and waits to be killed. */
  static final class Orphaning {
    private Orphaning() {}

    public static void main(String[] arguments) throws InterruptedException {
      LoadJob job =
          LoadJob.of(plan(20, 0.5, 5), SEED, "r1", Path.of(arguments[0]), URI.create(arguments[1]));
      LoadProcess load = LoadProcess.start(job);
      load.awaitStarted(LIMIT);
      System.out.println(load.pid());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aFailedStartSaysWhy() throws Exception {
    Files.createFile(folder.resolve("gatling"));
    try (LoadProcess load =
        LoadProcess.start(job(plan(40, 0.5, 10), URI.create("http://127.0.0.1:9")))) {
      assertThatExceptionOfType(LoadException.class)
          .isThrownBy(() -> load.awaitStarted(LIMIT))
          .withMessageStartingWith("Gatling failed to start (exit code 1)")
          .withMessageContaining("load.log:")
          .withMessageContaining("Not a directory");
    }
  }

  private LoadJob job(LoadPlan plan, URI... targets) {
    return LoadJob.of(plan, SEED, "r1", folder, targets);
  }

  private static LoadPlan plan(double rate, double newShare, int timeoutSeconds) {
    return new LoadPlan(
        rate, newShare, 50, null, null, Duration.ofSeconds(timeoutSeconds), Duration.ofMinutes(1));
  }

  /** Runs a load until enough is sent, stops it in order, and reads it. */
  private static LoadRecording run(LoadJob job, LongPredicate enough) {
    try (LoadProcess load = LoadProcess.start(job)) {
      load.awaitStarted(LIMIT);
      await(load, () -> enough.test(load.live().sent()));
      assertThat(load.stop()).isTrue();
      LoadRecording recording = load.recording();
      assertThat(recording.requests()).hasSize((int) load.live().sent());
      return recording;
    }
  }

  /** Bounded by the limit of the plan, which ends the load. */
  private static void await(LoadProcess load, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(load.alive()).isTrue();
      pause();
    }
  }

  /** Waits until a second has brought no request; returns how many there are. */
  private static long awaitQuiet(LoadProcess load) {
    long before = -1;
    for (long now = load.live().sent(); now != before; now = load.live().sent()) {
      before = now;
      for (int i = 0; i < 20; i++) {
        pause();
      }
    }
    return before;
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
  }
}
