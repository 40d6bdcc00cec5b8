package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.causes.CauseAnalysis;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.causes.slow.SlowCauseAnalysis;
import io.rolloutlab.analysis.causes.slow.SlowCauses;
import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MillionRequestsTest {
  private static final int MANY = 1_000_000;
  private static final int FEWER = 200_000;

  /** Five times the requests may take up to this many times as long: linear, with much room. */
  private static final double ROOM = 15;

  @Test
  void aMillionRequestsAreAnalysedInLinearTime() {
    History few = rolling(FEWER);
    History many = rolling(MANY);
    Analysis.analyse(few);

    long fewNanos = Long.MAX_VALUE;
    long manyNanos = Long.MAX_VALUE;
    for (int turn = 0; turn < 3; turn++) {
      fewNanos = Math.min(fewNanos, nanos(few));
      manyNanos = Math.min(manyNanos, nanos(many));
    }

    assertThat((double) manyNanos / fewNanos)
        .as("%s ms for %s, %s ms for %s", manyNanos / 1_000_000, MANY, fewNanos / 1_000_000, FEWER)
        .isLessThan(ROOM);
    Findings findings = Analysis.analyse(many);
    assertThat(findings.reconciliation().orThrow().logged().matched()).isEqualTo(MANY);
    assertThat(findings.errors().orThrow().sinceRollout().count()).isEqualTo(MANY / 100);
  }

  /** With them the whole may take half as long again. */
  @Test
  void causesOfFailuresTakeAThirdOfTheTimeAtMost() {
    History history = failing();
    List<HistoryAnalysis<?>> all = new ArrayList<>(DeliveredAnalyses.ALL);
    all.add(new CauseAnalysis());

    takeAThirdAtMost(
        history,
        all,
        run -> {
          Causes causes = new CauseAnalysis().of(run);
          assertThat(causes.failed()).isEqualTo(MANY / 10);
          assertThat(causes.unknown()).isZero();
        });
  }

  /** The tenth of them that failed at their tasks have answered slowly instead. */
  @Test
  void soDoCausesOfSlowRequests() {
    History history = slow();
    List<HistoryAnalysis<?>> all = new ArrayList<>(DeliveredAnalyses.ALL);
    all.add(new SlowCauseAnalysis());

    takeAThirdAtMost(
        history,
        all,
        run -> {
          SlowCauses causes = new SlowCauseAnalysis().of(run);
          assertThat(causes.slow()).isEqualTo(MANY / 10);
          assertThat(causes.unknown()).isZero();
          assertThat(causes.requests()).hasSize(100);
        });
  }

  private static void takeAThirdAtMost(
      History history, List<HistoryAnalysis<?>> all, Consumer<Inquiry> causes) {
    long wholeNanos = Long.MAX_VALUE;
    long causesNanos = Long.MAX_VALUE;
    for (int turn = 0; turn < 3; turn++) {
      wholeNanos = Math.min(wholeNanos, nanos(history));
      Inquiry run = new Inquiry(history, all);
      run.part(RequestTable.class).orThrow();
      long start = System.nanoTime();
      causes.accept(run);
      causesNanos = Math.min(causesNanos, System.nanoTime() - start);
    }

    assertThat(3 * causesNanos)
        .as("%s ms of %s ms", causesNanos / 1_000_000, wholeNanos / 1_000_000)
        .isLessThan(wholeNanos);
  }

  private static History failing() {
    return everyTenth(
        new Request.End(3, Outcome.FAILED, "http-502", 502),
        AppHeaders.NONE,
        upstream -> new Hit.Tries(upstream, "502"));
  }

  private static History slow() {
    return everyTenth(
        new Request.End(500, Outcome.OK, "", 200),
        new AppHeaders("v1", ""),
        upstream -> new Hit.Tries(upstream, "200", "0", "500"));
  }

  /**
   * Every tenth of a million ends so, all of them at a task that Swarm had told to stop: each task
   * lives for ten seconds. The others are answered in 3 ms; the first two seconds are the warm-up.
   */
  private static History everyTenth(
      Request.End end, AppHeaders headers, Function<String, Hit.Tries> tries) {
    Histories frame =
        Histories.of(Strategy.ROLLING).phase(0, PhaseKind.WARM_UP).phase(2_000, PhaseKind.ROLLOUT);
    for (int task = 0; task < MANY / 10_000; task++) {
      long from = task * 10_000L;
      frame
          .address(from - 2_000, "t" + task, 1, "v1", address(task))
          .task(from - 1_000, "t" + task, 1, "v1", "running")
          .task(from + 5_000, "t" + task, "pyapp", 1, "v1", "running", "shutdown")
          .task(from + 12_000, "t" + task, "pyapp", 1, "v1", "shutdown", "shutdown");
    }
    History events = frame.end(MANY + 1000, Event.End.COMPLETED).build();
    Request.End well = new Request.End(3, Outcome.OK, "", 200);
    List<Request> sent = new ArrayList<>(MANY);
    List<Hit> hits = new ArrayList<>(MANY);
    for (int i = 0; i < MANY; i++) {
      boolean tenth = i % 10_000 >= 9_000;
      String upstream = (address(i / 10_000) + ":5000").intern();
      long at = Histories.ZERO + i;
      Request.End its = tenth ? end : well;
      AppHeaders said = tenth ? headers : new AppHeaders("v1", "");
      Request.Times times = new Request.Times(at, at);
      sent.add(new Request(i + 1, i % 60_000, Population.NEW, times, its, said));
      hits.add(
          new Hit(
              at + its.latencyMillis(),
              i + 1,
              "10.77.0.1",
              new Hit.Answer(its.status(), its.latencyMillis()),
              tenth ? tries.apply(upstream) : new Hit.Tries(upstream, "200", "0", "3"),
              said,
              new Hit.Connection("edge1", 30, i, 1)));
    }
    hits.sort(Comparator.comparingLong(Hit::atMillis));
    return new History(events.manifest(), events.events(), sent, hits, List.of(), List.of());
  }

  private static String address(int task) {
    return "10.0.%s.%s".formatted(1 + task / 250, 2 + task % 250);
  }

  private static long nanos(History history) {
    long start = System.nanoTime();
    Analysis.analyse(history);
    return System.nanoTime() - start;
  }

  /**
   * A thousand a second; every hundredth fails, v2 answers those of the second half. Texts are
   * shared, as the reader shares them.
   */
  static History rolling(int requests) {
    History frame =
        Histories.of(Strategy.ROLLING)
            .phase(0, PhaseKind.ROLLOUT)
            .phase(requests / 2, PhaseKind.HOLD)
            .end(requests + 1000, Event.End.COMPLETED)
            .build();
    List<Request> sent = new ArrayList<>(requests);
    List<Hit> hits = new ArrayList<>(requests);
    for (int i = 0; i < requests; i++) {
      boolean fails = i % 100 == 7;
      String version = fails ? "" : i < requests / 2 ? "v1" : "v2";
      Outcome outcome = fails ? Outcome.FAILED : Outcome.OK;
      String error = fails ? "http-502" : "";
      int status = fails ? 502 : 200;
      int latency = 3 + i % 17;
      long at = Histories.ZERO + i;
      int user = i % 60_000;
      sent.add(
          new Request(
              i + 1,
              user,
              Population.NEW,
              new Request.Times(at, at),
              new Request.End(latency, outcome, error, status),
              new AppHeaders(version, "r1")));
      hits.add(
          new Hit(
              at + latency,
              i + 1,
              "10.77.0.1",
              new Hit.Answer(status, 1),
              new Hit.Tries("10.0.1.5:5000", "200"),
              new AppHeaders(version, "r1"),
              new Hit.Connection("edge1", 30, i, 1)));
    }
    return new History(frame.manifest(), frame.events(), sent, hits, List.of(), List.of());
  }
}
