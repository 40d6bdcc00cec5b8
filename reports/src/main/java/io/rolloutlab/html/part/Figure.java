package io.rolloutlab.html.part;

import io.rolloutlab.chart.Ink;
import io.rolloutlab.chart.Mark;
import io.rolloutlab.chart.Size;
import io.rolloutlab.chart.TimeChart;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A chart with what stands around it.
 *
 * @param id unique in the page
 * @param title what it shows
 * @param caption what to look for, a sentence or two
 * @param keys what its colours and dashes mean
 * @param wide SVG for screens with room; empty when there is no chart
 * @param narrow SVG for phones
 * @param missing why there is no chart; empty when there is one
 */
public record Figure(
    String id,
    String title,
    String caption,
    List<Key> keys,
    String wide,
    String narrow,
    String missing) {
  public Figure {
    keys = List.copyOf(keys);
  }

  /**
   * One entry of a legend.
   *
   * @param shape {@code area}, {@code line} or {@code mark}
   * @param ink class of its colour
   * @param dash pattern of a line, in SVG's notation, empty when solid; the path of a mark
   */
  public record Key(String shape, String ink, String dash, String label) {
    /** Of a kind of points. */
    public static Key mark(Ink ink, Mark mark, String label) {
      return new Key("mark", ink.css(), mark.svgPath(), label);
    }

    /** Of a filled area. */
    public static Key area(Ink ink, String label) {
      return new Key("area", ink.css(), "", label);
    }

    /** Of a line. */
    public static Key line(Ink ink, TimeChart.Dash dash, String label) {
      String pattern =
          switch (dash) {
            case SOLID, THIN, HALO -> "";
            case DASHED -> "6 3";
            case DOTTED -> "1.5 3";
          };
      return new Key("line", ink.css(), pattern, label);
    }
  }

  /**
   * Draws a chart in both sizes. A chart that cannot be drawn says so and costs nothing else.
   *
   * @param drawing size and id → SVG
   */
  public static Figure drawn(
      String id,
      String title,
      String caption,
      List<Key> keys,
      BiFunction<Size, String, String> drawing) {
    try {
      String wide = drawing.apply(Size.WIDE, id + "w-");
      String narrow = drawing.apply(Size.NARROW, id + "n-");
      return new Figure(id, title, caption, keys, wide, narrow, "");
    } catch (RuntimeException e) {
      return undrawn(id, title, "This chart could not be drawn: " + e);
    }
  }

  /** The same with more in its legend; without a chart there is nothing to explain. */
  public Figure with(List<Key> more) {
    List<Key> all = missing.isEmpty() ? Stream.concat(keys.stream(), more.stream()).toList() : keys;
    return new Figure(id, title, caption, all, wide, narrow, missing);
  }

  /** In the place of a chart that there is not, with the reason. */
  public static Figure undrawn(String id, String title, String why) {
    return new Figure(id, title, "", List.of(), "", "", why);
  }
}
