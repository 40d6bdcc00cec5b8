package io.rolloutlab.html;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.matrix.MatrixResult;
import io.rolloutlab.matrix.SampleMatrix;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.matrix.Matrix;
import java.nio.file.Path;
import java.util.List;

/** Pages of matrices with made-up numbers. */
final class MatrixPages {
  private MatrixPages() {}

  static SampleMatrix sample() {
    return new SampleMatrix(2, List.of("a", "b"), List.of("good", "bad"))
        .cell("a", "good", 0, 0, 0, 0)
        .cell("a", "bad", 9, 0, 120, 124)
        .cell("b", "good", 0, 4, 0, 0)
        .cell("b", "bad", 3, 4, 1, 3);
  }

  /** Findings for each cell, whose numbers are others than those of the matrix. */
  static List<Findings> first(MatrixResult result) {
    return result.matrix().cells().stream()
        .map(Matrix.Cell::scenario)
        .map(MatrixPages::run)
        .toList();
  }

  private static Findings run(Scenario scenario) {
    return SampleFindings.answers(
        "twin-" + scenario.name(),
        Manifest.Origin.TWIN,
        scenario,
        "1111",
        "1x12",
        "2222",
        "2222",
        "2222");
  }

  /** Writes the pages of all runs but the first of each cell. */
  static void further(MatrixResult result, Path folder) {
    for (int i = 0; i < result.cells().size(); i++) {
      Matrix.Cell cell = result.matrix().cells().get(i);
      result.cells().get(i).runs().stream()
          .skip(1)
          .map(run -> cell.run(run.seed()))
          .forEach(place -> Report.renderFurther(run(cell.scenario(place)), place, folder));
    }
  }

  static Page page(SampleMatrix matrix, Path folder) {
    MatrixResult result = matrix.result();
    return Page.read(Report.render(result, first(result), folder));
  }
}
