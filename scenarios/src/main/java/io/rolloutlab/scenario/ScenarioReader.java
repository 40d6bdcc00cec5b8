package io.rolloutlab.scenario;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Reads scenario files strictly: what it does not know, it refuses, naming file, line and key. */
public final class ScenarioReader {
  private static final StrictYaml<Scenario> YAML =
      new StrictYaml<>(Scenario.class, "scenario", Scenario::name);

  /**
   * Reads one file.
   *
   * @throws InvalidScenarioException when it is missing, unreadable or not a scenario
   */
  public Scenario read(Path file) {
    return YAML.read(file);
  }

  /**
   * Reads files, and every {@code *.yaml} or {@code *.yml} of folders; baselines first, then by
   * name.
   *
   * @throws InvalidScenarioException when one is not a scenario, two have one name, or there is
   *     none
   */
  public List<Scenario> readAll(List<Path> filesAndFolders) {
    return YAML.readAll(filesAndFolders).stream()
        .sorted(
            Comparator.comparing((Scenario s) -> s.strategy() != Strategy.BASELINE)
                .thenComparing(Scenario::name))
        .toList();
  }
}
