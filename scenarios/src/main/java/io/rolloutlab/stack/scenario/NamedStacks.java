package io.rolloutlab.stack.scenario;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.read.FileText;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.StrictYaml;
import io.rolloutlab.scenario.read.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Stack files that lie beside the scenarios that name them. */
final class NamedStacks {
  private static final String FILE = "file";

  private NamedStacks() {}

  /**
   * Files but for those that another one of them names as its stack, or as its candidate. One that
   * is about a stack itself is none.
   */
  static List<Path> without(List<Path> files) {
    Set<Path> naming = new HashSet<>();
    Set<Path> named = new HashSet<>();
    for (Path file : files) {
      List<YamlNode.Entry> blocks = blocks(file);
      if (!blocks.isEmpty()) {
        naming.add(place(file));
        blocks.stream()
            .flatMap(block -> entries(block.value()))
            .filter(entry -> entry.key().equals(FILE))
            .flatMap(entry -> words(entry.value()))
            .flatMap(word -> place(file, word).stream())
            .forEach(named::add);
      }
    }
    return files.stream()
        .filter(file -> naming.contains(place(file)) || !named.contains(place(file)))
        .toList();
  }

  /** What a file says of a stack and of its candidate; of what cannot be read nothing is known. */
  private static List<YamlNode.Entry> blocks(Path file) {
    try {
      return StrictYaml.node(file, FileText.read(file, "scenario"), new Complaints()).stream()
          .flatMap(NamedStacks::entries)
          .filter(entry -> List.of(StackForm.STACK, StackForm.CANDIDATE).contains(entry.key()))
          .toList();
    } catch (InvalidScenarioException unreadable) {
      return List.of();
    }
  }

  private static Stream<YamlNode.Entry> entries(YamlNode node) {
    return node instanceof YamlNode.Block block ? block.entries().stream() : Stream.of();
  }

  private static Stream<YamlNode.Word> words(YamlNode node) {
    if (node instanceof YamlNode.Items list) {
      return list.items().stream().flatMap(NamedStacks::words);
    }
    return node instanceof YamlNode.Word word ? Stream.of(word) : Stream.of();
  }

  private static Optional<Path> place(Path file, YamlNode.Word named) {
    try {
      return Optional.of(place(file.resolveSibling(named.text())));
    } catch (InvalidPathException none) {
      return Optional.empty();
    }
  }

  private static Path place(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
