package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What users met: failures, outages and waiting. */
public final class HarmMeasures implements MeasureProvider {
  private static final double POINTS = 100;

  /** So many seconds of load without a failure show that there is no more of them. */
  private static final int QUIET_SECONDS = 3;

  public static final Measure ERROR_PERCENT =
      new Heading(
              "errorPercent",
              "Failed requests",
              "%",
              3,
              "Failed over all requests sent since x = 0, silent resends count as failed")
          .read(Errors.class, errors -> Numbered.percent(errors.sinceRollout()))
          .lowestShareIsBest(run -> run.part(Errors.class).known().map(Errors::sinceRollout))
          .orElseOneOf(run -> percents(errors(run)))
          .perPhase(errorsOf(errors -> Numbered.percent(errors.failed())))
          .isHarm()
          .only(Table.COMPARISON, Table.MATRIX);

  public static final Measure LONGEST_OUTAGE =
      new Heading(
              "longestOutageSeconds",
              "Longest outage",
              "s",
              2,
              "Longest time since x = 0 with no success though requests were made")
          .read(
              Errors.class,
              errors ->
                  Numbered.seconds(
                      errors.longestOutage().map(Span::millis).or(() -> Optional.of(0L))))
          .lowestIsBest(Apart::outages)
          .isHarm()
          .only(Table.COMPARISON);

  public static final Measure P99_MILLIS =
      latency("p99Millis", "Latency p99", "As p50", Percentiles::p99Millis);

  public static final Measure USERS_HURT_PERCENT =
      new Heading(
              "usersHurtPercent",
              "Users with a failure",
              "%",
              1,
              "Users with a failed request since x = 0, over all users")
          .read(Harm.class, harm -> Numbered.percent(harm.users()))
          .lowestShareIsBest(run -> run.part(Harm.class).known().map(Harm::users))
          .isHarm()
          .only(Table.COMPARISON, Table.MATRIX);

  public static final Measure USERS_HURT =
      new Heading(
              "usersHurt",
              "Users hurt",
              "",
              0,
              "Distinct users with a failed request since x = 0, over the whole course: a longer one"
                  + " has more requests that can fail, so see its length")
          .read(Harm.class, harm -> OptionalDouble.of(harm.users().count()))
          .lowestIsBest(value -> Apart.counted())
          .isHarm()
          .only(Table.MATRIX);

  public static final Measure SERVED_AGAIN_SECONDS =
      new Heading(
              "servedAgainSeconds",
              "Served again after",
              "s",
              0,
              "From the second of the first failed request since x = 0 to the end of that of the last"
                  + " one, in whole seconds: after it nobody was hurt any more; 0 where none failed, and"
                  + " no number where requests failed up to the end of the load")
          .read(Errors.class, HarmMeasures::servedAgain)
          .lowestIsBest(Apart::times)
          .orBeyond(
              run ->
                  run.part(Errors.class)
                      .known()
                      .filter(errors -> servedAgain(errors).isEmpty())
                      .map(HarmMeasures::hurtFor)
                      .orElse(OptionalDouble.empty()))
          .isHarm()
          .only(Table.MATRIX);

  public static final Measure FAILED_REQUESTS =
      new Heading(
              "failedRequests",
              "Failed requests",
              "",
              0,
              "Requests of one rollout that failed, sent since its command. A number, not a share: a"
                  + " slower rollout would get a smaller share for the same harm")
          .read(Errors.class, errors -> OptionalDouble.of(errors.sinceRollout().count()))
          .orElseOneOf(
              run ->
                  List.of(
                      (double) errors(run).sinceRollout().count()
                          + errors(run).unknownSinceRollout()))
          .perPhase(errorsOf(errors -> OptionalDouble.of(errors.failed().count())))
          .lowestIsBest(value -> Apart.counted())
          .isHarm()
          .only(Table.SWEEP, Table.MATRIX);

  public static final Measure KNOWN_REQUESTS =
      new Heading(
              "knownRequests",
              "Requests with a known end",
              "",
              0,
              "Requests sent since the command whose end is known: what failed is counted from them")
          .read(Errors.class, errors -> OptionalDouble.of(errors.sinceRollout().total()))
          .only(Table.SWEEP);

  private static final List<Measure> ALL =
      List.of(
          new Heading(
                  "requests", "Requests", "", 0, "Requests the load process sent in the whole run")
              .read(Reconciliation.class, r -> OptionalDouble.of(r.ends().sent()))
              .perPhase(errorsOf(errors -> OptionalDouble.of(errors.sent())))
              .only(Table.COMPARISON),
          ERROR_PERCENT,
          USERS_HURT_PERCENT,
          USERS_HURT,
          LONGEST_OUTAGE,
          latency(
              "p50Millis",
              "Latency p50",
              "Of successful requests since x = 0, from sending to the end of the answer",
              Percentiles::p50Millis),
          latency("p95Millis", "Latency p95", "As p50", Percentiles::p95Millis),
          P99_MILLIS,
          new Heading(
                  "p99IntendedMillis",
                  "Latency p99 as intended",
                  "ms",
                  0,
                  "As p99, from when the arrival rate wanted the request sent")
              .read(
                  Latency.class, l -> millis(l.sinceRolloutFromIntended(), Percentiles::p99Millis))
              .perPhase(latencyOf(row -> OptionalDouble.of(row.fromIntended().p99Millis())))
              .only(Table.COMPARISON),
          FAILED_REQUESTS,
          KNOWN_REQUESTS,
          SERVED_AGAIN_SECONDS);

  @Override
  public List<Measure> measures() {
    return ALL;
  }

  private static Measure latency(
      String key, String label, String how, Function<Percentiles, Integer> percentile) {
    return new Heading(key, label, "ms", 0, how)
        .read(Latency.class, l -> millis(l.sinceRollout(), percentile))
        .lowestIsBest(value -> Apart.latencies(value, percentile))
        .perPhase(latencyOf(row -> OptionalDouble.of(percentile.apply(row.latency()))))
        .only(Table.COMPARISON);
  }

  private static OptionalDouble millis(
      Optional<Percentiles> times, Function<Percentiles, Integer> percentile) {
    return times.map(p -> OptionalDouble.of(percentile.apply(p))).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble servedAgain(Errors errors) {
    List<Errors.Second> all = errors.perSecond();
    boolean quiet =
        all.size() > QUIET_SECONDS
            && all.subList(all.size() - QUIET_SECONDS, all.size()).stream()
                .allMatch(second -> second.failed() == 0);
    return quiet ? hurtFor(errors) : OptionalDouble.empty();
  }

  /** From the second of the first failure to the end of that of the last. */
  private static OptionalDouble hurtFor(Errors errors) {
    int[] bad =
        errors.perSecond().stream()
            .filter(second -> second.second() >= 0 && second.failed() > 0)
            .mapToInt(Errors.Second::second)
            .toArray();
    return OptionalDouble.of(bad.length == 0 ? 0 : bad[bad.length - 1] - bad[0] + 1);
  }

  private static Errors errors(Evidence run) {
    return run.part(Errors.class).orThrow();
  }

  /** If all requests whose end is not known had succeeded, and if all of them had failed. */
  private static List<Double> percents(Errors errors) {
    Share known = errors.sinceRollout();
    double unknown = errors.unknownSinceRollout();
    double all = known.total() + unknown;
    return all == 0
        ? List.of()
        : List.of(POINTS * known.count() / all, POINTS * (known.count() + unknown) / all);
  }

  private static Measure.InPhase errorsOf(Function<Errors.PhaseErrors, OptionalDouble> number) {
    return (run, index) ->
        run.part(Errors.class)
            .map(
                errors ->
                    errors.byPhase().stream()
                        .filter(row -> row.phase().index() == index)
                        .findFirst()
                        .map(number)
                        .orElse(OptionalDouble.empty()));
  }

  /** Of both kinds of connections together. */
  private static Measure.InPhase latencyOf(Function<Latency.PhaseLatency, OptionalDouble> number) {
    return (run, index) ->
        run.part(Latency.class)
            .map(
                latency ->
                    latency.byPhase().stream()
                        .filter(row -> row.population().isEmpty())
                        .filter(row -> row.phase().index() == index)
                        .findFirst()
                        .map(number)
                        .orElse(OptionalDouble.empty()));
  }
}
