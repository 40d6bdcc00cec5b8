package io.rolloutlab.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
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
import io.rolloutlab.scenario.users.UserMark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Gatling runs: the two populations, each virtual user sends one request. It runs in the child
 * process only.
 */
public final class LoadSimulation extends Simulation {
  /** The system property with the load's folder. */
  static final String FOLDER = "lab.load.folder";

  private static final String ARRIVAL = "arrival";
  // Gatling itself ends a request at its timeout; this is for its clock to come round.
  private static final Duration TIMEOUT_SLACK = Duration.ofMillis(500);

  private final LoadJob job;
  private final Arrivals arrivals;
  private final RecordingWriter recording;

  /** Made by Gatling. */
  public LoadSimulation() throws IOException {
    LoadFolder folder = new LoadFolder(Path.of(System.getProperty(FOLDER)));
    job = folder.readJob();
    LoadPlan plan = job.plan();
    arrivals = new Arrivals(job.seed(), plan.users(), plan.requestTimeout().plus(TIMEOUT_SLACK));
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
            .exec(doIf(session -> session.contains(ARRIVAL)).then(send(), exec(this::end)))
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
              recording.write(new RecordingLine.Sent(arrival, System.currentTimeMillis()));
              ParentLink.sayStarted();
              return session.set(ARRIVAL, arrival);
            })
        .orElse(session);
  }

  private ChainBuilder send() {
    UserMark mark = job.mark();
    if (mark == null) {
      return exec(request());
    }
    return exec(
        doIfOrElse(session -> carried(mark, session).isPresent())
            .then(
                exec(
                    request()
                        .header(mark.header(), session -> carried(mark, session).orElseThrow())))
            .orElse(exec(request())));
  }

  private static Optional<String> carried(UserMark mark, Session session) {
    return mark.headerOf(arrival(session).user());
  }

  private HttpRequestActionBuilder request() {
    return http(session -> arrival(session).name())
        .get(session -> job.url(arrival(session).index()))
        .header("X-Request-Id", session -> Long.toString(arrival(session).id()))
        .header(UserMark.USER_ID, session -> Integer.toString(arrival(session).user()))
        .header("X-Forwarded-For", session -> LoadPlan.addressOf(arrival(session).user()));
  }

  private Response answered(Response response, Session session) {
    recording.write(
        new RecordingLine.Answered(
            arrival(session).id(),
            response.startTimestamp(),
            response.endTimestamp(),
            response.status().code(),
            response.headers().get("X-App-Version", ""),
            response.headers().get("X-App-Host", "")));
    return response;
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
