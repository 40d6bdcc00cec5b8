package io.rolloutlab.matrix;

import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
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
 * @param wanted whether who made the page asked for it: one that nobody asked for may have runs of
 *     earlier calls
 * @param asked how many runs it is to have
 * @param runs in the order of their seeds; none where none was made yet
 * @param unread of each run that is there and cannot be read: where it lies, and why
 */
public record MatrixCell(
    String strategy,
    String situation,
    String name,
    int users,
    boolean forEverybody,
    boolean wanted,
    int asked,
    List<MatrixRun> runs,
    List<String> unread) {
  public MatrixCell {
    runs = List.copyOf(runs);
    unread = List.copyOf(unread);
  }

  /** How people call it. */
  public String words() {
    return "%s × %s".formatted(strategy, situation);
  }

  /** Whether no run of it was made yet. */
  public boolean isUnmade() {
    return runs.isEmpty() && unread.isEmpty();
  }

  /** Whether nobody asked for it, and no run of it was made earlier: nothing is missing there. */
  public boolean isLeftOut() {
    return !wanted && isUnmade();
  }

  /** Of the first run whose numbers cannot be used; empty when all can. */
  public String trouble() {
    if (runs.isEmpty()) {
      return isUnmade() ? "it has not been run yet" : couldNotBeRead();
    }
    return runs.stream().map(MatrixRun::trouble).filter(t -> !t.isEmpty()).findFirst().orElse("");
  }

  /** Whether it has runs, but not all that it is to have. */
  public boolean partial() {
    return !runs.isEmpty() && runs.size() < asked;
  }

  /** How many of its runs are there, {@code 2 of 5 runs}; empty where all are, or none is. */
  public String part() {
    return partial() ? "%s of %s runs".formatted(runs.size(), asked) : "";
  }

  /** What became of the others, a sentence without its full stop; empty where all are there. */
  public String missing() {
    if (!partial()) {
      return "";
    }
    int unmade = asked - runs.size() - unread.size();
    List<String> parts = new ArrayList<>();
    parts.add("its numbers are those of " + part());
    if (!unread.isEmpty()) {
      parts.add(couldNotBeRead());
    }
    if (unmade > 0) {
      parts.add(unmade == 1 ? "one was not made yet" : unmade + " were not made yet");
    }
    return String.join("; ", parts);
  }

  private String couldNotBeRead() {
    return "%s could not be read: %s"
        .formatted(
            unread.size() == 1 ? "a run" : unread.size() + " runs", String.join("; ", unread));
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
