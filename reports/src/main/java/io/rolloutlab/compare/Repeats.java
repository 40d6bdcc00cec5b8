package io.rolloutlab.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.scenario.Json;
import io.rolloutlab.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Real runs that asked the same under the same conditions, so that they differ by chance only.
 *
 * @param name of the scenario, with a number where other runs have the same name but other settings
 * @param runs at least one
 * @param differs in what it is not the first group of its name: a setting each; empty in the first
 */
public record Repeats(String name, List<Findings> runs, List<String> differs) {
  private static final JsonMapper JSON = Json.strict(JsonMapper.builder()).build();

  public Repeats {
    runs = List.copyOf(runs);
    differs = List.copyOf(differs);
  }

  /**
   * What repeats have in common. The seed is not in it: another one is another throw of the same
   * dice. Nor is the lab's commit, which every page shows.
   */
  private record Asked(Scenario scenario, Balancing balancing, String engine, int cpus) {
    static Asked by(Findings run) {
      Manifest m = run.manifest();
      return new Asked(m.scenario().withSeed(0), m.balancing(), m.innerEngine(), m.cpus());
    }

    /** Every setting under its whole name. */
    Map<String, String> settings() {
      Map<String, String> all = new TreeMap<>();
      flatten("", JSON.valueToTree(this), all);
      return all;
    }

    private static void flatten(String name, JsonNode node, Map<String, String> all) {
      if (!node.isContainerNode()) {
        all.put(name, node.asText());
      }
      node.fieldNames().forEachRemaining(key -> flatten(dotted(name, key), node.get(key), all));
      for (int i = 0; node.isArray() && i < node.size(); i++) {
        flatten(dotted(name, String.valueOf(i)), node.get(i), all);
      }
    }

    private static String dotted(String name, String key) {
      return name.isEmpty() || name.equals("scenario") ? key : name + "." + key;
    }
  }

  /**
   * Puts together what belongs together, in the order of the first run of each group. Runs of one
   * scenario's name that differ in any setting, in the balancing, the engine or the number of CPUs
   * are never in one group.
   *
   * @throws IllegalArgumentException when a run is simulated
   */
  public static List<Repeats> of(List<Findings> runs) {
    Map<Asked, List<Findings>> groups = new LinkedHashMap<>();
    for (Findings run : runs) {
      if (run.manifest().origin() != Manifest.Origin.LIVE) {
        throw new IllegalArgumentException(
            "only real runs are a measure for the twin, but %s is simulated"
                .formatted(run.manifest().runId()));
      }
      groups.computeIfAbsent(Asked.by(run), asked -> new ArrayList<>()).add(run);
    }
    Map<String, Asked> first = new LinkedHashMap<>();
    groups.keySet().forEach(asked -> first.putIfAbsent(asked.scenario().name(), asked));
    TreeSet<String> taken = new TreeSet<>(first.keySet());
    List<Repeats> all = new ArrayList<>();
    groups.forEach(
        (asked, group) -> {
          Asked namesake = first.get(asked.scenario().name());
          String name = asked.scenario().name();
          boolean alone = asked.equals(namesake);
          all.add(
              new Repeats(
                  alone ? name : numbered(name, taken),
                  group,
                  alone ? List.of() : differences(asked.settings(), namesake.settings())));
        });
    return all;
  }

  private static String numbered(String name, TreeSet<String> taken) {
    int number = 2;
    while (!taken.add(name + "-" + number)) {
      number++;
    }
    return name + "-" + number;
  }

  private static List<String> differences(Map<String, String> own, Map<String, String> others) {
    TreeSet<String> names = new TreeSet<>(own.keySet());
    names.addAll(others.keySet());
    return names.stream()
        .filter(name -> !own.getOrDefault(name, "").equals(others.getOrDefault(name, "")))
        .map(
            name ->
                "%s is %s instead of %s"
                    .formatted(name, shown(own.get(name)), shown(others.get(name))))
        .toList();
  }

  private static String shown(String value) {
    return value == null ? "not set" : value;
  }
}
