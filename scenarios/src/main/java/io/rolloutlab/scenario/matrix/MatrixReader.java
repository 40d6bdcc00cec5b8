package io.rolloutlab.scenario.matrix;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.PatientDefaults;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.read.StrictYaml;
import io.rolloutlab.scenario.read.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads matrix files as strictly as {@link ScenarioReader} reads scenarios: every cell must be one.
 * A mistake is named by the key that makes it, once, however many cells have it; where only some of
 * the cells of a block have it, these are named.
 */
public final class MatrixReader {
  /** The files themselves. */
  public static final StrictYaml<MatrixFile> YAML =
      new StrictYaml<>(MatrixFile.class, "matrix", MatrixFile::name, MatrixReader::faults);

  /** The block that is under all cells. */
  private static final String BASE = "base";

  /** More cells are not named. */
  private static final int NAMED = 3;

  private final Map<String, List<String>> warnings = new HashMap<>();
  private final StrictYaml<MatrixFile> yaml;

  /** One of files that say everything themselves. */
  public MatrixReader() {
    this(Optional.empty());
  }

  /**
   * One of files that are read with patience.
   *
   * @param patience of cells that say none; empty for the usual one
   */
  public MatrixReader(Optional<Patience> patience) {
    yaml =
        patience
            .map(asked -> YAML.over(file -> PatientDefaults.with(file, asked, BASE)))
            .orElse(YAML);
  }

  /**
   * What is wrong, or idle, in a cell: the block that decides it, its key in the file, and what.
   */
  private record Found(String block, String key, String what) {
    static Found in(Layers cell, String key, String what) {
      String block = cell.deciding(key);
      return new Found(block, key.isEmpty() ? block : block + "." + key, what);
    }
  }

  /**
   * Reads files, and every {@code *.yaml} or {@code *.yml} of folders, by name.
   *
   * @throws InvalidScenarioException when one is not a matrix, two have one name, or there is none
   */
  public List<Matrix> readAll(List<Path> filesAndFolders) {
    return yaml.readAll(filesAndFolders).stream().map(this::remember).toList();
  }

  /** As {@link ScenarioReader#warnings}: of keys without effect in any cell that has them. */
  public List<String> warnings(Matrix matrix) {
    return warnings.getOrDefault(matrix.name(), List.of());
  }

  private Matrix remember(StrictYaml.Read<MatrixFile> read) {
    MatrixFile file = read.value();
    warnings.put(
        file.name(),
        inAllCells(file, idle(file)).stream()
            .map(found -> read.at(new Fault(found.key(), found.what())))
            .toList());
    return new Matrix(
        file.name(),
        file.question(),
        file.seeds(),
        file.repeats(),
        List.copyOf(file.strategies().keySet()),
        List.copyOf(file.situations().keySet()),
        file.cells().stream()
            .map(cell -> new Matrix.Cell(cell.strategy(), cell.situation(), scenario(cell)))
            .toList());
  }

  private static Scenario scenario(Layers cell) {
    return ScenarioReader.YAML.made(cell.scenario(), new Complaints());
  }

  private static List<Fault> faults(MatrixFile file) {
    Map<Found, List<Layers>> faults = new LinkedHashMap<>();
    for (Layers cell : file.cells()) {
      Complaints complaints = new Complaints();
      ScenarioReader.YAML.made(cell.scenario(), complaints);
      complaints
          .all()
          .forEach(
              one ->
                  faults
                      .computeIfAbsent(
                          Found.in(cell, one.key(), one.what()), found -> new ArrayList<>())
                      .add(cell));
    }
    return faults.entrySet().stream()
        .map(
            fault ->
                new Fault(
                    fault.getKey().key(),
                    fault.getKey().what() + where(file, fault.getKey(), fault.getValue())))
        .toList();
  }

  /** Nothing where all cells of the block have it: the block alone is at fault then. */
  private static String where(MatrixFile file, Found found, List<Layers> cells) {
    if (cells.containsAll(cells(file, found.block()))) {
      return "";
    }
    String some = cells.stream().limit(NAMED).map(Layers::words).collect(Collectors.joining(", "));
    return cells.size() > NAMED
        ? " (in the cells %s and %s more)".formatted(some, cells.size() - NAMED)
        : " (in the cell%s %s)".formatted(cells.size() == 1 ? "" : "s", some);
  }

  private static List<Layers> cells(MatrixFile file, String block) {
    return file.cells().stream().filter(cell -> cell.blocks().containsKey(block)).toList();
  }

  private static Map<Found, List<Layers>> idle(MatrixFile file) {
    Map<Found, List<Layers>> idle = new LinkedHashMap<>();
    for (Layers cell : file.cells()) {
      YamlNode.Block keys = cell.scenario();
      Scenario scenario = scenario(cell);
      StrictYaml.Read<Scenario> read = new StrictYaml.Read<>(Path.of(""), scenario, keys);
      ScenarioReader.idle(scenario, read::sets)
          .forEach(
              one ->
                  idle.computeIfAbsent(
                          Found.in(cell, one.key(), one.what()), found -> new ArrayList<>())
                      .add(cell));
    }
    return idle;
  }

  private static List<Found> inAllCells(MatrixFile file, Map<Found, List<Layers>> idle) {
    return idle.entrySet().stream()
        .filter(one -> one.getValue().containsAll(cells(file, one.getKey().block())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
