package io.rolloutlab.twin;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.calibration.Calibration;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.model.TwinSettings;
import java.util.List;
import java.util.regex.Pattern;

/** The twin's settings with one of them changed, by way of their file. */
final class TwinSettingsWith {
  private static final Pattern PULL = Pattern.compile("\"pull\" : \\{[^}]*}");

  private TwinSettingsWith() {}

  static TwinSettings pull(Spread length) {
    String text =
        "\"pull\": {\"lowMillis\": %s, \"likelyMillis\": %s, \"highMillis\": %s}"
            .formatted(length.lowMillis(), length.likelyMillis(), length.highMillis());
    String delivered = Calibration.write(new Calibrated(List.of(), TwinSettings.TWO_CORES));
    return Calibration.read(PULL.matcher(delivered).replaceFirst(text)).settings();
  }
}
