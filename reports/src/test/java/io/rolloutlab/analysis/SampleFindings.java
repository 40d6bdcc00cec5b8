package io.rolloutlab.analysis;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import java.util.List;

/** {@link SampleRuns} and their findings, for the tests of other packages. */
public final class SampleFindings {
  private SampleFindings() {}

  /** One run of every strategy, the baseline first. */
  public static List<Findings> all(long seed) {
    return SampleRuns.all(seed).stream().map(Analysis::analyse).toList();
  }

  /**
   * A rolling update from 0 on and a hold from second 2 on, told by its answers.
   *
   * @param scenario of the run
   * @param seconds the requests sent in each second since x = 0: {@code 1} and {@code 2} were
   *     answered by v1 and v2, {@code s} by v2 and slowly, {@code e} by v2 with an error, {@code x}
   *     failed
   */
  public static Findings answers(
      String runId, Manifest.Origin origin, Scenario scenario, String... seconds) {
    long end = seconds.length * 1000L;
    return Analysis.analyse(
        answered(runId, origin, scenario, seconds).end(end, Event.End.COMPLETED).build());
  }

  /** The same, each request by another user. */
  public static Findings answersOfMany(String runId, Scenario scenario, String... seconds) {
    Histories history = Histories.of(scenario).runId(runId);
    history.phase(0, PhaseKind.ROLLOUT, "update").phase(2_000, PhaseKind.HOLD, "v2 serves");
    int user = 0;
    for (int second = 0; second < seconds.length; second++) {
      for (char answer : seconds[second].toCharArray()) {
        history.user(user++);
        one(history, user, second * 1000L + user % 500, answer);
      }
    }
    return Analysis.analyse(history.end(seconds.length * 1000L, Event.End.COMPLETED).build());
  }

  /**
   * The same, made beside others.
   *
   * @param others how many runs were made at the same time
   */
  public static Findings answersBeside(
      int others, String runId, Manifest.Origin origin, Scenario scenario, String... seconds) {
    History alone =
        answered(runId, origin, scenario, seconds)
            .end(seconds.length * 1000L, Event.End.COMPLETED)
            .build();
    return Analysis.analyse(
        new History(
            alone.manifest().besideOthers(others),
            alone.events(),
            alone.requests(),
            alone.hits(),
            alone.resources(),
            alone.damage()));
  }

  /** The same, but it did not come to its end. */
  public static Findings brokenOff(
      String runId, Manifest.Origin origin, Scenario scenario, String... seconds) {
    long at = Histories.ZERO + seconds.length * 1000L;
    return Analysis.analyse(
        answered(runId, origin, scenario, seconds)
            .event(new Event.RunEnded(at, Event.End.FAILED, "the twin breaks a law"))
            .build());
  }

  /**
   * The same, but an alarm rang, and from the order on it is the way back.
   *
   * @param rangAt milliseconds after x = 0
   * @param orderAt milliseconds after x = 0
   */
  public static Findings calledBack(
      Scenario scenario, long rangAt, long orderAt, String... seconds) {
    long rang = Histories.ZERO + rangAt;
    long order = Histories.ZERO + orderAt;
    Histories history =
        Histories.of(scenario)
            .phase(0, PhaseKind.ROLLOUT, "update")
            .event(new Event.AlarmRang(rang, "failed", "all", 2, 20, 5, 10_000))
            .event(new Event.CalledBack(order, rang))
            .phase(orderAt, PhaseKind.ROLLBACK, "called back");
    return Analysis.analyse(
        requests(history, seconds).end(seconds.length * 1000L, Event.End.COMPLETED).build());
  }

  private static Histories answered(
      String runId, Manifest.Origin origin, Scenario scenario, String... seconds) {
    Histories history = Histories.of(scenario).runId(runId);
    history = origin == Manifest.Origin.TWIN ? history.simulated() : history;
    history.phase(0, PhaseKind.ROLLOUT, "update").phase(2_000, PhaseKind.HOLD, "v2 serves");
    return requests(history, seconds);
  }

  private static Histories requests(Histories history, String... seconds) {
    int id = 0;
    for (int second = 0; second < seconds.length; second++) {
      for (char answer : seconds[second].toCharArray()) {
        id++;
        one(history, id, second * 1000L + id % 500, answer);
      }
    }
    return history;
  }

  private static void one(Histories history, int id, long at, char answer) {
    switch (answer) {
      case 'x' -> history.refusedByEdge(id, at, 5, 502);
      case 'e' ->
          history
              .request(id, at, 5, Outcome.FAILED, "http-500", 500, "v2")
              .hit(id, at + 5, 500, "v2");
      case 's' -> history.ok(id, at, 300, "v2");
      default -> history.ok(id, at, 5, "v" + answer);
    }
  }

  /** It failed before there was a cluster. */
  public static Findings withoutCluster(String runId, Scenario scenario, String cause) {
    return Analysis.analyse(
        Histories.of(scenario)
            .runId(runId)
            .withoutCluster()
            .event(new Event.RunEnded(Histories.ZERO, Event.End.FAILED, cause))
            .build());
  }

  /** A run of the strategy's delivered scenario. */
  public static History history(Strategy strategy, long seed) {
    return SampleRuns.of(strategy, seed);
  }
}
