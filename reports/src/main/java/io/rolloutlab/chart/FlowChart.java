package io.rolloutlab.chart;

import java.awt.BasicStroke;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Who hands on to whom: stations one after the other, and behind the last one branches, each with a
 * list of who is there. Where there is room they stand side by side, on a phone below each other.
 */
public final class FlowChart {
  private static final Letters TITLE = Letters.bold(12);
  private static final Letters LINE = Letters.plain(11);
  private static final double TITLE_HEIGHT = 18;
  private static final double TITLE_BASE = 11;
  private static final double LINE_HEIGHT = 15;
  private static final double PADDING = 8;
  private static final double CORNER = 8;

  /** Half a stroke must not be cut off. */
  private static final double MARGIN = 1;

  private static final double STATION = 142;
  private static final double GAP = 26;
  private static final double INDENT = 24;
  private static final double BETWEEN_BRANCHES = 10;

  /** Where arrows touch a box: from its top, and where they go down, from its left side. */
  private static final double HANDLE = 18;

  private static final double SWATCH = 9;
  private static final double ARROW_LENGTH = 7;
  private static final double ARROW_HALF = 3.5;
  private static final BasicStroke STROKE = new BasicStroke(1.25f);

  private final List<Station> stations;
  private final List<Branch> branches;

  /**
   * A box.
   *
   * @param lines below its title; one that does not fit is cut off
   */
  public record Station(String title, List<String> lines) {
    public Station {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A box behind the last station.
   *
   * @param sum stands at the right of its title
   * @param lines below its title
   * @param leaves who is there; may be empty
   */
  public record Branch(String title, String sum, List<String> lines, List<Leaf> leaves) {
    public Branch {
      lines = List.copyOf(lines);
      leaves = List.copyOf(leaves);
    }
  }

  /**
   * A line of a branch.
   *
   * @param ink of the square before it
   * @param number stands at its right
   */
  public record Leaf(Ink ink, String text, String number) {}

  /** Where all boxes are. */
  private record Layout(List<Rectangle2D> stations, List<Rectangle2D> branches) {
    int height() {
      double bottom = 0;
      for (Rectangle2D box : stations) {
        bottom = Math.max(bottom, box.getMaxY());
      }
      for (Rectangle2D box : branches) {
        bottom = Math.max(bottom, box.getMaxY());
      }
      return (int) Math.ceil(bottom + MARGIN);
    }

    Rectangle2D last() {
      return stations.get(stations.size() - 1);
    }
  }

  private FlowChart(List<Station> stations, List<Branch> branches) {
    this.stations = List.copyOf(stations);
    this.branches = List.copyOf(branches);
  }

  /**
   * The way through some stations to the branches behind them.
   *
   * @param stations at least one
   * @param branches may be empty
   */
  public static FlowChart of(List<Station> stations, List<Branch> branches) {
    return new FlowChart(stations, branches);
  }

  /**
   * Draws it.
   *
   * @param id unique in the page
   * @param description of what can be seen, for those who cannot
   */
  public String svg(Size size, String id, String description) {
    boolean wide = size == Size.WIDE;
    Layout layout = wide ? beside(size.width) : below(size.width);
    Canvas canvas = Canvas.of(size.width, layout.height());
    for (int i = 0; i < stations.size(); i++) {
      Station station = stations.get(i);
      box(canvas, layout.stations().get(i), station.title(), station.lines());
    }
    for (int i = 0; i < branches.size(); i++) {
      branch(canvas, layout.branches().get(i), branches.get(i));
    }
    canvas.setPaint(Ink.STEP.paint());
    canvas.setStroke(STROKE);
    if (wide) {
      arrowsBeside(canvas, layout);
    } else {
      arrowsBelow(canvas, layout);
    }
    return canvas.svg(id, description);
  }

  private Layout beside(int width) {
    List<Rectangle2D> boxes = new ArrayList<>();
    double x = MARGIN;
    for (Station station : stations) {
      boxes.add(new Rectangle2D.Double(x, MARGIN, STATION, height(station.lines().size())));
      x += STATION + GAP;
    }
    return new Layout(boxes, stacked(x, MARGIN, width - MARGIN - x));
  }

  private Layout below(int width) {
    List<Rectangle2D> boxes = new ArrayList<>();
    double y = MARGIN;
    for (Station station : stations) {
      double height = height(station.lines().size());
      boxes.add(new Rectangle2D.Double(MARGIN, y, width - 2 * MARGIN, height));
      y += height + GAP;
    }
    return new Layout(boxes, stacked(MARGIN + INDENT, y, width - 2 * MARGIN - INDENT));
  }

  private List<Rectangle2D> stacked(double x, double top, double width) {
    List<Rectangle2D> boxes = new ArrayList<>();
    double y = top;
    for (Branch branch : branches) {
      double height = height(branch.lines().size() + branch.leaves().size());
      boxes.add(new Rectangle2D.Double(x, y, width, height));
      y += height + BETWEEN_BRANCHES;
    }
    return boxes;
  }

  private static double height(int lines) {
    return 2 * PADDING + TITLE_HEIGHT + lines * LINE_HEIGHT;
  }

  /** Returns the base of the line that would come next. */
  private static double box(Canvas canvas, Rectangle2D at, String title, List<String> lines) {
    RoundRectangle2D shape =
        new RoundRectangle2D.Double(
            at.getX(), at.getY(), at.getWidth(), at.getHeight(), CORNER, CORNER);
    canvas.setPaint(Ink.BAND_CALM.paint());
    canvas.fill(shape);
    canvas.setPaint(Ink.AXIS.paint());
    canvas.setStroke(Theme.HAIRLINE);
    canvas.draw(shape);
    double x = at.getX() + PADDING;
    double width = at.getWidth() - 2 * PADDING;
    double base = at.getY() + PADDING + TITLE_BASE;
    text(canvas, TITLE, Ink.TEXT, TITLE.fit(title, width), x, base);
    base += TITLE_HEIGHT;
    for (String line : lines) {
      text(canvas, LINE, Ink.MUTED, LINE.fit(line, width), x, base);
      base += LINE_HEIGHT;
    }
    return base;
  }

  private static void branch(Canvas canvas, Rectangle2D at, Branch branch) {
    double right = at.getMaxX() - PADDING;
    double left = at.getX() + PADDING;
    double forTitle = at.getWidth() - 3 * PADDING - LINE.widthOf(branch.sum());
    String title = TITLE.fit(branch.title(), forTitle);
    double base = box(canvas, at, title, branch.lines());
    double top = at.getY() + PADDING + TITLE_BASE;
    text(canvas, LINE, Ink.MUTED, branch.sum(), right - LINE.widthOf(branch.sum()), top);
    for (Leaf leaf : branch.leaves()) {
      canvas.setPaint(leaf.ink().paint());
      canvas.fill(new Rectangle2D.Double(left, base - SWATCH + 1, SWATCH, SWATCH));
      double x = left + SWATCH + PADDING;
      double number = LINE.widthOf(leaf.number());
      String text = LINE.fit(leaf.text(), right - number - PADDING - x);
      text(canvas, LINE, Ink.TEXT, text, x, base);
      text(canvas, LINE, Ink.TEXT, leaf.number(), right - number, base);
      base += LINE_HEIGHT;
    }
  }

  private static void text(
      Canvas canvas, Letters letters, Ink ink, String text, double x, double base) {
    if (!text.isEmpty()) {
      canvas.setFont(letters);
      canvas.setPaint(ink.paint());
      canvas.drawString(text, (float) x, (float) base);
    }
  }

  /** From the last station a trunk goes down, and from it an arrow to each branch. */
  private static void arrowsBeside(Canvas canvas, Layout layout) {
    double y = MARGIN + HANDLE;
    for (int i = 1; i < layout.stations().size(); i++) {
      double from = layout.stations().get(i - 1).getMaxX();
      toTheRight(canvas, from, layout.stations().get(i).getX(), y);
    }
    if (!layout.branches().isEmpty()) {
      double trunk = layout.last().getMaxX() + GAP / 2;
      canvas.draw(new Line2D.Double(layout.last().getMaxX(), y, trunk, y));
      branchOff(canvas, layout, trunk, y);
    }
  }

  private static void arrowsBelow(Canvas canvas, Layout layout) {
    double x = MARGIN + HANDLE;
    for (int i = 1; i < layout.stations().size(); i++) {
      double from = layout.stations().get(i - 1).getMaxY();
      down(canvas, x, from, layout.stations().get(i).getY());
    }
    if (!layout.branches().isEmpty()) {
      branchOff(canvas, layout, MARGIN + INDENT / 2, layout.last().getMaxY());
    }
  }

  private static void branchOff(Canvas canvas, Layout layout, double trunk, double from) {
    double lowest = from;
    for (Rectangle2D branch : layout.branches()) {
      double y = branch.getY() + HANDLE;
      lowest = Math.max(lowest, y);
      toTheRight(canvas, trunk, branch.getX(), y);
    }
    if (lowest > from) {
      canvas.draw(new Line2D.Double(trunk, from, trunk, lowest));
    }
  }

  private static void toTheRight(Canvas canvas, double from, double to, double y) {
    canvas.draw(new Line2D.Double(from, y, to - ARROW_LENGTH, y));
    double back = to - ARROW_LENGTH;
    head(canvas, to, y, back, y - ARROW_HALF, back, y + ARROW_HALF);
  }

  private static void down(Canvas canvas, double x, double from, double to) {
    canvas.draw(new Line2D.Double(x, from, x, to - ARROW_LENGTH));
    double back = to - ARROW_LENGTH;
    head(canvas, x, to, x - ARROW_HALF, back, x + ARROW_HALF, back);
  }

  private static void head(
      Canvas canvas, double x1, double y1, double x2, double y2, double x3, double y3) {
    Path2D head = new Path2D.Double();
    head.moveTo(x1, y1);
    head.lineTo(x2, y2);
    head.lineTo(x3, y3);
    head.closePath();
    canvas.fill(head);
  }
}
