package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.requests.Latency;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Share;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * When two runs are told apart by a number, and not by chance.
 *
 * @param rule a sentence for people, without its full stop
 * @param test two runs with different values
 */
public record Apart(String rule, Test test) {
  /** Two runs are never told apart: the number describes. */
  static final Apart NEVER = new Apart("", (a, b, peers) -> false);

  private static final String EXACT_COUNT = "Any difference counts, since it is an exact count";

  /** Shorter ones are nothing that two runs of one file would agree on. */
  private static final double TIME_SECONDS = 1;

  /** Single runs of one file differ by less than this of their times and amounts. */
  private static final double SINGLE_RUN_SHARE = 0.2;

  /** Histories have whole milliseconds. */
  private static final double MILLISECOND = 1;

  /** Whether two runs differ by more than chance. */
  public interface Test {
    /**
     * @param peers all runs under the same conditions, baselines too, with numbers that can be
     *     trusted
     */
    boolean told(Evidence some, Evidence other, List<Evidence> peers);
  }

  /** What is counted to the last one. */
  public static Apart counted() {
    return new Apart(EXACT_COUNT, (a, b, peers) -> true);
  }

  /**
   * Whether the rule says of these two runs alone that they differ, so that nothing follows for
   * other runs of the same files.
   */
  public boolean isOfTheseRunsOnly() {
    return rule.equals(EXACT_COUNT);
  }

  /** Shares of requests or of users, which another run would have other ones of. */
  public static Apart shares(Function<Evidence, Optional<Share>> share) {
    return new Apart(
        "Two runs are told apart where their 95 % intervals do not overlap. The intervals take"
            + " every request or user as a draw of its own; failures come in bursts, so that"
            + " another run may differ by more: only repeated runs show by how much",
        (a, b, peers) -> {
          Optional<Share> one = share.apply(a).map(Apart::sampled);
          Optional<Share> other = share.apply(b).map(Apart::sampled);
          return one.isPresent()
              && other.isPresent()
              && (one.get().high() < other.get().low() || other.get().high() < one.get().low());
        });
  }

  /** Also of a complete count: another run would have counted others. */
  private static Share sampled(Share share) {
    return Share.of(share.count(), share.total());
  }

  /** Times without any answer: shorter than a second is some requests in a row. */
  public static Apart outages(Function<Evidence, OptionalDouble> seconds) {
    return new Apart(
        "Two runs are told apart where they differ by more than a second and by more than the"
            + " baseline's own outage",
        (a, b, peers) ->
            Math.abs(seconds.apply(a).orElse(Double.NaN) - seconds.apply(b).orElse(Double.NaN))
                > outageNoise(seconds, peers));
  }

  /** The longest outage in seconds that is none to speak of. */
  public static double outageNoise(
      Function<Evidence, OptionalDouble> seconds, List<Evidence> peers) {
    return peers.stream()
        .filter(Evidence::isBaseline)
        .map(seconds)
        .flatMapToDouble(OptionalDouble::stream)
        .reduce(TIME_SECONDS, Math::max);
  }

  /** Seconds from a command: no time without a rollout shows how far they scatter. */
  public static Apart times(Function<Evidence, OptionalDouble> seconds) {
    return new Apart(
        "Two runs are told apart where they differ by more than a second and by more than a fifth"
            + " of the longer time, as repeated runs of one file do not",
        (a, b, peers) -> {
          double one = seconds.apply(a).orElse(Double.NaN);
          double other = seconds.apply(b).orElse(Double.NaN);
          double longer = Math.max(Math.abs(one), Math.abs(other));
          double most = Math.max(TIME_SECONDS, SINGLE_RUN_SHARE * longer);
          return Math.abs(one - other) > most;
        });
  }

  /** Latencies: the times in which nothing is changed show how far they scatter. */
  public static Apart latencies(
      Function<Evidence, OptionalDouble> millis, Function<Percentiles, Integer> percentile) {
    return new Apart(
        "Two runs are told apart where their ratio is beyond that of any two of these times in which"
            + " nothing was changed: the warm-ups of all runs, and the baselines",
        (a, b, peers) -> {
          double[] calm =
              peers.stream().flatMap(Apart::calm).mapToDouble(percentile::apply).toArray();
          double one = millis.apply(a).orElse(Double.NaN);
          double other = millis.apply(b).orElse(Double.NaN);
          double least = Math.max(MILLISECOND, DoubleStream.of(calm).min().orElse(0));
          double most = DoubleStream.of(calm).max().orElse(Double.POSITIVE_INFINITY);
          return calm.length > 1
              && Math.max(one, other) > Math.min(one, other) * most / least
              && Math.abs(one - other) > MILLISECOND;
        });
  }

  private static Stream<Percentiles> calm(Evidence run) {
    Optional<Latency> latency = run.part(Latency.class).known();
    Optional<Percentiles> whole =
        run.isBaseline() ? latency.flatMap(Latency::sinceRollout) : Optional.empty();
    return Stream.concat(latency.flatMap(Latency::warmUp).stream(), whole.stream());
  }

  /** Ratios that are 1 where nothing happens, as they would be of a perfect baseline. */
  public static Apart ratios(Function<Evidence, OptionalDouble> ratio) {
    return new Apart(
        "Two runs are told apart where they differ by more than the baseline differs from 1",
        (a, b, peers) ->
            Math.abs(number(ratio, a) - number(ratio, b)) > baselineNoise(ratio, peers, 1));
  }

  /** Amounts beyond the warm-up's level, which are 0 where nothing happens. */
  public static Apart amounts(Function<Evidence, OptionalDouble> amount) {
    return new Apart(
        "Two runs are told apart where they differ by more than the baseline differs from 0, and by"
            + " more than a fifth of the larger amount",
        (a, b, peers) -> {
          double one = number(amount, a);
          double other = number(amount, b);
          double fifth = SINGLE_RUN_SHARE * Math.max(Math.abs(one), Math.abs(other));
          double difference = Math.abs(one - other);
          return difference > fifth && difference > baselineNoise(amount, peers, 0);
        });
  }

  /** How far the baselines are from what a perfect one would be; without one nothing is told. */
  private static double baselineNoise(
      Function<Evidence, OptionalDouble> value, List<Evidence> peers, double perfect) {
    return peers.stream()
        .filter(Evidence::isBaseline)
        .map(value)
        .flatMapToDouble(OptionalDouble::stream)
        .map(v -> Math.abs(v - perfect))
        .max()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static double number(Function<Evidence, OptionalDouble> value, Evidence run) {
    return value.apply(run).orElse(Double.NaN);
  }
}
