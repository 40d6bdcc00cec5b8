package io.rolloutlab.html.sweep;

import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.sweep.Sweep.Setting;
import io.rolloutlab.sweep.Point;
import io.rolloutlab.sweep.SweepWords;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A part of a setting that a curve can run along, or be told apart by. */
enum SweepKnob {
  PARALLELISM(
      "parallelism",
      Comparator.comparing(Setting::parallelism, SweepWords.byParallelism()),
      setting -> setting.parallelism() == 0 ? "all" : "" + setting.parallelism()),
  DELAY("delay", Comparator.comparing(Setting::delay), setting -> Durations.print(setting.delay())),
  MONITOR(
      "monitor",
      Comparator.comparing(Setting::monitor),
      setting -> Durations.print(setting.monitor()));

  private final String label;
  private final Comparator<Setting> order;
  private final Function<Setting, String> text;

  SweepKnob(String label, Comparator<Setting> order, Function<Setting, String> text) {
    this.label = label;
    this.order = order;
    this.text = text;
  }

  String label() {
    return label;
  }

  /** A setting's value of it. */
  String of(Setting setting) {
    return text.apply(setting);
  }

  /** All values that some points have, in their order. */
  List<String> values(List<Point> points) {
    return points.stream().map(Point::setting).sorted(order).map(text).distinct().toList();
  }
}
