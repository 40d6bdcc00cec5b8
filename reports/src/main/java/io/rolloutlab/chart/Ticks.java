package io.rolloutlab.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;

/** Where the ticks of an axis stand: round numbers, the same under every locale. */
final class Ticks {
  private static final double[] SECONDS = {1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 3600};

  private Ticks() {}

  /** The step of a time axis that gives at most so many ticks. */
  static double seconds(double span, int most) {
    for (double step : SECONDS) {
      if (span / step <= most) {
        return step;
      }
    }
    return 3600 * Math.ceil(span / 3600 / most);
  }

  /** The step of 1, 2 or 5 times a power of ten that gives at most so many ticks up to max. */
  static double step(double max, int most, boolean whole) {
    double power = Math.pow(10, Math.floor(Math.log10(max / most)));
    for (double factor : new double[] {1, 2, 5, 10}) {
      double step = clean(factor * power);
      if (max / step <= most + 1e-9 && (!whole || step >= 1)) {
        return step;
      }
    }
    return clean(10 * power);
  }

  /** The nearest of 1, 2, 5 times a power of ten that is not above the value. */
  static double roundDown(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    double factor = value / power;
    return clean(power * (factor >= 5 - 1e-9 ? 5 : factor >= 2 - 1e-9 ? 2 : 1));
  }

  /** The nearest of 1, 2, 5 times a power of ten that is not below the value. */
  static double roundUp(double value) {
    double down = roundDown(value);
    return down >= value - 1e-9 * value ? down : next(down);
  }

  /** The one after a value of 1, 2 or 5 times a power of ten. */
  static double next(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    double factor = Math.rint(value / power);
    return clean(power * (factor == 1 ? 2 : factor == 2 ? 5 : 10));
  }

  /** Plain figures with as many decimals as are needed, up to four. */
  static NumberFormat format() {
    DecimalFormat format =
        new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format;
  }

  private static double clean(double value) {
    return BigDecimal.valueOf(value).round(new java.math.MathContext(12)).doubleValue();
  }
}
