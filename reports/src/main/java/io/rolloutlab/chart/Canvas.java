package io.rolloutlab.chart;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.function.BiConsumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DOMGroupManager;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.ui.RectangleInsets;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What charts are drawn on: Batik's SVG, with text measured by {@link Letters}. */
final class Canvas extends SVGGraphics2D {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Looked for once: that searches the whole class path, and a report has hundreds of drawings. */
  private static final DOMImplementation DOM = dom();

  private Canvas(SVGGeneratorContext context) {
    super(context, false);
  }

  private Canvas(Canvas other) {
    super(other);
  }

  static Canvas of(int width, int height) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptyDocument());
    context.setComment(null);
    context.setPrecision(2);
    Canvas canvas = new Canvas(context);
    canvas.setSVGCanvasSize(new Dimension(width, height));
    canvas.setFont(Letters.plain(12));
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_DEFAULT);
    return canvas;
  }

  /**
   * The finished drawing as the SVG of a page.
   *
   * @param id unique in the page
   * @param description of what can be seen, for those who cannot
   */
  String svg(String id, String description) {
    Dimension size = getSVGCanvasSize();
    return new SvgText(id).write(getRoot(), size.width, size.height, description);
  }

  /** A plot, and what goes beside it, as the SVG of a page. */
  static String svg(
      Plot plot,
      Size size,
      String id,
      String description,
      BiConsumer<Graphics2D, Rectangle2D> beside) {
    return svg(plot, size.width, size.height, id, description, beside);
  }

  /**
   * The same in a size of its own.
   *
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
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    Canvas canvas = of(width, height);
    ChartRenderingInfo info = new ChartRenderingInfo(null);
    chart.draw(canvas, new Rectangle2D.Double(0, 0, width, height), info);
    beside.accept(canvas, info.getPlotInfo().getDataArea());
    return canvas.svg(id, description);
  }

  @Override
  public Graphics create() {
    return new Canvas(this);
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return ((Letters) font).metrics();
  }

  /** ASCII text is given its measured length, so that it fits whatever font the reader has. */
  @Override
  public void drawString(String text, float x, float y) {
    Element element = getDOMFactory().createElementNS(SVG, "text");
    element.setAttributeNS(null, "x", generatorCtx.doubleString(x));
    element.setAttributeNS(null, "y", generatorCtx.doubleString(y));
    if (text.length() > 1 && text.chars().allMatch(c -> c >= ' ' && c < 127)) {
      double width = ((Letters) getFont()).widthOf(text);
      element.setAttributeNS(null, "textLength", generatorCtx.doubleString(width));
      element.setAttributeNS(null, "lengthAdjust", "spacingAndGlyphs");
    }
    element.appendChild(getDOMFactory().createTextNode(Xml.legal(text)));
    domGroupManager.addElement(element, DOMGroupManager.FILL);
  }

  private static Document emptyDocument() {
    return DOM.createDocument(SVG, "svg", null);
  }

  private static DOMImplementation dom() {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK has no XML parser", e);
    }
  }
}
