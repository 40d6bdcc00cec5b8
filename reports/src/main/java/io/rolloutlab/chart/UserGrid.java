package io.rolloutlab.chart;

import java.awt.BasicStroke;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** A cell a user, in the ink of what became of them. */
public final class UserGrid {
  private static final int CELL = 15;
  private static final int GAP = 3;

  private UserGrid() {}

  /**
   * One user.
   *
   * @param framed whether the user is one of the listed ones
   */
  public record Cell(Ink ink, boolean framed) {}

  /**
   * Draws it.
   *
   * @param id unique in the page
   * @param description of what can be seen, for those who cannot
   */
  public static String svg(List<Cell> cells, Size size, String id, String description) {
    int columns = (size.width - GAP) / (CELL + GAP);
    int rows = (cells.size() + columns - 1) / columns;
    int height = Math.max(1, rows) * (CELL + GAP) + GAP;
    Canvas canvas = Canvas.of(size.width, height);
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      double x = GAP + i % columns * (CELL + GAP);
      double y = GAP + i / columns * (CELL + GAP);
      Rectangle2D box = new Rectangle2D.Double(x, y, CELL, CELL);
      canvas.setPaint(cell.ink().paint());
      canvas.fill(box);
      if (cell.framed()) {
        canvas.setPaint(Ink.TEXT.paint());
        canvas.setStroke(new BasicStroke(2));
        canvas.draw(box);
      }
    }
    return canvas.svg(id, description);
  }
}
