package io.rolloutlab.text;

import io.rolloutlab.analysis.measure.Heading;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.compare.Comparison;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How numbers are written in a report, everywhere the same: a point for decimals, no grouping, a
 * unit behind, and a dash for what is not there.
 */
public final class Figures {
  /** Stands where there is no number. */
  public static final String NONE = "–";

  /** Stands behind every number of a run that was cut off. */
  public static final String CUT_OFF = "†";

  /** Stands behind a number that must not be taken at its word: {@link Findings#doubtOf}. */
  public static final String DOUBTFUL = "~";

  /** The one instance; templates cannot call static methods. */
  public static final Figures FIGURES = new Figures();

  private Figures() {}

  /** {@link #CUT_OFF}, for templates. */
  public String getCutOff() {
    return CUT_OFF;
  }

  /** {@link #DOUBTFUL}, for templates. */
  public String getDoubtful() {
    return DOUBTFUL;
  }

  /** {@link #NONE}, for templates. */
  public String getNone() {
    return NONE;
  }

  /** A number with so many decimals. */
  public String number(double value, int decimals) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return NONE;
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? rounded.abs().toPlainString() : rounded.toPlainString();
  }

  /** A cell of the comparison without its unit; in words where what it measures never happened. */
  public String cell(Comparison.Cell cell, Comparison.Measure measure) {
    OptionalDouble value = cell.value();
    return value.isPresent()
        ? number(value.getAsDouble(), measure.decimals())
        : cell.never().isEmpty() ? NONE : cell.never();
  }

  /** A measure's unit as it stands behind its label; empty where the label says it already. */
  public String unitBehind(Comparison.Measure measure) {
    return unitBehind(measure.label(), measure.unit());
  }

  /** A measure's label with its unit. */
  public String label(Heading its) {
    return its.label() + unitBehind(its.label(), its.unit());
  }

  private static String unitBehind(String label, String unit) {
    boolean said = unit.isEmpty() || label.endsWith(" " + unit);
    return said ? "" : ", " + unit;
  }

  /** A length of time: {@code 350 ms}, {@code 12.3 s}. */
  public String length(long millis) {
    return Math.abs(millis) < 1000 ? millis + " ms" : number(millis / 1000.0, 1) + " s";
  }

  /** A length of time more or less than another one, with a sign. */
  public String change(long millis) {
    return (millis > 0 ? "+" : "") + length(millis);
  }

  public String length(OptionalLong millis) {
    return millis.isPresent() ? length(millis.getAsLong()) : NONE;
  }

  /** How long a span is. */
  public String span(Optional<Span> span) {
    return span.map(s -> length(s.millis())).orElse(NONE);
  }

  /** A moment: seconds after x = 0, with a sign. */
  public String moment(long millis) {
    return (millis >= 0 ? "+" : "") + number(millis / 1000.0, 1) + " s";
  }

  public String moment(OptionalLong millis) {
    return millis.isPresent() ? moment(millis.getAsLong()) : NONE;
  }

  /** A share in percent, with as many decimals as make it differ from 0 and 100. */
  public String percent(double share) {
    double percent = 100 * share;
    double distance = Math.min(Math.abs(percent), Math.abs(100 - percent));
    int decimals = distance == 0 ? 0 : distance < 0.1 ? 3 : distance < 1 ? 2 : 1;
    return number(percent, decimals) + " %";
  }

  /** Percent with a sign and one decimal: {@code +2.1 %}. */
  public String signedPercent(double percent) {
    String number = number(percent, 1);
    boolean more = percent > 0 && !number.equals("0.0");
    return Double.isNaN(percent) ? NONE : (more ? "+" : "") + number + " %";
  }

  /** A mean with the least and the most, and of how many runs where not all have a value. */
  public String range(Range range, int decimals) {
    if (range.isEmpty()) {
      return NONE;
    }
    String mean = number(range.mean(), decimals);
    String some =
        range.isWhole() ? "" : " in %s of %s runs".formatted(range.values().size(), range.runs());
    return range.values().size() == 1
        ? mean + some
        : "%s (%s to %s)%s"
            .formatted(mean, number(range.least(), decimals), number(range.most(), decimals), some);
  }

  /** How sure an interval is, in percent: {@code 99.9 %}. */
  public String confidence(double confidence) {
    BigDecimal percent = BigDecimal.valueOf(confidence).movePointRight(2).stripTrailingZeros();
    return percent.toPlainString() + " %";
  }

  /** A counted share with what it was counted from. */
  public String share(Share share) {
    return share.total() == 0
        ? NONE
        : "%s (%s of %s)".formatted(percent(share.share()), share.count(), share.total());
  }

  /** The interval of a share of a sample; a dash for a complete count, which has none. */
  public String interval(Share share) {
    return !share.hasInterval()
        ? NONE
        : "%s to %s".formatted(percent(share.low()), percent(share.high()));
  }

  /** Bytes in MB (10⁶) or GB (10⁹). */
  public String bytes(long bytes) {
    return bytes < 1_000_000_000L
        ? number(bytes / 1e6, bytes < 10_000_000 ? 1 : 0) + " MB"
        : number(bytes / 1e9, 2) + " GB";
  }

  /** A moment on the calendar, in UTC. */
  public String instant(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  /** An enumeration's constant as a word, for example {@code does not}. */
  public String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The sign that goes with a verdict, so that colour is not alone. */
  public String sign(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "✓";
      case FAIL -> "✗";
      case UNKNOWN -> "?";
      case NOTHING_EXPECTED -> "·";
    };
  }

  /** What a claim came to, with a sign. */
  public String holds(Claim.Holds holds) {
    return switch (holds) {
      case HOLDS -> "✓ holds";
      case DOES_NOT -> "✗ does not";
      case UNKNOWN -> "? unknown";
    };
  }
}
