package io.rolloutlab.analysis.run;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers with their units as sentences of findings write them, the same in every locale. */
public final class Numbers {
  private Numbers() {}

  /** A share in percent; more decimals where it is small. */
  public static String percent(double share) {
    double percent = share * 100;
    String pattern = percent < 1 ? "0.###" : "0.#";
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    return new DecimalFormat(pattern, symbols).format(percent) + " %";
  }

  public static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
  }

  public static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2f×", ratio);
  }

  /** A share with what it was counted from, and its interval where it has one. */
  public static String share(Share share) {
    if (!share.hasInterval()) {
      return String.format(
          Locale.ROOT, "%s (%s of %s)", percent(share.share()), share.count(), share.total());
    }
    return String.format(
        Locale.ROOT,
        "%s (%s of %s; %s interval %s to %s)",
        percent(share.share()),
        share.count(),
        share.total(),
        percent(share.confidence()),
        percent(share.low()),
        percent(share.high()));
  }

  /** A number without decimals where it has none. */
  public static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** A clause as the beginning of a sentence. */
  public static String capital(String clause) {
    return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
  }
}
