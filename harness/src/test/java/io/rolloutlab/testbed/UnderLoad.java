package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.Traffic.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One load on a testbed while the routes of its edge change under it, and what the two witnesses
 * saw of each part. A load can be started once, and costs real time: so all that is to be seen
 * under load is seen in this one course.
 */
final class UnderLoad {
  static final ServiceSpec V1 = Asked.service("one").replicas(2).spec();
  static final ServiceSpec V2 = Asked.service("two").version("v2").replicas(2).spec();

  /**
   * The users 0 to 14 and 29, and so many addresses of nobody that the configuration is longer than
   * what Linux takes as one argument of a command (128 KiB).
   */
  static final List<String> LISTED =
      Stream.concat(
              Stream.of("10.77.0.0/28", "10.77.0.30"),
              IntStream.range(0, 8000).mapToObj(i -> "198.18.%s.%s".formatted(i / 250, i % 250)))
          .toList();

  static final int SHARE_PERCENT = 30;

  /** Each user's own cookie. */
  static final UserMark COOKIE =
      Bench.SCENARIO.settings().mark(Bench.SCENARIO.load()).orElseThrow();

  /** The users 0 to 9 by a header, the users 10 to 19 by a cookie. */
  static final int MARKED_USERS = 20;

  /** Answers 500. */
  static final ServiceSpec BROKEN =
      Asked.service("broken").version("v2").env("APP_ERROR_SHARE", "1").spec();

  /** Longer than the load leaves a kept connection idle; 60 requests are served at a time. */
  static final int SLOW_MILLIS = 2000;

  static final ServiceSpec SLOW =
      Asked.service("slow")
          .version("v2")
          .replicas(4)
          .env("APP_LATENCY_MILLIS", "" + SLOW_MILLIS)
          .spec();

  /** Its port is refused. */
  static final ServiceSpec DEAF =
      Asked.service("deaf").version("v2").env("APP_START_DELAY_SECONDS", "3600").spec();

  /** The parts of the course, in order; each is between two changes of the routes. */
  enum Part {
    ALL_V1,
    ALL_V2,
    SHARED,
    LISTED,
    /** The edge has refused other routes. */
    REFUSED,
    BY_USER,
    BY_ADDRESS,
    BY_COOKIE,
    BY_SECOND,
    /** Some users get v2 by what their requests carry. */
    MARKED,
    /** All goes to v1, and a copy to a service that ... */
    MIRRORED_TO_BROKEN,
    MIRRORED_TO_DEAF,
    MIRRORED_TO_SLOW,
    /** All goes to v1. */
    UNMIRRORED
  }

  /**
   * A part.
   *
   * @param fromMillis when the routes were in force
   * @param untilMillis when the next ones were asked for
   */
  record Span(long fromMillis, long untilMillis) {
    boolean covers(Request request) {
      return request.actualAtMillis() >= fromMillis
          && request.actualAtMillis() + Math.max(0, request.latencyMillis()) <= untilMillis;
    }
  }

  private final Testbed testbed;
  private final Stage stage;
  private final List<Hit> watched = Collections.synchronizedList(new ArrayList<>());
  private final Map<Part, Span> spans = new EnumMap<>(Part.class);
  private Counts beforeStart;
  private Counts atStart;
  private Counts onV1;
  private Counts atEnd;
  private StepFailedException secondStart;
  private StepFailedException refusal;
  private History history;

  private UnderLoad(Bench bench) {
    testbed = bench.testbed();
    stage = bench.stage();
  }

  static UnderLoad run(Bench bench) {
    UnderLoad course = new UnderLoad(bench);
    course.setUp();
    course.changeRoutes();
    course.end();
    course.history = bench.recorded();
    return course;
  }

  /** What the edge has told who watches it, in the order in which it did. */
  List<Hit> watched() {
    return List.copyOf(watched);
  }

  private void setUp() {
    stage.awaitRunning(Commands.EDGE, "", 1);
    stage.create(V1);
    stage.create(V2);
    stage.create(BROKEN);
    stage.create(SLOW);
    stage.create(DEAF);
    stage.route("all to v1", Routes.all(V1));
    stage.smokeTest(V1, 10);
    stage.smokeTest(V2, 10);
    beforeStart = testbed.traffic().counts();
    testbed.traffic().stop();
    testbed.edge().watch(watched::add);
    testbed.traffic().start();
    atStart = testbed.traffic().counts();
    secondStart = catchThrowableOfType(StepFailedException.class, testbed.traffic()::start);
    stage.hold(Duration.ofSeconds(1));
  }

  private void changeRoutes() {
    hold(Part.ALL_V1, 3);
    onV1 = testbed.traffic().counts();
    part(Part.ALL_V2, Routes.all(V2), 3);
    part(Part.SHARED, Routes.split(V1, V2, SHARE_PERCENT), 6);
    part(Part.LISTED, Routes.byAddress(V1, V2, LISTED), 4);
    Routes nowhere = Routes.byAddress(V2, V1, List.of("10.77.0.0/99"));
    refusal = catchThrowableOfType(StepFailedException.class, () -> testbed.edge().apply(nowhere));
    hold(Part.REFUSED, 3);
    part(Part.BY_USER, splitBy(SplitBy.USER), 4);
    part(Part.BY_ADDRESS, splitBy(SplitBy.ADDRESS), 3);
    part(Part.BY_COOKIE, splitBy(SplitBy.COOKIE), 3);
    part(Part.BY_SECOND, splitBy(SplitBy.SECOND), 6);
    part(Part.MARKED, marked(), 4);
    part(Part.MIRRORED_TO_BROKEN, Routes.all(V1).mirroredTo(BROKEN), 5);
    part(Part.MIRRORED_TO_DEAF, Routes.all(V1).mirroredTo(DEAF), 3);
    part(Part.MIRRORED_TO_SLOW, Routes.all(V1).mirroredTo(SLOW), 6);
    stage.route(Part.UNMIRRORED.name(), Routes.all(V1));
    // Who sent his request behind a copy that was under way waits for it even now.
    stage.hold(Duration.ofMillis(SLOW_MILLIS));
    hold(Part.UNMIRRORED, 3);
  }

  static Routes splitBy(SplitBy what) {
    return Routes.split(V1, V2, SHARE_PERCENT, what);
  }

  private static Routes marked() {
    return new Routes(
        Stream.concat(
                Routes.all(V1).targets().stream(),
                IntStream.range(0, MARKED_USERS).mapToObj(UnderLoad::toV2))
            .toList());
  }

  private static Routes.Target toV2(int user) {
    RouteCondition condition =
        user < MARKED_USERS / 2
            ? new RouteCondition.Header(UserMark.USER_ID, Integer.toString(user))
            : new RouteCondition.Cookie(COOKIE.name(), COOKIE.of(user).orElseThrow());
    return new Routes.Target(V2.name(), V2.port(), V2.version(), condition);
  }

  private void end() {
    testbed.traffic().stop();
    atEnd = testbed.traffic().counts();
    testbed.traffic().stop();
  }

  private void part(Part part, Routes routes, int seconds) {
    stage.route(part.name(), routes);
    hold(part, seconds);
  }

  private void hold(Part part, int seconds) {
    long from = stage.now();
    stage.hold(Duration.ofSeconds(seconds));
    spans.put(part, new Span(from, stage.now()));
  }

  Counts beforeStart() {
    return beforeStart;
  }

  Counts atStart() {
    return atStart;
  }

  /** At the end of the part in which everything goes to v1. */
  Counts onV1() {
    return onV1;
  }

  Counts atEnd() {
    return atEnd;
  }

  /** What came of starting the load again; null when nothing did. */
  StepFailedException secondStart() {
    return secondStart;
  }

  /** What the edge said to routes with an address that is none; null when nothing. */
  StepFailedException refusal() {
    return refusal;
  }

  /** Of the whole testbed, up to the end of the course. */
  History history() {
    return history;
  }

  Span span(Part part) {
    return spans.get(part);
  }

  /** Those sent, and ended, in a part. */
  List<Request> requests(Part part) {
    return history.requests().stream().filter(spans.get(part)::covers).toList();
  }

  List<Request> requests(Part part, Population population) {
    return requests(part).stream().filter(request -> request.population() == population).toList();
  }

  /** What nginx logged of the requests of a part. */
  List<Hit> hits(Part part) {
    Set<Long> ids = requests(part).stream().map(Request::id).collect(Collectors.toSet());
    return history.hits().stream().filter(hit -> ids.contains(hit.id())).toList();
  }
}
