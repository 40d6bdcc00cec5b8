package io.rolloutlab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeChartTest {
  private static final Frame FRAME =
      new Frame(
          -15,
          60,
          List.of(
              new Frame.Band("A", "warm-up", Ink.BAND_CALM, -15, 0),
              new Frame.Band("B", "rollout", Ink.BAND_ROLLOUT, 0, 40),
              new Frame.Band("C", "hold", Ink.BAND_CALM, 40, 60)),
          List.of(new Frame.Mark(1, 0.2), new Frame.Mark(2, 1), new Frame.Mark(3, 40)));

  @Test
  void drawsStackedSeconds() throws Exception {
    double[] x = IntStream.range(-15, 60).mapToDouble(i -> i).toArray();
    double[] v1 =
        IntStream.range(-15, 60).mapToDouble(i -> i < 40 ? 40 - Math.max(i, 0) : 0).toArray();
    double[] v2 = IntStream.range(-15, 60).mapToDouble(i -> i < 0 ? 0 : Math.min(i, 40)).toArray();
    String svg =
        TimeChart.of(FRAME, "requests a second")
            .stack(Ink.V1, x, v1, 60)
            .stack(Ink.V2, x, v2, 60)
            .svg(Size.WIDE, "mix-", "mix");
    java.nio.file.Files.writeString(java.nio.file.Path.of("/tmp/t.svg"), svg);
    assertThat(svg).contains("f-v1").contains("f-v2");
  }
}
