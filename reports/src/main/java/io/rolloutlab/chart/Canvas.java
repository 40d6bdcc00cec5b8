package io.rolloutlab.chart;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What JFreeChart draws on: Batik's SVG, with text measured by {@link Letters}. */
final class Canvas extends SVGGraphics2D {
  private static final String SVG = "http://www.w3.org/2000/svg";

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
    return canvas;
  }

  /** The finished drawing as Batik made it, sentinel colours and all. */
  Element drawing() {
    return getRoot();
  }

  @Override
  public Graphics create() {
    return new Canvas(this);
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return ((Letters) font).metrics();
  }

  @Override
  public void drawString(String text, float x, float y) {
    super.drawString(Xml.legal(text), x, y);
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK has no XML parser", e);
    }
  }
}
