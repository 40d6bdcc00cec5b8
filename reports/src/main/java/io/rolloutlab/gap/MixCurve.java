package io.rolloutlab.gap;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.versions.VersionMix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * v2's share of the answers, second by second since x = 0; a request counts in the second in which
 * it was sent. A second without answers has no share.
 */
public final class MixCurve {
  private final double[] shares;

  private MixCurve(double[] shares) {
    this.shares = shares;
  }

  /** A run's own. */
  static MixCurve of(Findings run) {
    List<VersionMix.Second> seconds =
        run.versions().known().map(VersionMix::perSecond).orElse(List.of());
    int end = seconds.stream().mapToInt(s -> s.second() + 1).max().orElse(0);
    double[] shares = new double[Math.max(0, end)];
    Arrays.fill(shares, Double.NaN);
    for (VersionMix.Second s : seconds) {
      if (s.second() >= 0 && s.v1() + s.v2() > 0) {
        shares[s.second()] = s.v2() / (double) (s.v1() + s.v2());
      }
    }
    return new MixCurve(shares);
  }

  /** The mean of several, each second of those that have a share in it. */
  public static MixCurve mean(List<MixCurve> curves) {
    int end = curves.stream().mapToInt(MixCurve::seconds).max().orElse(0);
    return new MixCurve(
        IntStream.range(0, end)
            .mapToDouble(
                second ->
                    curves.stream()
                        .mapToDouble(curve -> curve.share(second))
                        .filter(share -> !Double.isNaN(share))
                        .average()
                        .orElse(Double.NaN))
            .toArray());
  }

  /** How many seconds it is long. */
  public int seconds() {
    return shares.length;
  }

  /** From 0 to 1; not a number without answers. */
  public double share(int second) {
    return second < shares.length ? shares[second] : Double.NaN;
  }

  /** Its share minus another one's; not a number where either has none. */
  public double above(MixCurve other, int second) {
    return share(second) - other.share(second);
  }

  /**
   * The area between two curves in percent of the whole, which is all that could be between them: 0
   * to 100 % over all seconds in which both have a share. Not a number when there is none.
   */
  double areaTo(MixCurve other) {
    return 100
        * IntStream.range(0, seconds())
            .mapToDouble(second -> Math.abs(above(other, second)))
            .filter(distance -> !Double.isNaN(distance))
            .average()
            .orElse(Double.NaN);
  }
}
