package io.rolloutlab.scenario;

import java.nio.file.Path;
import java.util.List;

/** Reads sweep files as strictly as {@link ScenarioReader} reads scenarios. */
public final class SweepReader {
  private static final StrictYaml<Sweep> YAML = new StrictYaml<>(Sweep.class, "sweep", Sweep::name);

  /**
   * Reads one file.
   *
   * @throws InvalidScenarioException when it is missing, unreadable or not a sweep
   */
  public Sweep read(Path file) {
    return YAML.read(file);
  }

  /**
   * Reads files, and every {@code *.yaml} or {@code *.yml} of folders, by name.
   *
   * @throws InvalidScenarioException when one is not a sweep, two have one name, or there is none
   */
  public List<Sweep> readAll(List<Path> filesAndFolders) {
    return YAML.readAll(filesAndFolders);
  }
}
