package io.rolloutlab.calibration;

import io.rolloutlab.twin.model.TwinSettings;
import java.util.List;

/**
 * The twin's latencies with where they come from, so that nobody holds the twin against the runs it
 * was made from.
 *
 * @param runs ids of the real runs they were read off; empty when nobody noted them
 * @param settings the latencies
 */
public record Calibrated(List<String> runs, TwinSettings settings) {
  /** What the twin has when nobody names other latencies. */
  public static final Calibrated DELIVERED =
      new Calibrated(
          List.of(
              "20261123-181731-2424-1",
              "20261123-181731-2424-2",
              "20261123-181731-2424-3",
              "20261123-181731-2424-4",
              "20261123-181731-2424-5",
              "20261123-181731-2424-6",
              "20261123-182837-6e54-1",
              "20261123-182837-6e54-2",
              "20261123-182837-6e54-3",
              "20261123-182837-6e54-4",
              "20261123-182837-6e54-5",
              "20261123-182837-6e54-6",
              "20261123-184037-d911-1",
              "20261123-184037-d911-2",
              "20261123-184037-d911-3",
              "20261123-184037-d911-4",
              "20261123-184037-d911-5",
              "20261123-184037-d911-6",
              "20261123-194253-d6b5-1",
              "20261123-194253-d6b5-2",
              "20261123-194253-d6b5-3",
              "20261123-194253-d6b5-4",
              "20261123-194253-d6b5-5",
              "20261126-190411-4aad-1"),
          TwinSettings.TWO_CORES);

  public Calibrated {
    runs = List.copyOf(runs);
  }
}
