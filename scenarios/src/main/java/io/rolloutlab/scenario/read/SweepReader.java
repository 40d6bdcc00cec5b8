package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.sweep.Sweep;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads sweep files as strictly as {@link ScenarioReader} reads scenarios. */
public final class SweepReader {
  public static final StrictYaml<Sweep> YAML =
      new StrictYaml<>(Sweep.class, "sweep", Sweep::name, SweepReader::faults);

  private final Map<String, List<String>> warnings = new HashMap<>();

  /**
   * Reads one file.
   *
   * @throws InvalidScenarioException when it is missing, unreadable or not a sweep
   */
  public Sweep read(Path file) {
    return remember(YAML.read(file));
  }

  /**
   * Reads files, and every {@code *.yaml} or {@code *.yml} of folders, by name.
   *
   * @throws InvalidScenarioException when one is not a sweep, two have one name, or there is none
   */
  public List<Sweep> readAll(List<Path> filesAndFolders) {
    return YAML.readAll(filesAndFolders).stream().map(this::remember).toList();
  }

  /** As {@link ScenarioReader#warnings}. */
  public List<String> warnings(Sweep sweep) {
    return warnings.getOrDefault(sweep.name(), List.of());
  }

  private Sweep remember(StrictYaml.Read<Sweep> read) {
    Sweep sweep = read.value();
    warnings.put(sweep.name(), Idle.keys(sweep, read::sets).stream().map(read::at).toList());
    return sweep;
  }

  /** What cannot work in any of its conditions; what an update is set to makes no difference. */
  private static List<Fault> faults(Sweep sweep) {
    Map<Sweep.Case, Sweep.Cell> conditions = new LinkedHashMap<>();
    sweep.cells().forEach(cell -> conditions.putIfAbsent(cell.condition(), cell));
    return conditions.values().stream()
        .flatMap(cell -> Coherence.faults(cell.scenario()).stream())
        .map(fault -> fault.under("scenario"))
        .distinct()
        .toList();
  }
}
