package io.rolloutlab.scenario.matrix;

import io.rolloutlab.scenario.read.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The three blocks of keys that a cell is made of, the later over the earlier: base, strategy,
 * situation.
 */
record Layers(MatrixFile file, String strategy, String situation) {
  /** No name of a strategy or situation has two hyphens in a row, so no two cells share a name. */
  private static final String JOINED = "--";

  /** How people call the cell. */
  String words() {
    return "%s × %s".formatted(strategy, situation);
  }

  /** The blocks by their path in the file, the first one undermost. */
  Map<String, YamlNode.Block> blocks() {
    Map<String, YamlNode.Block> blocks = new LinkedHashMap<>();
    blocks.put("base", file.base());
    blocks.put(ofStrategy(), file.strategies().get(strategy));
    blocks.put("situations." + situation, file.situations().get(situation));
    return blocks;
  }

  private String ofStrategy() {
    return "strategies." + strategy;
  }

  /** The scenario that they make; every key has the line that it stands in. */
  YamlNode.Block scenario() {
    YamlNode.Block under = new YamlNode.Block(1, List.of());
    for (YamlNode.Block over : blocks().values()) {
      under = laid(under, over);
    }
    List<YamlNode.Entry> entries = new ArrayList<>(under.entries());
    entries.add(word("name", strategy + JOINED + situation));
    entries.add(word("question", "%s (%s)".formatted(file.question(), words())));
    return new YamlNode.Block(under.line(), entries);
  }

  private static YamlNode.Entry word(String key, String text) {
    return new YamlNode.Entry(key, 1, new YamlNode.Word(1, text, false));
  }

  /** Blocks key by key, everything else as a whole. */
  private static YamlNode.Block laid(YamlNode.Block under, YamlNode.Block over) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    under.entries().forEach(entry -> entries.put(entry.key(), entry));
    for (YamlNode.Entry entry : over.entries()) {
      entries.merge(
          entry.key(),
          entry,
          (before, after) ->
              before.value() instanceof YamlNode.Block its
                      && after.value() instanceof YamlNode.Block more
                  ? new YamlNode.Entry(after.key(), after.line(), laid(its, more))
                  : after);
    }
    return new YamlNode.Block(over.line(), List.copyOf(entries.values()));
  }

  /**
   * The path of the block that decides a key of the scenario: the uppermost of those that have the
   * most of its path; the strategy's where none has any of it.
   */
  String deciding(String key) {
    String deciding = ofStrategy();
    int most = 1;
    for (Map.Entry<String, YamlNode.Block> block : blocks().entrySet()) {
      int depth = depth(block.getValue(), key);
      if (depth >= most) {
        deciding = block.getKey();
        most = depth;
      }
    }
    return deciding;
  }

  private static int depth(YamlNode block, String key) {
    int depth = 0;
    Optional<YamlNode> here = Optional.of(block);
    for (String step : key.split("\\.")) {
      here =
          here.flatMap(node -> node.entry(step.replaceFirst("\\[.*", "")))
              .map(YamlNode.Entry::value);
      if (here.isEmpty()) {
        return depth;
      }
      depth++;
    }
    return depth;
  }
}
