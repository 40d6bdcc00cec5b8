package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What repeats have in common. The seed is not in it: another one is another throw of the same
 * dice. Nor is the lab's commit, which every page shows.
 *
 * @param name of the scenario
 * @param settings all that was asked, by {@link Differences#asked}
 */
public record Asked(String name, Object settings) {
  /** Runs that differ by chance only are together, in the order of the first of each group. */
  public static Map<Asked, List<Findings>> groups(List<Findings> runs) {
    return runs.stream()
        .collect(Collectors.groupingBy(Asked::by, LinkedHashMap::new, Collectors.toList()));
  }

  private static Asked by(Findings run) {
    return new Asked(run.manifest().scenario().name(), Differences.asked(run));
  }
}
