package io.rolloutlab.twin;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.calibration.Calibration;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.model.TwinSettings;
import java.util.List;

/** The twin's settings with one of them changed, by way of their file. */
final class TwinSettingsWith {
  private TwinSettingsWith() {}

  static TwinSettings pull(Spread length) {
    String text =
        "{\"lowMillis\": %s, \"likelyMillis\": %s, \"highMillis\": %s}"
            .formatted(length.lowMillis(), length.likelyMillis(), length.highMillis());
    return with("pull", "\\{[^}]*}", text);
  }

  static TwinSettings crowdWait(double meanMillis) {
    return with("crowdWaitMillis", "[0-9.]+", "" + meanMillis);
  }

  private static TwinSettings with(String name, String old, String value) {
    String delivered =
        Calibration.write(new Calibrated(List.of(), Calibrated.DELIVERED.settings()));
    return Calibration.read(
            delivered.replaceFirst("\"" + name + "\" : " + old, "\"" + name + "\" : " + value))
        .settings();
  }
}
