package io.rolloutlab.html.index;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.chart.Frame;
import io.rolloutlab.html.part.RunFrame;
import io.rolloutlab.html.run.TrafficCharts;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who answered in one run, small. All tiles of a report have the same axes, so that they can be
 * compared by eye: x = 0 is the start of each rollout, and as much room up as the busiest second
 * needs.
 *
 * @param name of the run and its page
 * @param svg the picture; empty when there is none
 * @param missing why there is none; empty when there is one
 */
public record MixTile(String name, String svg, String missing) {
  /**
   * The tiles of one situation.
   *
   * @param heading what is wrong with v2, a clause
   */
  public record Group(String heading, List<MixTile> tiles) {
    public Group {
      tiles = List.copyOf(tiles);
    }
  }

  /** One a run, by what is wrong with v2. */
  static List<Group> grouped(Runs runs) {
    List<MixTile> all = of(runs);
    return runs.situations().stream()
        .map(
            one -> new Group(one.situation().heading(), one.rows().stream().map(all::get).toList()))
        .toList();
  }

  /** One a run, in the order of the report. */
  static List<MixTile> of(Runs runs) {
    List<Frame> frames = runs.findings().stream().map(RunFrame::of).toList();
    double from = frames.stream().mapToDouble(Frame::fromSeconds).min().orElseThrow();
    double to = frames.stream().mapToDouble(Frame::toSeconds).max().orElseThrow();
    double top =
        runs.findings().stream().flatMap(MixTile::seconds).mapToInt(MixTile::sum).max().orElse(1);
    List<MixTile> tiles = new ArrayList<>();
    for (int run = 0; run < frames.size(); run++) {
      Frame frame = new Frame(from, to, frames.get(run).bands(), List.of());
      tiles.add(of(runs.names().get(run), runs.findings().get(run), frame, Math.max(1, top), run));
    }
    return tiles;
  }

  private static MixTile of(String name, Findings run, Frame frame, double top, int place) {
    List<VersionMix.Second> seconds = seconds(run).toList();
    if (seconds.isEmpty()) {
      String cause = run.versions().cause();
      return new MixTile(name, "", cause.isEmpty() ? TrafficCharts.NO_REQUESTS : cause);
    }
    String description =
        "%s: v1 answered %s requests, v2 %s, and %s failed"
            .formatted(
                name,
                seconds.stream().mapToInt(VersionMix.Second::v1).sum(),
                seconds.stream().mapToInt(VersionMix.Second::v2).sum(),
                seconds.stream().mapToInt(VersionMix.Second::failed).sum());
    String id = "tile-%s-".formatted(place + 1);
    return new MixTile(name, TrafficCharts.mix(frame, seconds).tile(top, id, description), "");
  }

  private static Stream<VersionMix.Second> seconds(Findings run) {
    return run.versions().known().stream().flatMap(versions -> versions.perSecond().stream());
  }

  private static int sum(VersionMix.Second second) {
    return second.v1() + second.v2() + second.other() + second.failed();
  }
}
