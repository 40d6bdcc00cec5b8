package io.rolloutlab.gap;

import io.rolloutlab.analysis.run.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The twin held against real runs of several scenarios.
 *
 * @param gaps one a scenario
 * @param settings of the twin: where its latencies come from
 * @param leftOut real runs that say nothing about the twin
 */
public record GapResults(List<Gap> gaps, Settings settings, List<LeftOut> leftOut) {
  public GapResults {
    gaps = List.copyOf(gaps);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Where the twin's latencies come from.
   *
   * @param name of the file, or what stands in its place
   * @param runs ids of the real runs they were read off; empty when nobody noted them
   */
  public record Settings(String name, List<String> runs) {
    public Settings {
      runs = List.copyOf(runs);
    }

    /** In a sentence. */
    public String sentence() {
      return runs.isEmpty()
          ? "The twin's latencies are %s; which runs they were read off is not noted."
              .formatted(name)
          : "The twin's latencies are %s, read off other runs than those below: %s."
              .formatted(name, String.join(", ", runs));
    }
  }

  /**
   * A run that was found and is not compared.
   *
   * @param run its id and folder
   * @param why a clause
   */
  public record LeftOut(String run, String why) {}

  /** Reason → the runs that were left out for it. */
  public Map<String, List<String>> leftOutByReason() {
    return leftOut.stream()
        .collect(
            Collectors.groupingBy(
                LeftOut::why,
                LinkedHashMap::new,
                Collectors.mapping(LeftOut::run, Collectors.toList())));
  }

  /** How many goals are met, in a sentence. */
  public String answer() {
    return "Of %s goals, %s are met, %s are not, and %s cannot be judged."
        .formatted(
            gaps.stream().mapToInt(gap -> gap.goals().size()).sum(),
            count(Verdict.PASS),
            count(Verdict.FAIL),
            count(Verdict.UNKNOWN));
  }

  private long count(Verdict verdict) {
    return gaps.stream()
        .flatMap(gap -> gap.goals().stream())
        .filter(goal -> goal.verdict() == verdict)
        .count();
  }
}
