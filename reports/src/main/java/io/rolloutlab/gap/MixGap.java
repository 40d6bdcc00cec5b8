package io.rolloutlab.gap;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How far the version mixes of real and simulated runs are apart, in percent of the whole (see
 * {@link MixCurve#areaTo}). A second's share is that of some forty answers, so two runs of one kind
 * are some percent apart by chance alone. In the mean of several runs chance is small and what the
 * twin does wrong every time is left: the distance of the means is the one that is judged.
 *
 * @param live a curve a real run
 * @param liveMean of all real runs
 * @param twinMean of all simulated ones
 * @param ofMeans the area between these two
 * @param chance what such an area is when both sides are simulated: so many runs as there are real
 *     ones against all others, for every such group; empty when there are too few seeds
 * @param runToRun each real run against each simulated one
 * @param amongLive each real run against each other one; empty for one run alone
 * @param amongTwin each simulated run against each other one
 */
public record MixGap(
    List<MixCurve> live,
    MixCurve liveMean,
    MixCurve twinMean,
    double ofMeans,
    Range chance,
    Range runToRun,
    Range amongLive,
    Range amongTwin) {
  public MixGap {
    live = List.copyOf(live);
  }

  /** Areas, and what they are between. */
  public record Area(String between, Range percent) {}

  /** All of them, the judged one first. */
  public List<Area> areas() {
    return List.of(
        new Area("mean of the real runs to mean of the simulated ones (judged)", Range.of(ofMeans)),
        new Area("what chance alone makes of it: simulated runs to simulated ones", chance),
        new Area("one real run to one simulated run", runToRun),
        new Area("one real run to another", amongLive),
        new Area("one simulated run to another", amongTwin));
  }

  static MixGap of(List<Findings> live, List<Findings> twins) {
    List<MixCurve> real = live.stream().map(MixCurve::of).toList();
    List<MixCurve> simulated = twins.stream().map(MixCurve::of).toList();
    MixCurve liveMean = MixCurve.mean(real);
    MixCurve twinMean = MixCurve.mean(simulated);
    return new MixGap(
        real,
        liveMean,
        twinMean,
        liveMean.areaTo(twinMean),
        chance(simulated, real.size()),
        range(real.stream().flatMapToDouble(one -> simulated.stream().mapToDouble(one::areaTo))),
        among(real),
        among(simulated));
  }

  private static Range chance(List<MixCurve> curves, int size) {
    DoubleStream.Builder areas = DoubleStream.builder();
    for (int from = 0; from + size <= curves.size() && size < curves.size(); from += size) {
      List<MixCurve> others = new ArrayList<>(curves);
      others.subList(from, from + size).clear();
      MixCurve group = MixCurve.mean(curves.subList(from, from + size));
      areas.add(group.areaTo(MixCurve.mean(others)));
    }
    return range(areas.build());
  }

  private static Range among(List<MixCurve> curves) {
    DoubleStream.Builder areas = DoubleStream.builder();
    for (int i = 0; i < curves.size(); i++) {
      for (int j = i + 1; j < curves.size(); j++) {
        areas.add(curves.get(i).areaTo(curves.get(j)));
      }
    }
    return range(areas.build());
  }

  private static Range range(DoubleStream areas) {
    return Range.of(areas.filter(area -> !Double.isNaN(area)).toArray());
  }
}
