package io.rolloutlab.matrix;

import io.rolloutlab.analysis.measure.CostMeasures;
import io.rolloutlab.analysis.measure.CourseMeasures;
import io.rolloutlab.analysis.measure.HarmMeasures;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.measure.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A number of cells: a measure of the one list.
 *
 * @param measure what it is
 * @param share the same as a share in percent, which is shown beside it; empty without one
 */
public record MatrixMeasure(Measure measure, Optional<Measure> share) {
  public static final MatrixMeasure USERS_HURT =
      new MatrixMeasure(HarmMeasures.USERS_HURT, Optional.of(HarmMeasures.USERS_HURT_PERCENT));

  public static final MatrixMeasure FAILED_REQUESTS =
      new MatrixMeasure(HarmMeasures.FAILED_REQUESTS, Optional.of(HarmMeasures.ERROR_PERCENT));

  public static final MatrixMeasure SERVED_AGAIN =
      new MatrixMeasure(HarmMeasures.SERVED_AGAIN_SECONDS, Optional.empty());

  public static final MatrixMeasure EXTRA_TASKS =
      new MatrixMeasure(CostMeasures.EXTRA_TASKS, Optional.empty());

  public static final MatrixMeasure COURSE =
      new MatrixMeasure(CourseMeasures.COURSE_SECONDS, Optional.empty());

  private static final List<MatrixMeasure> FIRST =
      List.of(USERS_HURT, FAILED_REQUESTS, SERVED_AGAIN, EXTRA_TASKS);

  /** Those that a sum over strategies or situations means something of. */
  private static final Set<MatrixMeasure> SUMMED =
      Set.of(USERS_HURT, FAILED_REQUESTS, SERVED_AGAIN);

  /** In the order of the page: those above, then every other measure that is for matrices. */
  public static List<MatrixMeasure> all() {
    List<MatrixMeasure> all = new ArrayList<>(FIRST);
    for (Measure measure : Measures.of(Table.MATRIX)) {
      boolean there =
          FIRST.stream()
              .anyMatch(
                  one ->
                      one.key().equals(measure.key())
                          || one.share().filter(s -> s.key().equals(measure.key())).isPresent());
      if (!there) {
        all.add(new MatrixMeasure(measure, Optional.empty()));
      }
    }
    return List.copyOf(all);
  }

  /** {@link Measure#key}. */
  public String key() {
    return measure.key();
  }

  /** For people. */
  public String label() {
    return measure.heading().label();
  }

  /** For example {@code s}; empty for a count. */
  public String unit() {
    return measure.heading().unit();
  }

  /** Whether cells can be added up. */
  public boolean isSummed() {
    return SUMMED.contains(this);
  }
}
