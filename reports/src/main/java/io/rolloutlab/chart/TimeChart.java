package io.rolloutlab.chart;

import java.awt.BasicStroke;
import java.awt.Stroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Something over the time of a run, with its phases behind it and its steps marked. Times are
 * seconds since the rollout started; a value that is not there is NaN.
 */
public final class TimeChart {
  private static final float LINE = 1.75f;

  private final Frame frame;
  private final String valueLabel;
  private final List<Series> stack = new ArrayList<>();
  private final List<Series> lines = new ArrayList<>();
  private double stackEnd;
  private boolean logarithmic;
  private boolean whole;
  private double atLeast;
  private double upTo = Double.NaN;

  /** How a line is drawn, so that no two of a chart differ by colour alone. */
  public enum Dash {
    SOLID,
    DASHED,
    DOTTED,
    /** One of many. */
    THIN,
    /** Below another line, so that it stands out from what it crosses. */
    HALO;

    Stroke stroke() {
      return switch (this) {
        case SOLID -> line(LINE, null);
        case THIN -> line(LINE / 2, null);
        case DASHED -> line(LINE, new float[] {6, 3});
        case DOTTED -> line(LINE, new float[] {1.5f, 3});
        case HALO -> line(3 * LINE, null);
      };
    }

    private static Stroke line(float width, float[] dash) {
      return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }
  }

  private record Series(Ink ink, Dash dash, double[] seconds, double[] values) {
    Series {
      if (seconds.length != values.length) {
        throw new IllegalArgumentException(
            "%s times, but %s values".formatted(seconds.length, values.length));
      }
    }
  }

  private TimeChart(Frame frame, String valueLabel) {
    this.frame = frame;
    this.valueLabel = valueLabel;
  }

  /**
   * A chart without anything in it yet.
   *
   * @param valueLabel what the values are, with their unit
   */
  public static TimeChart of(Frame frame, String valueLabel) {
    return new TimeChart(frame, valueLabel);
  }

  /**
   * Puts a layer on top of the ones that are there. All layers have the same times; a value holds
   * from its time to the next one.
   *
   * @param end where the last value's hold ends
   */
  public TimeChart stack(Ink ink, double[] seconds, double[] values, double end) {
    stack.add(new Series(ink, Dash.SOLID, seconds, values));
    stackEnd = end;
    return this;
  }

  /** Adds a line, broken where values are missing. */
  public TimeChart line(Ink ink, Dash dash, double[] seconds, double[] values) {
    lines.add(new Series(ink, dash, seconds, values));
    return this;
  }

  /** Whole numbers on the axis of values. */
  public TimeChart counting() {
    whole = true;
    return this;
  }

  /** A logarithmic axis of values; all that are shown must be above zero. */
  public TimeChart logarithmic() {
    logarithmic = true;
    return this;
  }

  /** Lets the axis of values reach at least so far. */
  public TimeChart atLeast(double value) {
    atLeast = value;
    return this;
  }

  /** Ends the axis of values here, whatever the data, for example at 100 %. */
  public TimeChart upTo(double value) {
    upTo = value;
    return this;
  }

  /**
   * Draws it.
   *
   * @param id unique in the page
   * @param description of what can be seen, for those who cannot
   */
  public String svg(Size size, String id, String description) {
    Backdrop backdrop = new Backdrop(frame, size);
    XYPlot plot = Theme.plot(Scale.time(frame, size), valueAxis(), backdrop::behind);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    if (!stack.isEmpty()) {
      add(plot, 0, stack, new StackRenderer(stackEnd));
    }
    if (!lines.isEmpty()) {
      List<Series> drawn = stack.isEmpty() ? lines : withHalos();
      add(plot, stack.isEmpty() ? 0 : 1, drawn, lineRenderer(drawn));
    }
    backdrop.through(plot);
    return Canvas.svg(
        plot,
        size,
        id,
        description,
        (g2, data) -> {
          backdrop.above(g2, data);
          Theme.upright(g2, valueLabel, 11, data.getCenterY());
        });
  }

  /**
   * Draws its layers small, to stand in a row of others: with phases and times, without words.
   *
   * @param top where the axis of values ends, the same for the whole row
   * @param id unique in the page
   * @param description of what can be seen, for those who cannot
   */
  public String tile(double top, String id, String description) {
    Backdrop backdrop = new Backdrop(frame, Size.TILE);
    XYPlot plot = Theme.plot(Scale.time(frame, Size.TILE), Scale.linearUpTo(top), backdrop::shade);
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    Theme.small(plot);
    add(plot, 0, stack, new StackRenderer(stackEnd));
    return Canvas.svg(plot, Size.TILE, id, description, (g2, data) -> {});
  }

  private ValueAxis valueAxis() {
    double[] shown =
        lines.stream()
            .flatMapToDouble(s -> Arrays.stream(s.values()))
            .filter(v -> !Double.isNaN(v) && (v > 0 || !logarithmic))
            .toArray();
    double max = Math.max(atLeast, Math.max(Arrays.stream(shown).max().orElse(0), stackMax()));
    if (logarithmic) {
      double min = Arrays.stream(shown).min().orElse(1);
      return Scale.logarithmic(min, Math.max(min, max));
    }
    return Double.isNaN(upTo) ? Scale.linear(max, whole) : Scale.linearUpTo(upTo);
  }

  private double stackMax() {
    double max = 0;
    int length = stack.isEmpty() ? 0 : stack.get(0).values().length;
    for (int i = 0; i < length; i++) {
      double sum = 0;
      for (Series layer : stack) {
        sum += layer.values()[i] > 0 ? layer.values()[i] : 0;
      }
      max = Math.max(max, sum);
    }
    return max;
  }

  /** Over areas, each line lies on a wider one in the colour of the paper. */
  private List<Series> withHalos() {
    return lines.stream()
        .flatMap(s -> Stream.of(new Series(Ink.HALO, Dash.HALO, s.seconds(), s.values()), s))
        .toList();
  }

  private static XYItemRenderer lineRenderer(List<Series> lines) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    for (int i = 0; i < lines.size(); i++) {
      renderer.setSeriesStroke(i, lines.get(i).dash().stroke());
    }
    return renderer;
  }

  private void add(XYPlot plot, int index, List<Series> series, XYItemRenderer renderer) {
    DefaultXYDataset data = new DefaultXYDataset();
    for (int i = 0; i < series.size(); i++) {
      Series one = series.get(i);
      data.addSeries(i, new double[][] {one.seconds(), drawable(one.values())});
      renderer.setSeriesPaint(i, one.ink().paint());
    }
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
  }

  private double[] drawable(double[] values) {
    return logarithmic ? Arrays.stream(values).map(v -> v > 0 ? v : Double.NaN).toArray() : values;
  }
}
