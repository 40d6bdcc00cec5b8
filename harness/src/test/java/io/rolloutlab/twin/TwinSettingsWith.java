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
    return with("pull", length);
  }

  static TwinSettings crowdWait(Spread length) {
    return with("crowdWait", length);
  }

  private static TwinSettings with(String name, Spread length) {
    String text =
        "\"%s\": {\"lowMillis\": %s, \"likelyMillis\": %s, \"highMillis\": %s}"
            .formatted(name, length.lowMillis(), length.likelyMillis(), length.highMillis());
    String delivered =
        Calibration.write(new Calibrated(List.of(), Calibrated.DELIVERED.settings()));
    return Calibration.read(delivered.replaceFirst("\"" + name + "\" : \\{[^}]*}", text)).settings();
  }
}
