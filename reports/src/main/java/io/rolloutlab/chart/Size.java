package io.rolloutlab.chart;

/** The sizes a chart is drawn in; the page shows the one that its screen has room for. */
public enum Size {
  WIDE(880, 270),
  NARROW(380, 250),
  /** Two of them side by side on screens with room, one below the other on others. */
  HALF(440, 280),
  /** One of many in a row, without words. */
  TILE(172, 104);

  final int width;
  final int height;

  Size(int width, int height) {
    this.width = width;
    this.height = height;
  }
}
