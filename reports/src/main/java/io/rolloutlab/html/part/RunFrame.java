package io.rolloutlab.html.part;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.alarm.Alarmed;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.chart.Frame;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.chart.Mark;
import io.rolloutlab.history.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The time axis that all charts of a run share, and the letters of its phases. */
public final class RunFrame {
  private RunFrame() {}

  /** The axis of a run, with its phases and steps. */
  public static Frame of(Findings run) {
    Span shown = shown(run.timeline());
    List<Frame.Band> bands = new ArrayList<>();
    for (RunTimeline.Phase phase : run.timeline().phases()) {
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
    List<Frame.Moment> moments =
        moments(run).stream().filter(m -> from <= m.atSeconds() && m.atSeconds() <= to).toList();
    return new Frame(from, to, bands, marks, moments);
  }

  /** What a run's alarm was about, from the harm to its end; none where nobody watched. */
  private static List<Frame.Moment> moments(Findings run) {
    List<Frame.Moment> moments = new ArrayList<>();
    for (Alarmed alarmed : run.list(Alarmed.class).known().orElse(List.of())) {
      add(moments, "harm began", Mark.DIAMOND, alarmed.harmAtMillis());
      add(moments, "alarm rang", Mark.TRIANGLE, alarmed.alarmAtMillis());
      add(moments, "order to go back", Mark.ARROW, alarmed.orderAtMillis());
      add(moments, "served again", Mark.CIRCLE, alarmed.servedAgainAtMillis());
    }
    return moments;
  }

  private static void add(
      List<Frame.Moment> moments, String label, Mark form, OptionalLong millis) {
    millis.ifPresent(at -> moments.add(new Frame.Moment(label, form, at / 1000.0)));
  }

  /** What the forms of a frame's moments stand for, for the legend of each of its charts. */
  public static List<Figure.Key> keys(Frame frame) {
    return frame.moments().stream()
        .map(
            moment -> {
              String at = FIGURES.moment(Math.round(1000 * moment.atSeconds()));
              return Figure.Key.mark(Ink.TEXT, moment.form(), moment.label() + " at " + at);
            })
        .toList();
  }

  /** The load; without one the phases. */
  private static Span shown(RunTimeline timeline) {
    List<RunTimeline.Phase> phases = timeline.phases();
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
