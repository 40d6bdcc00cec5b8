package io.rolloutlab.compare;

import java.util.List;
import java.util.Locale;

/** Gaps as Markdown that is also read on a console. */
public final class GapTable {
  private GapTable() {}

  /** All gaps, a table each. */
  public static String of(List<Gap> gaps) {
    StringBuilder text = new StringBuilder("# The twin against real runs\n");
    for (Gap gap : gaps) {
      text.append("\n## %s, %s seeds\n\n".formatted(Markdown.text(gap.scenario()), gap.seeds()));
      text.append(Markdown.row(List.of("measure", "real", "twin, mean", "least", "most", "gap")));
      text.append(Markdown.rule(6, true));
      for (Gap.Row row : gap.rows()) {
        text.append(
            Markdown.row(
                List.of(
                    Markdown.text(row.measure()),
                    number(row.live()),
                    number(row.mean()),
                    number(row.low()),
                    number(row.high()),
                    row.live() == 0 || Double.isNaN(row.live())
                        ? "-"
                        : String.format(Locale.ROOT, "%+.1f %%", row.percent()))));
      }
    }
    return text.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
