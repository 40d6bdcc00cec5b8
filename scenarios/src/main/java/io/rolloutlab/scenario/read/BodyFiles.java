package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.check.Complaints;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Bodies of requests that stand in files of their own: beside each {@code bodyFile} under {@code
 * load.requests} its text is put as {@code body}, so that all else, the record of a run above all,
 * has the body itself.
 */
final class BodyFiles {
  private static final String LOAD = "load";
  private static final String REQUESTS = "requests";
  private static final String FILE = "bodyFile";
  private static final String BODY = "body";

  private final Path file;
  private final Complaints complaints;

  /**
   * @param file that was read: the others are looked for from its folder
   */
  BodyFiles(Path file, Complaints complaints) {
    this.file = file;
    this.complaints = complaints;
  }

  /** A file with them, wherever a load stands in it: sweeps and matrices have theirs deeper. */
  YamlNode read(YamlNode root) {
    return read(root, "");
  }

  private YamlNode read(YamlNode node, String path) {
    return each(
        node,
        path,
        (entry, its) ->
            entry.key().equals(LOAD) ? load(entry.value(), its) : read(entry.value(), its));
  }

  private YamlNode load(YamlNode load, String path) {
    return each(
        load,
        path,
        (entry, its) ->
            entry.key().equals(REQUESTS) ? requests(entry.value(), its) : entry.value());
  }

  /** A block with other values; what is no block stays, and is complained about later. */
  private static YamlNode each(
      YamlNode node, String path, BiFunction<YamlNode.Entry, String, YamlNode> value) {
    return node instanceof YamlNode.Block block
        ? new YamlNode.Block(
            block.line(),
            block.entries().stream()
                .map(
                    entry ->
                        new YamlNode.Entry(
                            entry.key(),
                            entry.line(),
                            value.apply(
                                entry, path.isEmpty() ? entry.key() : path + "." + entry.key())))
                .toList())
        : node;
  }

  private YamlNode requests(YamlNode list, String path) {
    if (!(list instanceof YamlNode.Items items)) {
      return list;
    }
    List<YamlNode> all = new ArrayList<>();
    for (YamlNode item : items.items()) {
      all.add(
          item instanceof YamlNode.Block block
              ? request(block, "%s[%s].%s".formatted(path, all.size(), FILE))
              : item);
    }
    return new YamlNode.Items(items.line(), all);
  }

  /** What could not be read is left out: it has been complained about. */
  private YamlNode request(YamlNode.Block block, String path) {
    Optional<YamlNode.Entry> named = block.entry(FILE);
    if (named.isEmpty()
        || !(named.get().value() instanceof YamlNode.Word word)
        || word.isNothing()) {
      return block;
    }
    Optional<String> text = Optional.empty();
    if (block.entry(BODY).isPresent()) {
      complaints.add(named.get().line(), path, "is given beside body: keep only one of them");
    } else {
      text = text(word, path);
    }
    List<YamlNode.Entry> entries = new ArrayList<>(block.entries());
    if (text.isEmpty()) {
      entries.remove(named.get());
    } else {
      int line = named.get().line();
      entries.add(new YamlNode.Entry(BODY, line, new YamlNode.Word(line, text.get(), false)));
    }
    return new YamlNode.Block(block.line(), List.copyOf(entries));
  }

  private Optional<String> text(YamlNode.Word word, String path) {
    try {
      Path its = file.resolveSibling(word.text());
      return Optional.of(FileText.decode(its, FileText.read(its, BODY)));
    } catch (InvalidPathException none) {
      complaints.add(
          word.line(),
          path,
          "\"%s\" is no path of a file".formatted(Complaints.quoted(word.text())));
    } catch (InvalidScenarioException unusable) {
      complaints.add(word.line(), path, unusable.getMessage());
    }
    return Optional.empty();
  }
}
