package io.rolloutlab.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;

/**
 * What is the same in every time chart of a page: phases behind it, steps and moments through it.
 */
final class Backdrop {
  private static final double BAND_TEXT = 12;
  private static final double STEP_TEXT = 29;
  private static final double PADDING = 5;
  private static final double EDGE = 0.75;
  private static final BasicStroke DASHES =
      new BasicStroke(
          0.75f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {2, 3}, 0);

  private static final BasicStroke LINE = new BasicStroke(1.25f);
  private static final BasicStroke AROUND = new BasicStroke(3.5f);

  /**
   * Pixels: of a row of moments' words, and from a line to the end of its form and to its words.
   */
  private static final double ROW = 14;

  private static final double FORM = 6;
  private static final double BESIDE = 9;

  private final Frame frame;
  private final Letters phaseLetters;
  private final Letters stepLetters;
  private final Letters momentLetters;

  Backdrop(Frame frame, Size size) {
    this.frame = frame;
    this.phaseLetters = size == Size.WIDE ? Letters.bold(11) : Letters.bold(10);
    this.stepLetters = Letters.plain(10);
    this.momentLetters = Letters.bold(10);
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
      double from = Math.max(frame.x(band.fromSeconds(), data), data.getMinX());
      double to = Math.min(frame.x(band.toSeconds(), data), data.getMaxX());
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
      line(plot, mark.atSeconds(), Ink.STEP, DASHES);
    }
    for (Frame.Moment moment : frame.moments()) {
      line(plot, moment.atSeconds(), Ink.HALO, AROUND);
      line(plot, moment.atSeconds(), Ink.TEXT, LINE);
    }
  }

  private static void line(XYPlot plot, double atSeconds, Ink ink, BasicStroke stroke) {
    ValueMarker marker = new ValueMarker(atSeconds, ink.paint(), stroke);
    marker.setAlpha(1);
    plot.addDomainMarker(marker, Layer.FOREGROUND);
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
    moments(g2, data);
  }

  /** Forms and words at the top of the data, in as many rows as they need beside each other. */
  private void moments(Graphics2D g2, Rectangle2D data) {
    List<Frame.Moment> all =
        frame.moments().stream()
            .sorted(Comparator.comparingDouble(Frame.Moment::atSeconds))
            .toList();
    double[] ends = new double[all.size()];
    Arrays.fill(ends, Double.NEGATIVE_INFINITY);
    for (Frame.Moment moment : all) {
      double x = frame.x(moment.atSeconds(), data);
      double width = BESIDE + momentLetters.widthOf(moment.label()) + PADDING;
      boolean before = x + width > data.getMaxX();
      double from = before ? x - width : x - FORM;
      int row = 0;
      while (ends[row] > from) {
        row++;
      }
      ends[row] = from + FORM + width;
      Rectangle2D box = new Rectangle2D.Double(from, data.getMinY() + row * ROW, FORM + width, ROW);
      moment(g2, moment, box, x, before ? from + PADDING : x + BESIDE);
    }
  }

  private void moment(
      Graphics2D g2, Frame.Moment moment, Rectangle2D box, double x, double wordsFrom) {
    g2.setPaint(Ink.HALO.paint());
    g2.fill(box);
    g2.setPaint(Ink.TEXT.paint());
    g2.fill(
        AffineTransform.getTranslateInstance(x, box.getCenterY())
            .createTransformedShape(moment.form().shape()));
    g2.setFont(momentLetters);
    g2.drawString(moment.label(), (float) wordsFrom, (float) (box.getMaxY() - FORM / 2));
  }

  /** The phase's name over its band, or its letter where the name does not fit. */
  private void name(Graphics2D g2, Rectangle2D data, Frame.Band band) {
    double from = Math.max(frame.x(band.fromSeconds(), data), data.getMinX());
    double to = Math.min(frame.x(band.toSeconds(), data), data.getMaxX());
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
      double x = frame.x(mark.atSeconds(), data);
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
}
