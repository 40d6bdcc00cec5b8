package io.rolloutlab.html.part;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Timeline;
import io.rolloutlab.chart.Frame;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.history.PhaseKind;
import java.util.ArrayList;
import java.util.List;

/** The time axis that all charts of a run share, and the letters of its phases. */
public final class RunFrame {
  private RunFrame() {}

  /** The axis of a run, with its phases and steps. */
  public static Frame of(Findings run) {
    Span shown = shown(run.timeline());
    List<Frame.Band> bands = new ArrayList<>();
    for (Timeline.Phase phase : run.timeline().phases()) {
      bands.add(
          new Frame.Band(
              letter(phase.index()),
              phase.label(),
              ink(phase.kind()),
              phase.startMillis() / 1000.0,
              phase.endMillis() / 1000.0));
    }
    List<Frame.Mark> marks = new ArrayList<>();
    for (int i = 0; i < run.journal().steps().size(); i++) {
      marks.add(new Frame.Mark(i + 1, run.journal().steps().get(i).atMillis() / 1000.0));
    }
    double from = Math.floor(shown.startMillis() / 1000.0);
    double to = Math.max(from + 1, Math.ceil(shown.endMillis() / 1000.0));
    return new Frame(from, to, bands, marks);
  }

  /** The load; without one the phases. */
  private static Span shown(Timeline timeline) {
    List<Timeline.Phase> phases = timeline.phases();
    if (timeline.load().millis() > 0 || phases.isEmpty()) {
      return timeline.load();
    }
    return new Span(phases.get(0).startMillis(), phases.get(phases.size() - 1).endMillis());
  }

  /** A, B, ... Z, AA, AB, ... */
  public static String letter(int index) {
    String last = String.valueOf((char) ('A' + index % 26));
    return index < 26 ? last : letter(index / 26 - 1) + last;
  }

  private static Ink ink(PhaseKind kind) {
    return switch (kind) {
      case ROLLOUT -> Ink.BAND_ROLLOUT;
      case ROLLBACK -> Ink.BAND_ROLLBACK;
      case SETUP, WARM_UP, HOLD, RESET, COOL_DOWN, TEARDOWN -> Ink.BAND_CALM;
    };
  }
}
