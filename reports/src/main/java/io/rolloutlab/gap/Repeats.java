package io.rolloutlab.gap;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Asked;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Real runs that asked the same under the same conditions, so that they differ by chance only.
 *
 * @param name of the scenario, with a number where other runs have the same name but other settings
 * @param runs at least one
 * @param differs in what it is not the first group of its name: a setting each; empty in the first
 */
public record Repeats(String name, List<Findings> runs, List<String> differs) {
  public Repeats {
    runs = List.copyOf(runs);
    differs = List.copyOf(differs);
  }

  /**
   * Puts together what belongs together, in the order of the first run of each group. Runs of one
   * scenario's name that differ in any setting, in the balancing, the engine or the number of CPUs
   * are never in one group.
   *
   * @throws IllegalArgumentException when a run is simulated
   */
  public static List<Repeats> of(List<Findings> runs) {
    Map<Asked, List<Findings>> groups = groups(runs);
    Map<String, Asked> first = new LinkedHashMap<>();
    groups.keySet().forEach(asked -> first.putIfAbsent(asked.name(), asked));
    TreeSet<String> taken = new TreeSet<>(first.keySet());
    List<Repeats> all = new ArrayList<>();
    groups.forEach(
        (asked, group) -> {
          Asked namesake = first.get(asked.name());
          boolean alone = asked.equals(namesake);
          all.add(
              new Repeats(
                  alone ? asked.name() : numbered(asked.name(), taken),
                  group,
                  alone ? List.of() : differences(group.get(0), groups.get(namesake).get(0))));
        });
    return all;
  }

  private static Map<Asked, List<Findings>> groups(List<Findings> runs) {
    for (Findings run : runs) {
      if (run.manifest().origin() != Manifest.Origin.LIVE) {
        throw new IllegalArgumentException(
            "only real runs are a measure for the twin, but %s is simulated"
                .formatted(run.manifest().runId()));
      }
    }
    return Asked.groups(runs);
  }

  private static String numbered(String name, TreeSet<String> taken) {
    int number = 2;
    while (!taken.add(name + "-" + number)) {
      number++;
    }
    return name + "-" + number;
  }

  private static List<String> differences(Findings own, Findings others) {
    List<String> found = new ArrayList<>();
    Strategy strategy = own.manifest().scenario().strategy();
    Strategy other = others.manifest().scenario().strategy();
    if (!strategy.equals(other)) {
      found.add("strategy is %s instead of %s".formatted(strategy.fileName(), other.fileName()));
    }
    for (Differences.Difference one : Differences.between(List.of(own, others)).all()) {
      found.add(
          "%s is %s instead of %s"
              .formatted(one.setting(), one.values().get(0), one.values().get(1)));
    }
    return found;
  }
}
