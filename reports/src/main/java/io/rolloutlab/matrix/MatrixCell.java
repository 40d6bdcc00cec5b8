package io.rolloutlab.matrix;

import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.text.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One strategy in one situation, and what its runs came to.
 *
 * @param name of its scenario, which is that of its first run's page
 * @param users that its load has
 * @param forEverybody whether the strategy is to bring v2 to all users: one that does not, and
 *     nothing at all, hurt few whatever v2 is like, and are compared with none that does
 * @param runs in the order of their seeds; none where none was made yet
 */
public record MatrixCell(
    String strategy,
    String situation,
    String name,
    int users,
    boolean forEverybody,
    List<MatrixRun> runs) {
  public MatrixCell {
    runs = List.copyOf(runs);
  }

  /** How people call it. */
  public String words() {
    return "%s × %s".formatted(strategy, situation);
  }

  /** Of the first run whose numbers cannot be used; empty when all can. */
  public String trouble() {
    return runs.isEmpty()
        ? "it has not been run yet"
        : runs.stream().map(MatrixRun::trouble).filter(t -> !t.isEmpty()).findFirst().orElse("");
  }

  /** What the first run that missed something missed; empty when none did. */
  public String missed() {
    return runs.stream().map(MatrixRun::missed).filter(m -> !m.isEmpty()).findFirst().orElse("");
  }

  /** Whether all of its runs have numbers that can be trusted. */
  public boolean usable() {
    return trouble().isEmpty();
  }

  /** Over its runs; empty where one cannot be used, or does not have this number. */
  public Optional<Range> range(Measure measure) {
    return Optional.of(Range.of(runs, run -> run.value(measure)))
        .filter(range -> usable() && range.isWhole());
  }

  /** The same of a measure that is shown with its share. */
  public Optional<Range> range(MatrixMeasure measure) {
    return range(measure.measure());
  }

  /** The middle one of its runs' numbers; not a number where one is not known. */
  public double median(MatrixMeasure measure) {
    return range(measure).map(Range::median).orElse(Double.NaN);
  }

  /** Whether in one of its runs the number is known to be too small. */
  public boolean isOpen(MatrixMeasure measure) {
    return runs.stream().anyMatch(run -> run.open().contains(measure.key()));
  }

  /** Whether all of its rollouts got to their end. */
  public boolean done() {
    return runs.stream().allMatch(MatrixRun::isDone);
  }

  /** What came of its rollouts, each with how often it did. */
  public Map<String, Long> outcomes() {
    return runs.stream()
        .collect(
            Collectors.groupingBy(MatrixRun::outcome, LinkedHashMap::new, Collectors.counting()));
  }
}
