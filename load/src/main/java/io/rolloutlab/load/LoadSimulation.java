package io.rolloutlab.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.http.response.Response;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.rolloutlab.history.Population;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.requests.GoodAnswer;
import io.rolloutlab.scenario.requests.RequestDraw;
import io.rolloutlab.scenario.requests.RequestPlan;
import io.rolloutlab.scenario.users.UserMark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What Gatling runs: the two populations, each virtual user sends one request, which is one of
 * those that the plan lists, where it lists any, and after a page the assets that it names. It runs
 * in the child process only.
 */
public final class LoadSimulation extends Simulation {
  /** The system property with the load's folder. */
  static final String FOLDER = "lab.load.folder";

  private static final String ARRIVAL = "arrival";
  private static final String VISIT = "visit";

  /** Which of the assets of a visit is asked for, from 0. */
  private static final String ASSET = "asset";

  // Gatling itself ends a request at its timeout; this is for its clock to come round.
  private static final Duration TIMEOUT_SLACK = Duration.ofMillis(500);

  private final LoadJob job;
  private final Map<String, RequestPlan> listed;
  private final Arrivals arrivals;
  private final RecordingWriter recording;

  /** By the id of a page whose answer was good: the version that gave it. */
  private final Map<Long, String> answeredBy = new ConcurrentHashMap<>();

  /**
   * What follows the good answer of a page.
   *
   * @param version that gave it
   * @param assets how many it names
   */
  private record Visit(Arrival page, String version, int assets) {}

  /** Made by Gatling. */
  public LoadSimulation() throws IOException {
    LoadFolder folder = new LoadFolder(Path.of(System.getProperty(FOLDER)));
    job = folder.readJob();
    // Nobody reads it after this.
    folder.maskSecrets();
    LoadPlan plan = job.plan();
    listed =
        plan.requests().stream().collect(Collectors.toMap(RequestPlan::name, Function.identity()));
    arrivals =
        new Arrivals(
            job.seed(),
            plan.users(),
            new RequestDraw(plan.requests(), job.seed()),
            plan.requestTimeout().plus(TIMEOUT_SLACK));
    recording = new RecordingWriter(folder.recording());
    ParentLink.atEnd(arrivals::close);
    List<PopulationBuilder> populations =
        Arrays.stream(Population.values())
            .filter(one -> ArrivalSchedule.of(plan, one).requests() > 0)
            .map(this::population)
            .toList();
    setUp(populations);
  }

  private PopulationBuilder population(Population population) {
    ArrivalSchedule schedule = ArrivalSchedule.of(job.plan(), population);
    ChainBuilder request =
        exec(session -> arrive(session, population))
            .exec(doIf(session -> session.contains(ARRIVAL)).then(visit()))
            .stopLoadGeneratorIf("the parent let go", session -> arrivals.drained());
    return scenario(population.name())
        .exec(request)
        .injectOpen(
            nothingFor(Duration.ofMillis(schedule.shiftMillis())),
            constantUsersPerSec(schedule.ratePerSecond())
                .during(Duration.ofSeconds(schedule.seconds())))
        .protocols(protocol(population));
  }

  private HttpProtocolBuilder protocol(Population population) {
    HttpProtocolBuilder protocol =
        http.disableWarmUp()
            .disableFollowRedirect()
            .disableCaching()
            .disableUrlEncoding()
            .acceptHeader("application/json")
            .userAgentHeader("rollout-lab/" + job.runId())
            .check(status().gte(0))
            .transformResponse(this::answered);
    // One pool is shared by all protocols that share: the new ones would take the connections that
    // the reused ones have opened. Without it each virtual user begins with a pool of its own.
    // The header stands on the protocol: on a request alone, Gatling pools the connection all the
    // same.
    return population == Population.NEW
        ? protocol.connectionHeader("close")
        : protocol.shareConnections();
  }

  private Session arrive(Session session, Population population) {
    return arrivals
        .next(population)
        .map(
            arrival -> {
              Session with = sent(session, arrival);
              ParentLink.sayStarted();
              return with;
            })
        .orElse(session);
  }

  private ChainBuilder visit() {
    ChainBuilder page = send().exec(this::end);
    return job.plan().namesAssets() ? page.exec(this::keepVisit).exec(assets()) : page;
  }

  /** Keeps what follows, where something does. */
  private Session keepVisit(Session session) {
    Arrival page = arrival(session);
    String version = answeredBy.remove(page.id());
    return version == null
        ? session
        : session.set(VISIT, new Visit(page, version, listed.get(page.request()).namedAssets()));
  }

  /** One after the other, whatever came of those before. */
  private ChainBuilder assets() {
    HttpRequestActionBuilder asset =
        http(session -> arrival(session).name())
            .get(
                session ->
                    job.url(
                        arrival(session).index(),
                        RequestPlan.assetPath(
                            visitOf(session).version(), session.getInt(ASSET) + 1)));
    return repeat(session -> session.contains(VISIT) ? visitOf(session).assets() : 0, ASSET)
        .on(
            exec(this::nextAsset)
                .exec(
                    doIf(session -> session.contains(ARRIVAL)).then(send(asset), exec(this::end))));
  }

  /** A failure before it is none of its own. */
  private Session nextAsset(Session session) {
    return arrivals
        .asset(visitOf(session).page())
        .map(asset -> sent(session.markAsSucceeded(), asset))
        .orElseGet(() -> session.remove(ARRIVAL));
  }

  private Session sent(Session session, Arrival arrival) {
    recording.write(new RecordingLine.Sent(arrival, System.currentTimeMillis()));
    return session.set(ARRIVAL, arrival);
  }

  private static Visit visitOf(Session session) {
    Visit visit = session.get(VISIT);
    return Objects.requireNonNull(visit);
  }

  private ChainBuilder send() {
    return listed.isEmpty()
        ? send(
            http(session -> arrival(session).name())
                .get(session -> job.url(arrival(session).index())))
        : doSwitch(session -> arrival(session).request())
            .on(
                job.plan().requests().stream()
                    .map(one -> onCase(one.name()).then(send(request(one))))
                    .toList());
  }

  private ChainBuilder send(HttpRequestActionBuilder request) {
    HttpRequestActionBuilder known = known(request);
    UserMark mark = job.mark();
    if (mark == null) {
      return exec(known);
    }
    return exec(
        doIfOrElse(session -> carried(mark, session).isPresent())
            .then(
                exec(known.header(mark.header(), session -> carried(mark, session).orElseThrow())))
            .orElse(exec(known)));
  }

  private static Optional<String> carried(UserMark mark, Session session) {
    return mark.headerOf(arrival(session).user());
  }

  /**
   * One of the plan's. All is told by functions: in a text Gatling would look for its own words.
   */
  private HttpRequestActionBuilder request(RequestPlan plan) {
    HttpRequestActionBuilder request =
        http(session -> arrival(session).name())
            .httpRequest(plan.method(), session -> job.url(arrival(session).index(), plan.path()));
    for (Map.Entry<String, String> header : plan.headers().entrySet()) {
      request = request.header(header.getKey(), session -> header.getValue());
    }
    return plan.body() == null ? request : request.body(StringBody(session -> plan.body()));
  }

  /** What the witnesses know every request by. */
  private static HttpRequestActionBuilder known(HttpRequestActionBuilder request) {
    return request
        .header("X-Request-Id", session -> Long.toString(arrival(session).id()))
        .header(UserMark.USER_ID, session -> Integer.toString(arrival(session).user()))
        .header("X-Forwarded-For", session -> LoadPlan.addressOf(arrival(session).user()));
  }

  private Response answered(Response response, Session session) {
    Arrival arrival = arrival(session);
    RequestPlan asked = listed.get(arrival.request());
    RecordingLine.Answered answer =
        new RecordingLine.Answered(
            arrival.id(),
            response.startTimestamp(),
            response.endTimestamp(),
            response.status().code(),
            response.headers().get("X-App-Version", ""),
            response.headers().get("X-App-Host", ""),
            asked == null
                ? ""
                : wrong(response, arrival.isAsset() ? GoodAnswer.OF_ASSET : asked.good()));
    recording.write(answer);
    boolean page = asked != null && asked.namedAssets() > 0 && !arrival.isAsset();
    if (page && answer.error().isEmpty() && !answer.version().isEmpty()) {
      answeredBy.put(arrival.id(), answer.version());
    }
    return response;
  }

  /** Why an answer that is no error of a server is not good; empty for every other one. */
  private static String wrong(Response response, GoodAnswer good) {
    int status = response.status().code();
    return status >= RecordingLine.Answered.SERVER_ERROR
        ? ""
        : good.complaint(status, response.headers()::getAll, response.body().bytes()).orElse("");
  }

  private Session end(Session session) {
    // Every status passes the check, so what failed has had no whole answer.
    if (session.isFailed()) {
      recording.write(new RecordingLine.Failed(arrival(session).id(), System.currentTimeMillis()));
    }
    arrivals.ended();
    return session;
  }

  private static Arrival arrival(Session session) {
    Arrival arrival = session.get(ARRIVAL);
    return Objects.requireNonNull(arrival);
  }
}
