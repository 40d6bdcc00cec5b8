package io.rolloutlab.calibration;

import io.rolloutlab.twin.model.TwinSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The twin's latencies with where they come from, so that nobody holds the twin against the runs it
 * was made from.
 *
 * @param runs ids of the real runs they were read off; empty when nobody noted them
 * @param settings the latencies
 */
public record Calibrated(List<String> runs, TwinSettings settings) {
  /**
   * What the twin has when nobody names other latencies ({@code delivered.json}): what {@code lab
   * calibrate} read off 24 live runs on two cores that were building beside them: engine 26.1.5,
   * dnsrr, four nodes in containers, 40 requests/s. Service and stall come from a baseline on the
   * quiet machine, the wait in a crowd from the six runs of a main job on it, with the other
   * latencies as they are. Gossip, transfer, unreachable and loadStart were measured apart.
   */
  public static final Calibrated DELIVERED = delivered();

  public Calibrated {
    runs = List.copyOf(runs);
  }

  private static Calibrated delivered() {
    try (InputStream file = Calibrated.class.getResourceAsStream("delivered.json")) {
      return Calibration.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException("the delivered latencies cannot be read", broken);
    }
  }
}
