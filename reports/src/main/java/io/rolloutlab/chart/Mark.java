package io.rolloutlab.chart;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** The form of a point, so that no two series of a chart differ by colour alone. */
public enum Mark {
  CIRCLE,
  SQUARE(-3.5, -3.5, 3.5, -3.5, 3.5, 3.5, -3.5, 3.5),
  TRIANGLE(0, -4.5, 4.5, 3.5, -4.5, 3.5),
  DIAMOND(0, -5, 5, 0, 0, 5, -5, 0),
  ARROW(0, 4.5, -4.5, -3.5, 4.5, -3.5),
  BAR(-1.5, -5, 1.5, -5, 1.5, 5, -1.5, 5);

  private static final double RADIUS = 4;
  private final double[] corners;

  Mark(double... corners) {
    this.corners = corners;
  }

  /** The mark of the n-th series, from 0; they come again when there are no more. */
  public static Mark of(int series) {
    return values()[series % values().length];
  }

  Shape shape() {
    if (corners.length == 0) {
      return new Ellipse2D.Double(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS);
    }
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** The same around 0, 0 in SVG's notation, for a legend. */
  public String svgPath() {
    if (corners.length == 0) {
      return "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L').append(corners[i]).append(' ').append(corners[i + 1]);
    }
    return path.append('z').toString();
  }
}
