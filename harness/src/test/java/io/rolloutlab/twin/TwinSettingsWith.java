package io.rolloutlab.twin;

import java.util.regex.Pattern;

/** The twin's settings with one of them changed, by way of their file. */
final class TwinSettingsWith {
  private static final Pattern PULL = Pattern.compile("\"pull\" : \\{[^}]*}");

  private TwinSettingsWith() {}

  static TwinSettings pull(Spread length) {
    String text =
        "\"pull\": {\"lowMillis\": %s, \"likelyMillis\": %s, \"highMillis\": %s}"
            .formatted(length.lowMillis(), length.likelyMillis(), length.highMillis());
    return Calibration.read(
        PULL.matcher(Calibration.write(TwinSettings.TWO_CORES)).replaceFirst(text));
  }
}
