package io.rolloutlab.scenario.matrix;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.read.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A matrix as it stands in its file.
 *
 * @param name names its page: lower-case letters, digits and hyphens, at most 40
 * @param question one sentence for the page
 * @param seeds how many simulated runs each cell gets, with a seed each; 1 to 20, default 3
 * @param repeats how many real runs each cell gets, with a seed each; 1 to 20, default 1
 * @param base what all cells have in common: keys of a scenario, but name and question; default
 *     nothing
 * @param strategies a name each (lower-case letters, digits and single hyphens, at most 19), and
 *     under it the keys that it sets on top of the base
 * @param situations a name each, as of a strategy, and under it the keys that it sets on top of
 *     base and strategy: blocks are laid over each other key by key, lists and values replace what
 *     was there; an empty block changes nothing
 */
public record MatrixFile(
    String name,
    String question,
    Integer seeds,
    Integer repeats,
    YamlNode.Block base,
    Map<String, YamlNode.Block> strategies,
    Map<String, YamlNode.Block> situations) {
  /** As many as of a sweep. */
  static final int MOST_RUNS = 2000;

  /** Two of them and what joins them are no longer than the name of a scenario. */
  private static final Pattern NAME = Pattern.compile("(?=.{1,19}$)[a-z0-9]+(?:-[a-z0-9]+)*");

  /** What a cell is called and asks follows from the matrix, as does how often it is run. */
  private static final Set<String> OF_CELL = Set.of("name", "question", "repeats");

  public MatrixFile {
    // A scenario checks its own name and question.
    new Scenario(name, question, Strategy.BASELINE, null, null, null, null, null, null, null, null);
    seeds = Check.orElse(seeds, 3);
    repeats = Check.orElse(repeats, 1);
    Check.between("seeds", seeds, 1, 20);
    Check.between("repeats", repeats, 1, 20);
    base = Check.orElse(base, new YamlNode.Block(1, List.of()));
    List<Fault> faults = new ArrayList<>();
    named("strategies", strategies, faults);
    named("situations", situations, faults);
    ofCell("base", base, faults);
    Check.all(faults);
    strategies = Collections.unmodifiableMap(new LinkedHashMap<>(strategies));
    situations = Collections.unmodifiableMap(new LinkedHashMap<>(situations));
    int cells = strategies.size() * situations.size();
    int most = Math.max(seeds, repeats);
    Check.that(
        cells * most <= MOST_RUNS,
        "situations",
        "with %s strategies, %s situations and %s runs of each these are %s runs; a matrix makes at"
                .formatted(strategies.size(), situations.size(), most, cells * most)
            + " most %s: name fewer".formatted(MOST_RUNS),
        "strategies",
        "seeds",
        "repeats");
  }

  private static void named(String key, Map<String, YamlNode.Block> all, List<Fault> faults) {
    if (all == null || all.isEmpty()) {
      faults.add(
          new Fault(
              key,
              all == null
                  ? "is missing: a name each stands under it, with the keys that it sets"
                  : "names nothing: give at least one, for example good: {}"));
      return;
    }
    all.forEach(
        (name, keys) -> {
          if (!NAME.matcher(name).matches()) {
            faults.add(
                new Fault(
                    key + "." + name,
                    "is no name: it must be lower-case letters, digits and single hyphens, at most"
                        + " 19, but is \"%s\"".formatted(Complaints.quoted(name))));
          }
          ofCell(key + "." + name, keys, faults);
        });
  }

  private static void ofCell(String under, YamlNode.Block keys, List<Fault> faults) {
    keys.entries().stream()
        .filter(entry -> OF_CELL.contains(entry.key()))
        .forEach(
            entry ->
                faults.add(
                    new Fault(
                        under + "." + entry.key(),
                        entry.key().equals("repeats")
                            ? "cannot be given here: how many runs each cell gets stands at the top"
                                + " of the file, as repeats (real ones) and seeds (simulated ones)"
                            : "cannot be given here: a cell has its own, made of the matrix's and of"
                                + " the names of strategy and situation; leave it out")));
  }

  /** Its cells, strategies outermost. */
  List<Layers> cells() {
    return strategies.keySet().stream()
        .flatMap(
            strategy ->
                situations.keySet().stream()
                    .map(situation -> new Layers(this, strategy, situation)))
        .toList();
  }
}
