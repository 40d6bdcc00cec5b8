package io.rolloutlab.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;

/** What is the same in every time chart of a page: phases behind it, steps through it. */
final class Backdrop {
  private static final double BAND_TEXT = 12;
  private static final double STEP_TEXT = 29;
  private static final double PADDING = 5;
  private static final double EDGE = 0.75;
  private static final BasicStroke DASHES =
      new BasicStroke(
          0.75f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {2, 3}, 0);

  private final Frame frame;
  private final Letters phaseLetters;
  private final Letters stepLetters;

  Backdrop(Frame frame, Size size) {
    this.frame = frame;
    this.phaseLetters = size == Size.WIDE ? Letters.bold(11) : Letters.bold(10);
    this.stepLetters = Letters.plain(10);
  }

  /** The phases, below grid and data, each with an edge beside its name. */
  void behind(Graphics2D g2, Rectangle2D data) {
    bands(g2, data, true);
  }

  /** The phases, where there is no room for names. */
  void shade(Graphics2D g2, Rectangle2D data) {
    bands(g2, data, false);
  }

  private void bands(Graphics2D g2, Rectangle2D data, boolean named) {
    for (Frame.Band band : frame.bands()) {
      double from = Math.max(x(band.fromSeconds(), data), data.getMinX());
      double to = Math.min(x(band.toSeconds(), data), data.getMaxX());
      if (to > from) {
        g2.setPaint(band.ink().paint());
        g2.fill(new Rectangle2D.Double(from, 0, to - from, data.getMaxY()));
        if (named) {
          g2.setPaint(Ink.AXIS.paint());
          g2.fill(new Rectangle2D.Double(from, 0, EDGE, BAND_TEXT + PADDING));
        }
      }
    }
  }

  void through(XYPlot plot) {
    for (Frame.Mark mark : visibleMarks()) {
      ValueMarker marker = new ValueMarker(mark.atSeconds(), Ink.STEP.paint(), DASHES);
      marker.setAlpha(1);
      plot.addDomainMarker(marker, Layer.FOREGROUND);
    }
  }

  void above(Graphics2D g2, Rectangle2D data) {
    frame.bands().forEach(band -> name(g2, data, band));
    g2.setFont(stepLetters);
    g2.setPaint(Ink.MUTED.paint());
    for (Group group : groups(data)) {
      double width = stepLetters.widthOf(group.text());
      double x = Math.min(group.from() - PADDING / 2, data.getMaxX() - width);
      g2.drawString(group.text(), (float) x, (float) STEP_TEXT);
    }
  }

  /** The phase's name over its band, or its letter where the name does not fit. */
  private void name(Graphics2D g2, Rectangle2D data, Frame.Band band) {
    double from = Math.max(x(band.fromSeconds(), data), data.getMinX());
    double to = Math.min(x(band.toSeconds(), data), data.getMaxX());
    if (to <= from) {
      return;
    }
    double room = to - from - 2 * PADDING;
    String text = band.key() + " " + band.label();
    if (phaseLetters.widthOf(text) > room) {
      text = band.key();
    }
    if (phaseLetters.widthOf(text) <= to - from) {
      double inset = Math.min(PADDING, (to - from - phaseLetters.widthOf(text)) / 2);
      g2.setFont(phaseLetters);
      g2.setPaint(Ink.TEXT.paint());
      g2.drawString(text, (float) (from + inset), (float) BAND_TEXT);
    }
  }

  /** Steps too close together for a number each share one text. */
  private record Group(double from, double to, String text) {}

  private List<Group> groups(Rectangle2D data) {
    List<Group> groups = new ArrayList<>();
    int first = 0;
    for (Frame.Mark mark : visibleMarks()) {
      double x = x(mark.atSeconds(), data);
      Group last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
      if (last != null && x < last.to() + PADDING) {
        String text = first + "–" + mark.key();
        groups.set(groups.size() - 1, group(last.from(), text));
      } else {
        first = mark.key();
        groups.add(group(x, String.valueOf(first)));
      }
    }
    return groups;
  }

  private Group group(double from, String text) {
    return new Group(from, from + stepLetters.widthOf(text), text);
  }

  private List<Frame.Mark> visibleMarks() {
    return frame.marks().stream()
        .filter(m -> m.atSeconds() >= frame.fromSeconds() && m.atSeconds() <= frame.toSeconds())
        .toList();
  }

  private double x(double seconds, Rectangle2D data) {
    double share = (seconds - frame.fromSeconds()) / (frame.toSeconds() - frame.fromSeconds());
    return data.getMinX() + share * data.getWidth();
  }
}
