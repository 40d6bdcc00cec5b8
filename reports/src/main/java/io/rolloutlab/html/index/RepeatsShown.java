package io.rolloutlab.html.index;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.change.Repeated;
import io.rolloutlab.change.RepeatedFiles;
import io.rolloutlab.html.part.DotRow;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What repeats say of each scenario.
 *
 * @param heads of the columns, a scenario each
 * @param lines one a number; none where no scenario was run more than once
 * @param howTold when two scenarios are told apart
 */
public record RepeatsShown(List<String> heads, List<Line> lines, String howTold) {
  public RepeatsShown {
    heads = List.copyOf(heads);
    lines = List.copyOf(lines);
  }

  /**
   * A number of all scenarios.
   *
   * @param label with its unit
   */
  public record Line(String label, String howMeasured, List<Cell> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /**
   * Of one scenario.
   *
   * @param text mean, least and most
   * @param words what tells it from the scenario with the best mean; may be empty
   * @param told whether it is told apart from that
   * @param values each run's, for those who do not see the dots
   */
  public record Cell(String text, String words, boolean told, DotRow dots, String values) {}

  static RepeatsShown of(Repeated repeated) {
    return new RepeatsShown(
        repeated.groups().stream()
            .map(group -> "%s (%s)".formatted(group.name(), group.runs().size()))
            .toList(),
        repeated.numbers().stream().map(RepeatsShown::line).toList(),
        RepeatedFiles.howTold());
  }

  private static Line line(Repeated.Compared number) {
    DoubleSummaryStatistics all =
        number.ranges().stream()
            .flatMap(range -> range.values().stream())
            .collect(Collectors.summarizingDouble(Double::doubleValue));
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < number.ranges().size(); i++) {
      Range range = number.ranges().get(i);
      cells.add(
          new Cell(
              RepeatedFiles.range(number, range),
              RepeatedFiles.words(number, i),
              number.against().get(i).filter(one -> one.telling().isChange()).isPresent(),
              DotRow.of(range, all.getMin(), all.getMax()),
              range.values().stream()
                  .map(value -> FIGURES.number(value, number.measure().heading().decimals()))
                  .collect(Collectors.joining(", "))));
    }
    return new Line(RepeatedFiles.label(number), number.measure().heading().howMeasured(), cells);
  }
}
