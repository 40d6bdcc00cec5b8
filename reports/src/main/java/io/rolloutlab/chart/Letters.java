package io.rolloutlab.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/**
 * The one typeface of all charts, measured by a table of widths instead of an installed font: the
 * same chart has the same layout on every machine, even on one without a single font. The widths
 * are those of Helvetica and of everything metrically compatible with it (Arial, Liberation Sans,
 * Nimbus Sans).
 */
final class Letters extends Font {
  private static final long serialVersionUID = 1L;
  private static final double ASCENT = 0.905;
  private static final double DESCENT = 0.212;
  private static final int WIDE = 1000;

  /** Thousandths of the size, for the characters 32 to 126. */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 // p to ~
  };

  private Letters(int style, int size) {
    super(Font.SANS_SERIF, style, size);
  }

  static Letters plain(int size) {
    return new Letters(Font.PLAIN, size);
  }

  static Letters bold(int size) {
    return new Letters(Font.BOLD, size);
  }

  /** The width of a text in pixels; characters outside ASCII count as wide as they can be. */
  double widthOf(CharSequence text) {
    double thousandths = text.codePoints().mapToLong(Letters::width).sum();
    return thousandths * getSize2D() / 1000 * (isBold() ? 1.06 : 1);
  }

  /** The longest beginning of a text that fits, with an ellipsis where something is cut off. */
  String fit(String text, double width) {
    if (widthOf(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && widthOf(text.substring(0, end) + "…") > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return end == 0 ? "" : text.substring(0, end).strip() + "…";
  }

  private static int width(int character) {
    if (character >= 32 && character < 127) {
      return WIDTHS[character - 32];
    }
    return character < 0x250 ? 556 : WIDE;
  }

  FontMetrics metrics() {
    return new Metrics(this);
  }

  @Override
  public String getFamily() {
    return Font.SANS_SERIF;
  }

  @Override
  public String getFamily(Locale locale) {
    return Font.SANS_SERIF;
  }

  @Override
  public LineMetrics getLineMetrics(String text, FontRenderContext context) {
    return new Line(text.length(), getSize2D());
  }

  @Override
  public LineMetrics getLineMetrics(char[] text, int from, int to, FontRenderContext context) {
    return new Line(to - from, getSize2D());
  }

  @Override
  public Rectangle2D getStringBounds(String text, FontRenderContext context) {
    double height = (ASCENT + DESCENT) * getSize2D();
    return new Rectangle2D.Double(0, -ASCENT * getSize2D(), widthOf(text), height);
  }

  @Override
  public Rectangle2D getStringBounds(char[] text, int from, int to, FontRenderContext context) {
    return getStringBounds(new String(text, from, to - from), context);
  }

  private static final class Metrics extends FontMetrics {
    private static final long serialVersionUID = 1L;

    Metrics(Letters letters) {
      super(letters);
    }

    @Override
    public int getAscent() {
      return (int) Math.ceil(ASCENT * font.getSize2D());
    }

    @Override
    public int getDescent() {
      return (int) Math.ceil(DESCENT * font.getSize2D());
    }

    @Override
    public int charWidth(char character) {
      return stringWidth(String.valueOf(character));
    }

    @Override
    public int charsWidth(char[] text, int from, int length) {
      return stringWidth(new String(text, from, length));
    }

    @Override
    public int stringWidth(String text) {
      return (int) Math.ceil(((Letters) font).widthOf(text));
    }
  }

  private static final class Line extends LineMetrics {
    private final int characters;
    private final float size;

    Line(int characters, float size) {
      this.characters = characters;
      this.size = size;
    }

    @Override
    public int getNumChars() {
      return characters;
    }

    @Override
    public float getAscent() {
      return (float) ASCENT * size;
    }

    @Override
    public float getDescent() {
      return (float) DESCENT * size;
    }

    @Override
    public float getLeading() {
      return 0;
    }

    @Override
    public float getHeight() {
      return getAscent() + getDescent();
    }

    @Override
    public int getBaselineIndex() {
      return ROMAN_BASELINE;
    }

    private static final int ROMAN_BASELINE = Font.ROMAN_BASELINE;

    @Override
    public float[] getBaselineOffsets() {
      return new float[] {0, -getAscent() / 2, -getAscent()};
    }

    @Override
    public float getStrikethroughOffset() {
      return -getAscent() / 3;
    }

    @Override
    public float getStrikethroughThickness() {
      return size / 16;
    }

    @Override
    public float getUnderlineOffset() {
      return getDescent() / 2;
    }

    @Override
    public float getUnderlineThickness() {
      return size / 16;
    }
  }
}
