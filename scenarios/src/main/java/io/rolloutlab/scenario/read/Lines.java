package io.rolloutlab.scenario.read;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where in a file keys stand. */
final class Lines {
  private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|([^.\\[\\]]+)");

  private Lines() {}

  /** The line of the deepest part of a path that is there; the node's own when none of it is. */
  static int of(YamlNode node, String path) {
    int line = node.line();
    YamlNode here = node;
    for (MatchResult step : STEP.matcher(path).results().toList()) {
      YamlNode next = null;
      if (here instanceof YamlNode.Block block && step.group(2) != null) {
        for (YamlNode.Entry entry : block.entries()) {
          if (entry.key().equals(step.group(2))) {
            line = entry.line();
            next = entry.value();
          }
        }
      } else if (here instanceof YamlNode.Items items && step.group(1) != null) {
        next = items.items().get(Integer.parseInt(step.group(1)));
        line = next.line();
      }
      if (next == null) {
        return line;
      }
      here = next;
    }
    return line;
  }

  /** Whether a file has a key. */
  static boolean has(YamlNode node, String path) {
    YamlNode here = node;
    for (String key : path.split("\\.")) {
      YamlNode from = here;
      here =
          from instanceof YamlNode.Block block
              ? block.entries().stream()
                  .filter(entry -> entry.key().equals(key))
                  .map(YamlNode.Entry::value)
                  .findFirst()
                  .orElse(null)
              : null;
      if (here == null || here instanceof YamlNode.Word word && word.isNothing()) {
        return false;
      }
    }
    return true;
  }
}
