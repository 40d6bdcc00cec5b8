package io.rolloutlab.change;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Range;
import java.util.Map;
import java.util.stream.Collectors;

/** How changes are told, the same on the page, the console and in Markdown. */
public final class ChangeWords {
  /** Rarer than this is printed as less. */
  private static final double LEAST = 0.001;

  private ChangeWords() {}

  /** What a number is called, with its unit. */
  public static String label(MeasureChange change) {
    return FIGURES.label(change.measure().heading());
  }

  /** The mean of A's runs; see {@link #mean}. */
  public static String meanOfA(MeasureChange change) {
    return mean(change.a(), change);
  }

  /** The mean of B's runs; see {@link #mean}. */
  public static String meanOfB(MeasureChange change) {
    return mean(change.b(), change);
  }

  /** A side's mean, without its unit; a dash where it has no number. */
  private static String mean(Range side, MeasureChange change) {
    return side.isEmpty() ? Figures.NONE : number(side.mean(), change);
  }

  /** From the least to the most of a side's runs, and of how many where not all have the number. */
  public static String spread(Range side, MeasureChange change) {
    if (side.isEmpty()) {
      return "";
    }
    String some =
        side.isWhole() ? "" : "in %s of %s runs".formatted(side.values().size(), side.runs());
    String least = number(side.least(), change);
    String most = number(side.most(), change);
    String range = least.equals(most) ? "" : "%s to %s".formatted(least, most);
    return range.isEmpty() || some.isEmpty() ? range + some : "%s, %s".formatted(range, some);
  }

  /** Every run's value of a side. */
  public static String values(Range side, MeasureChange change) {
    return side.isEmpty()
        ? Figures.NONE
        : side.values().stream()
            .map(value -> FIGURES.number(value, change.measure().heading().decimals()))
            .collect(Collectors.joining(", "));
  }

  /** B's mean minus A's with a sign, and its interval; a dash where there is none. */
  public static String difference(MeasureChange change) {
    if (change.difference().isEmpty()) {
      return Figures.NONE;
    }
    String by = signed(change.difference().getAsDouble(), change);
    return change
        .interval()
        .map(
            in ->
                "%s (%s to %s)".formatted(by, signed(in.low(), change), signed(in.high(), change)))
        .orElse(by);
  }

  /** What can be said of a number, in a few words: {@code lower by 3.1 s (2.4 to 3.9)}. */
  public static String verdict(MeasureChange change) {
    String longer =
        change.never() == 0
            ? ""
            : ", and in %s larger than was watched"
                .formatted(change.never() == 1 ? "one run" : change.never() + " runs");
    return told(change) + longer;
  }

  private static String told(MeasureChange change) {
    return switch (change.telling()) {
      case LOWER, HIGHER ->
          "%s by %s%s"
              .formatted(
                  FIGURES.word(change.telling()),
                  withUnit(number(size(change), change), change),
                  interval(change));
      case ONE_SIDE -> "only %s has this number".formatted(change.a().isEmpty() ? Side.B : Side.A);
      case NOT_TOLD_APART -> "not told apart";
      case TOO_FEW_RUNS -> tooFew(change);
    };
  }

  private static String tooFew(MeasureChange change) {
    int a = change.a().values().size();
    int b = change.b().values().size();
    if (a == 1 && b == 1) {
      return "one run each: nothing can be said beyond noise";
    }
    return a == 0 || b == 0
        ? "too few runs to say why one side has no such number"
        : "not told apart: too few runs (%s and %s) to say more".formatted(a, b);
  }

  /** Without signs, so that it reads behind "lower by". */
  private static String interval(MeasureChange change) {
    return change
        .interval()
        .map(
            in -> {
              boolean lower = change.telling() == Telling.LOWER;
              String least = number(lower ? -in.high() : in.low(), change);
              String most = number(lower ? -in.low() : in.high(), change);
              return least.equals(most) ? "" : " (%s to %s)".formatted(least, most);
            })
        .orElse("");
  }

  /** How often chance would show as much; a dash where that is not known. */
  public static String chance(MeasureChange change) {
    return change.chance().isPresent()
        ? probability(change.chance().getAsDouble(), true)
        : Figures.NONE;
  }

  /** What the rank test of this number alone says; a dash where there are too few runs. */
  public static String ranks(MeasureChange change) {
    return change
        .ranks()
        .map(test -> probability(test.probability(), test.exact()))
        .orElse(Figures.NONE);
  }

  private static String probability(double p, boolean exact) {
    return p < LEAST ? "< " + LEAST : (exact ? "" : "≈ ") + FIGURES.number(p, 3);
  }

  /** Words with how many of each: {@code completed}, or {@code completed 3, paused 2}. */
  public static String counted(Map<String, Integer> words) {
    return words.size() == 1
        ? words.keySet().iterator().next()
        : words.entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining(", "));
  }

  private static double size(MeasureChange change) {
    return Math.abs(change.difference().orElseThrow());
  }

  private static String withUnit(String number, MeasureChange change) {
    String unit = change.measure().heading().unit();
    return unit.isEmpty() ? number : number + " " + unit;
  }

  /** A mean of whole numbers may lie between two of them. */
  private static String number(double value, MeasureChange change) {
    int decimals = change.measure().heading().decimals();
    boolean means = Math.max(change.a().runs(), change.b().runs()) > 1;
    return FIGURES.number(value, decimals == 0 && means ? 1 : decimals);
  }

  private static String signed(double value, MeasureChange change) {
    String number = number(value, change);
    boolean more = value > 0 && number.matches(".*[1-9].*");
    return more ? "+" + number : number;
  }
}
