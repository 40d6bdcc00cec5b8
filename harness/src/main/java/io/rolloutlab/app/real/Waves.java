package io.rolloutlab.app.real;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which real runs are made at once: a wave ends with its longest run, so those of one wave are
 * about equally long.
 *
 * @param all each made when the one before it is over; the runs of one in the order in which they
 *     were asked for
 * @param <R> what stands for a run
 */
record Waves<R>(List<List<R>> all) {
  /** Runs whose expected times differ by less are equally long: the expectation is a rough one. */
  private static final long ALIKE_SECONDS = 15;

  /** A run uses some 0.7 of a core while its rollout goes on, and more where tasks start. */
  private static final int CORES_EACH = 2;

  Waves {
    all = List.copyOf(all);
  }

  /**
   * Sets runs side by side. The first run that is left begins the next wave, so that what was asked
   * for first is there first; beside it are those that are about as long, other scenarios before
   * repeats of the same one.
   *
   * @param atOnce how many at most, 1 or more
   * @param scenario of a run
   */
  static <R> Waves<R> of(List<R> runs, int atOnce, Function<R, Scenario> scenario) {
    List<List<R>> waves = new ArrayList<>();
    List<R> left = new ArrayList<>(runs);
    while (!left.isEmpty()) {
      List<R> wave = new ArrayList<>(List.of(left.remove(0)));
      while (wave.size() < atOnce && !left.isEmpty()) {
        wave.add(left.remove(next(wave.stream().map(scenario).toList(), left, scenario)));
      }
      waves.add(List.copyOf(wave));
    }
    return new Waves<>(waves);
  }

  /** The place of the run that goes best with a wave; of equals the first one. */
  private static <R> int next(List<Scenario> wave, List<R> left, Function<R, Scenario> scenario) {
    Comparator<Scenario> fit =
        Comparator.<Scenario>comparingLong(one -> secondsApart(wave.get(0), one) / ALIKE_SECONDS)
            .thenComparing(one -> wave.stream().anyMatch(other -> isRepeat(other, one)));
    return IntStream.range(0, left.size())
        .boxed()
        .min(Comparator.comparing(place -> scenario.apply(left.get(place)), fit))
        .orElseThrow();
  }

  private static long secondsApart(Scenario one, Scenario other) {
    return Expected.of(one, Pace.USUAL).minus(Expected.of(other, Pace.USUAL)).abs().toSeconds();
  }

  private static boolean isRepeat(Scenario one, Scenario other) {
    return one.name().equals(other.name());
  }

  /**
   * A doubt in a sentence where several runs are made at once with less than two cores for each;
   * else empty. On two cores four of four such runs were repeated alone.
   *
   * @param cores of the machine, at least 1
   */
  Optional<String> doubt(int cores) {
    int most = all.stream().mapToInt(List::size).max().orElse(0);
    return most < 2 || most * CORES_EACH <= cores
        ? Optional.empty()
        : Optional.of(
            "%s runs are made at once on %s: some of them will probably find no idle time, and are"
                    .formatted(most, cores == 1 ? "one core" : cores + " cores")
                + " repeated alone then.");
  }

  /**
   * How long all of them take, roughly.
   *
   * @param pace of the machine
   */
  Duration expected(Function<R, Scenario> scenario, Pace pace) {
    return all.stream()
        .map(wave -> Expected.ofWave(wave.stream().map(scenario).toList(), pace))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
