package io.rolloutlab.stack.edit;

import java.io.StringReader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The text of one stack file that docker takes, in which a setting of a service is changed: the
 * word itself is replaced, or a line or a word is put in. What an anchor shares with other parts,
 * and what a variable decides, is not touched.
 *
 * @param text as it stands in the file
 */
public record StackText(String text) {
  private static final int STEP = 2;

  /** An anchored block can be there a million times: {@code StackReader} has counted them. */
  private static final int MOST_ALIASES = 500_000;

  /**
   * Changes a setting.
   *
   * @param service by its name
   * @param key below the service, with points between the keys
   * @param value a plain word
   * @throws UncertainEditException when it would change something else as well, or nothing
   */
  public StackText with(String service, String key, String value) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    Iterator<Node> documents = new Yaml(options).composeAll(new StringReader(text)).iterator();
    if (!documents.hasNext()) {
      throw new UncertainEditException(1, "the file is empty");
    }
    Node root = documents.next();
    List<String> path =
        Stream.concat(Stream.of("services", service), Arrays.stream(key.split("\\."))).toList();
    return with(root, own(root), path, value);
  }

  /**
   * Changes what stands under a path.
   *
   * @param above the key of the block
   * @param at the block that has the first of the path's keys, or is to have it
   */
  private StackText with(Node above, MappingNode at, List<String> path, String value) {
    String first = path.get(0);
    Optional<NodeTuple> there = entry(at, first);
    List<String> below = path.subList(1, path.size());
    if (there.isEmpty() && !below.isEmpty() && entry(at, "<<").isPresent()) {
      throw new UncertainEditException(
          line(at.getStartMark()),
          "%s may come from what is merged here (<<), so it cannot be changed by itself"
              .formatted(first));
    } else if (there.isEmpty()) {
      return put(above, at, path, value);
    }
    Node key = there.get().getKeyNode();
    Node its = there.get().getValueNode();
    if (below.isEmpty()) {
      return replaced(its, value);
    } else if (!isBelow(key, its)) {
      throw new UncertainEditException(
          line(key.getStartMark()),
          "%s holds no block of its own, so %s cannot be put there".formatted(first, below.get(0)));
    }
    return with(key, own(its), below, value);
  }

  /** Whether it is a block that stands where its key is, and not that of an anchor elsewhere. */
  private static boolean isBelow(Node key, Node value) {
    return value instanceof MappingNode
        && value.getStartMark().getIndex() > key.getStartMark().getIndex();
  }

  private static MappingNode own(Node node) {
    if (node.getAnchor() != null) {
      throw new UncertainEditException(
          line(node.getStartMark()),
          "the anchor &%s shares this with other parts of the file".formatted(node.getAnchor()));
    }
    return (MappingNode) node;
  }

  private StackText replaced(Node old, String value) {
    int from = old.getStartMark().getIndex();
    int to = old.getEndMark().getIndex();
    String word = text.substring(offset(from), offset(to));
    if (!(old instanceof ScalarNode) || old.getAnchor() != null || word.matches("(?s)[&!*].*")) {
      throw new UncertainEditException(
          line(old.getStartMark()), "the value is no word of its own: it has an anchor or a tag");
    } else if (word.contains("$")) {
      throw new UncertainEditException(
          line(old.getStartMark()), "a variable decides it (%s): set that".formatted(word));
    } else if (word.isEmpty() || old.getStartMark().getLine() != old.getEndMark().getLine()) {
      throw new UncertainEditException(
          line(old.getStartMark()), "the value is empty, or goes over several lines");
    }
    return spliced(from, to, value);
  }

  /** A key that the block does not have: behind the brace, or in a line below the block's key. */
  private StackText put(Node above, MappingNode block, List<String> path, String value) {
    if (block.getFlowStyle() == DumperOptions.FlowStyle.FLOW) {
      int at = block.getStartMark().getIndex() + 1;
      return spliced(at, at, flow(path, value) + (block.getValue().isEmpty() ? "" : ", "));
    }
    int column = block.getValue().get(0).getKeyNode().getStartMark().getColumn();
    int line = text.indexOf('\n', offset(above.getEndMark().getIndex())) + 1;
    return new StackText(
        text.substring(0, line) + lines(path, value, column) + text.substring(line));
  }

  private static String flow(List<String> path, String value) {
    return path.size() == 1
        ? "%s: %s".formatted(path.get(0), value)
        : "%s: {%s}".formatted(path.get(0), flow(path.subList(1, path.size()), value));
  }

  private String lines(List<String> path, String value, int column) {
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < path.size(); i++) {
      lines.append(" ".repeat(column + STEP * i)).append(path.get(i)).append(':');
      lines.append(i == path.size() - 1 ? " " + value : "").append(end);
    }
    return lines.toString();
  }

  /** Places are counted in characters as people see them, not in those of Java. */
  private int offset(int place) {
    return text.offsetByCodePoints(0, place);
  }

  private StackText spliced(int from, int to, String instead) {
    return new StackText(text.substring(0, offset(from)) + instead + text.substring(offset(to)));
  }

  private static Optional<NodeTuple> entry(MappingNode block, String key) {
    return block.getValue().stream()
        .filter(its -> its.getKeyNode() instanceof ScalarNode word && word.getValue().equals(key))
        .findFirst();
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }
}
