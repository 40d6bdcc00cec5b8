package io.rolloutlab.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.function.BiConsumer;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;

/** Draws a plot, and what goes beside it, into SVG. */
final class Drawing {
  private Drawing() {}

  static String svg(
      Plot plot,
      Size size,
      String id,
      String description,
      BiConsumer<Graphics2D, Rectangle2D> beside) {
    return svg(plot, size.width, size.height, id, description, beside);
  }

  /**
   * @param beside draws what the plot does not, given the area of the data
   */
  static String svg(
      Plot plot,
      int width,
      int height,
      String id,
      String description,
      BiConsumer<Graphics2D, Rectangle2D> beside) {
    JFreeChart chart = new JFreeChart(null, Letters.bold(12), plot, false);
    chart.setBackgroundPaint(null);
    chart.setBorderVisible(false);
    chart.setAntiAlias(true);
    chart.setPadding(org.jfree.chart.ui.RectangleInsets.ZERO_INSETS);
    Canvas canvas = Canvas.of(width, height);
    ChartRenderingInfo info = new ChartRenderingInfo(null);
    chart.draw(canvas, new Rectangle2D.Double(0, 0, width, height), info);
    beside.accept(canvas, info.getPlotInfo().getDataArea());
    return new SvgText(id).write(canvas.drawing(), width, height, description);
  }
}
