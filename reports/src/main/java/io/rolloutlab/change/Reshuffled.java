package io.rolloutlab.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How often chance alone would show as much, where many numbers are looked at together. The runs of
 * each scenario are dealt anew to the two sides, all numbers of a run together; that is what two
 * sides without a change would be. Of every deal the largest difference counts (the step-down maxT
 * of Westfall and Young, "Resampling-Based Multiple Testing", 1993): what is told apart at 5 % is a
 * false alarm in at most one of twenty comparisons, however many numbers each has, and however they
 * depend on each other. Corrections of the ranks' own probabilities, as Holm's, would never tell
 * anything of five runs: 2 of 252 orders is the least that these can say.
 */
final class Reshuffled {
  static final long SEED = 20_261_127;

  static final int DEALS = 9_999;

  private static final double ROUNDING = 1e-9;

  private Reshuffled() {}

  /**
   * The runs of a scenario, and their numbers.
   *
   * @param ofA how many of the runs are A's; they come first
   * @param numbers at least one
   */
  record Dealt(int ofA, List<Values> numbers) {
    Dealt {
      numbers = List.copyOf(numbers);
    }

    int all() {
      return numbers.get(0).values().length;
    }
  }

  /**
   * A measure of them.
   *
   * @param values one a run; not a number where it has none
   * @param margin up to so much is no difference; in the measure's unit
   * @param resolution what rounding alone may make
   */
  record Values(double[] values, double margin, double resolution) {
    /** How far the means are apart beyond the margin, by the error of their difference. */
    double apart(boolean[] isA) {
      Sum a = new Sum();
      Sum b = new Sum();
      for (int i = 0; i < values.length; i++) {
        if (!Double.isNaN(values[i])) {
          (isA[i] ? a : b).add(values[i]);
        }
      }
      if (a.count < 2 || b.count < 2) {
        return 0;
      }
      double beyond = Math.abs(a.mean - b.mean) - margin;
      double error = Math.sqrt(a.squareOfError() + b.squareOfError());
      // Numbers without any scatter must not be infinitely far apart: they are rounded.
      return beyond <= 0 ? 0 : beyond / (error + resolution / 4);
    }
  }

  /** Mean and scatter, by Welford's way. */
  private static final class Sum {
    private int count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
    }

    double squareOfError() {
      return squares / (count - 1) / count;
    }
  }

  /** A number of a scenario, by its places. */
  private record Place(int scenario, int number, double apart) {}

  /**
   * The probability of each number, scenario by scenario and in the order of their numbers: how
   * often chance would put any number as far apart that is not further apart than this one.
   */
  static List<double[]> probabilities(List<Dealt> scenarios) {
    List<Place> furthestFirst = places(scenarios);
    int[] asFar = new int[furthestFirst.size()];
    SplittableRandom random = new SplittableRandom(SEED);
    List<boolean[]> deal = scenarios.stream().map(Reshuffled::asTheyWere).toList();
    for (int i = 0; i < DEALS; i++) {
      deal.forEach(isA -> shuffle(isA, random));
      double most = 0;
      for (int k = furthestFirst.size() - 1; k >= 0; k--) {
        Place place = furthestFirst.get(k);
        most = Math.max(most, apart(scenarios, place, deal.get(place.scenario())));
        asFar[k] += most >= place.apart() - ROUNDING ? 1 : 0;
      }
    }
    List<double[]> all = new ArrayList<>();
    scenarios.forEach(runs -> all.add(new double[runs.numbers().size()]));
    double least = 0;
    for (int k = 0; k < asFar.length; k++) {
      least = Math.max(least, (asFar[k] + 1.0) / (DEALS + 1));
      all.get(furthestFirst.get(k).scenario())[furthestFirst.get(k).number()] = least;
    }
    return all;
  }

  private static List<Place> places(List<Dealt> scenarios) {
    List<Place> all = new ArrayList<>();
    for (int s = 0; s < scenarios.size(); s++) {
      boolean[] isA = asTheyWere(scenarios.get(s));
      for (int n = 0; n < scenarios.get(s).numbers().size(); n++) {
        all.add(new Place(s, n, scenarios.get(s).numbers().get(n).apart(isA)));
      }
    }
    all.sort(Comparator.comparingDouble(Place::apart).reversed());
    return all;
  }

  private static double apart(List<Dealt> scenarios, Place place, boolean[] isA) {
    return scenarios.get(place.scenario()).numbers().get(place.number()).apart(isA);
  }

  private static boolean[] asTheyWere(Dealt runs) {
    boolean[] isA = new boolean[runs.all()];
    java.util.Arrays.fill(isA, 0, runs.ofA(), true);
    return isA;
  }

  /** Fisher and Yates'. */
  private static void shuffle(boolean[] isA, SplittableRandom random) {
    for (int i = isA.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      boolean its = isA[i];
      isA[i] = isA[other];
      isA[other] = its;
    }
  }
}
