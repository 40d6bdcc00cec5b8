package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.check.Patience;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads scenario files strictly: what it does not know, and what cannot work, it refuses, naming
 * file, line and key, all mistakes of a file at once. What merely has no effect it warns of.
 */
public final class ScenarioReader {
  public static final StrictYaml<Scenario> YAML =
      new StrictYaml<>(Scenario.class, "scenario", Scenario::name, Coherence::faults)
          .over(PatientDefaults::laid);

  private final Map<String, StrictYaml.Read<Scenario>> all = new HashMap<>();
  private final StrictYaml<Scenario> yaml;

  /** One of files that say everything themselves. */
  public ScenarioReader() {
    this(Optional.empty());
  }

  /**
   * One of files that are read with patience.
   *
   * @param patience of scenarios that say none; empty for the usual one
   */
  public ScenarioReader(Optional<Patience> patience) {
    this(YAML, patience);
  }

  /** The same of files that may have a form. */
  public ScenarioReader(Optional<Patience> patience, StrictYaml.Form form) {
    this(YAML.formed(form), patience);
  }

  private ScenarioReader(StrictYaml<Scenario> usual, Optional<Patience> patience) {
    yaml =
        patience.map(asked -> usual.over(file -> PatientDefaults.with(file, asked))).orElse(usual);
  }

  /**
   * Reads one file.
   *
   * @throws InvalidScenarioException when it is missing, unreadable or not a scenario
   */
  public Scenario read(Path file) {
    return remember(yaml.read(file));
  }

  /**
   * Reads files, and every {@code *.yaml} or {@code *.yml} of folders; baselines first, then by
   * name.
   *
   * @throws InvalidScenarioException when one is not a scenario, two have one name, or there is
   *     none
   */
  public List<Scenario> readAll(List<Path> filesAndFolders) {
    return yaml.readAll(filesAndFolders).stream()
        .map(this::remember)
        .sorted(Comparator.comparing((Scenario s) -> !s.isBaseline()).thenComparing(Scenario::name))
        .toList();
  }

  /**
   * Sentences, each with file, line and key, about keys that a scenario sets and that have no
   * effect in it; empty for one that this reader has not read.
   */
  public List<String> warnings(Scenario scenario) {
    return Optional.ofNullable(all.get(scenario.name()))
        .map(read -> idle(read.value(), read::sets).stream().map(read::at).toList())
        .orElse(List.of());
  }

  /** The file of one that this reader has read. */
  public Path file(Scenario scenario) {
    return all.get(scenario.name()).file();
  }

  /**
   * Keys that are set without effect.
   *
   * @param sets whether a key is set, named by its path
   */
  public static List<Fault> idle(Scenario scenario, Predicate<String> sets) {
    return Idle.keys(scenario, sets);
  }

  private Scenario remember(StrictYaml.Read<Scenario> read) {
    all.put(read.value().name(), read);
    return read.value();
  }
}
