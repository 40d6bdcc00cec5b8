package io.rolloutlab.scenario.read;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where in a file keys stand. */
public final class Lines {
  private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|([^.\\[\\]]+)");

  private Lines() {}

  /**
   * A node in a file.
   *
   * @param line that of its key, or its own in a list, from 1
   */
  private record Place(int line, YamlNode node) {}

  /** The line of the deepest part of a path that is there; the node's own when none of it is. */
  public static int of(YamlNode node, String path) {
    Place here = new Place(node.line(), node);
    for (MatchResult step : STEP.matcher(path).results().toList()) {
      Optional<Place> next = below(here.node(), step);
      if (next.isEmpty()) {
        return here.line();
      }
      here = next.get();
    }
    return here.line();
  }

  /** What a step leads to: the number of an element in brackets, or a key. */
  private static Optional<Place> below(YamlNode node, MatchResult step) {
    if (node instanceof YamlNode.Items items && step.group(1) != null) {
      YamlNode element = items.items().get(Integer.parseInt(step.group(1)));
      return Optional.of(new Place(element.line(), element));
    }
    return Optional.ofNullable(step.group(2))
        .flatMap(node::entry)
        .map(entry -> new Place(entry.line(), entry.value()));
  }

  /** Whether a file has a key. */
  public static boolean has(YamlNode node, String path) {
    YamlNode here = node;
    for (String key : path.split("\\.")) {
      here = here.entry(key).map(YamlNode.Entry::value).orElse(null);
      if (here == null || here instanceof YamlNode.Word word && word.isNothing()) {
        return false;
      }
    }
    return true;
  }
}
