package io.rolloutlab.stack.read;

import io.rolloutlab.scenario.check.BrokenYaml;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackNote;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Makes parts of a text: aliases stand for what their anchor holds, merge keys for the keys of what
 * they name, where the block has none of that name itself. Tags mean nothing, as to docker.
 */
final class PartTree {
  /** The deepest key that docker knows stands eight levels deep; extensions may go deeper. */
  private static final int DEEPEST = 50;

  /** A file of a megabyte has no more without aliases that multiply each other. */
  private static final int MOST_PARTS = 500_000;

  private static final String TOO_MANY = "the aliases of this file make more than %s values of it";

  private final String file;
  private final StackComplaints complaints;
  private int parts;

  private PartTree(String file, StackComplaints complaints) {
    this.file = file;
    this.complaints = complaints;
  }

  /** Where reading cannot go on. */
  private static final class DeadEndException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    DeadEndException(Place place, String what) {
      super(what);
      this.place = place;
    }
  }

  /**
   * Reads a text.
   *
   * @param notes are told of what docker does not read
   * @return its keys; empty when it has none or cannot be read, which is then complained about
   */
  static Optional<YamlPart.Block> read(
      String file, String text, StackComplaints complaints, List<StackNote> notes) {
    PartTree tree = new PartTree(file, complaints);
    try {
      return tree.document(text, notes);
    } catch (DeadEndException end) {
      complaints.add(end.place, "", end.getMessage());
    } catch (YAMLException | NumberFormatException thrown) {
      BrokenYaml broken = BrokenYaml.of(thrown, 1);
      complaints.add(new Place(file, broken.line()), "", broken.what());
    }
    return Optional.empty();
  }

  private Optional<YamlPart.Block> document(String text, List<StackNote> notes) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_PARTS);
    options.setNestingDepthLimit(DEEPEST);
    Iterator<Node> documents = new Yaml(options).composeAll(new StringReader(text)).iterator();
    if (!documents.hasNext()) {
      complaints.add(new Place(file, 1), "", "the file is empty; a stack file has services");
      return Optional.empty();
    }
    Node first = documents.next();
    if (!(first instanceof MappingNode top)) {
      complaints.add(
          place(first), "", "a stack file is made of keys such as services, but this is none");
      return Optional.empty();
    }
    YamlPart.Block block = block(top, "", 0);
    if (documents.hasNext()) {
      notes.add(
          new StackNote(
              place(first),
              "another document follows in this file; docker stack deploy reads the first only"));
    }
    return Optional.of(block);
  }

  private YamlPart part(Node node, String path, int depth) {
    Place place = place(node);
    if (depth > DEEPEST) {
      throw new DeadEndException(place, "nested too deep, or within itself: " + path);
    }
    if (++parts > MOST_PARTS) {
      throw new DeadEndException(place, TOO_MANY.formatted(MOST_PARTS));
    }
    if (node instanceof ScalarNode word) {
      return new YamlPart.Word(place, word.getValue(), word.isPlain());
    } else if (node instanceof SequenceNode list) {
      List<YamlPart> items = new ArrayList<>();
      for (Node item : list.getValue()) {
        items.add(part(item, "%s[%s]".formatted(path, items.size()), depth + 1));
      }
      return new YamlPart.Items(place, items);
    }
    return block((MappingNode) node, path, depth);
  }

  private YamlPart.Block block(MappingNode node, String path, int depth) {
    Map<String, YamlPart.Entry> entries = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        complaints.add(place(tuple.getKeyNode()), path, "a key must be a word");
      } else if (key.isPlain() && key.getValue().equals("<<")) {
        merged.add(tuple.getValueNode());
      } else {
        add(entries, key, tuple.getValueNode(), path, depth);
      }
    }
    for (Node other : merged) {
      merge(entries, other, path, depth);
    }
    return new YamlPart.Block(place(node), entries);
  }

  private void add(
      Map<String, YamlPart.Entry> entries, ScalarNode key, Node value, String path, int depth) {
    String name = key.getValue();
    String its = path.isEmpty() ? name : path + "." + name;
    YamlPart.Entry earlier = entries.get(name);
    if (earlier == null) {
      entries.put(name, new YamlPart.Entry(place(key), part(value, its, depth + 1)));
    } else {
      complaints.add(
          place(key),
          its,
          "is there twice, for the first time in line %s: keep one"
              .formatted(earlier.place().line()));
    }
  }

  private void merge(Map<String, YamlPart.Entry> entries, Node other, String path, int depth) {
    if (depth > DEEPEST) {
      throw new DeadEndException(place(other), "merged into itself: " + path);
    }
    if (other instanceof MappingNode block) {
      block(block, path, depth + 1).entries().forEach(entries::putIfAbsent);
    } else if (other instanceof SequenceNode list
        && list.getValue().stream().allMatch(MappingNode.class::isInstance)) {
      list.getValue().forEach(one -> merge(entries, one, path, depth + 1));
    } else {
      complaints.add(
          place(other),
          path,
          "<< takes the alias of a block, or a list of such%s"
              .formatted(
                  other instanceof ScalarNode word
                      ? ", not \"%s\"".formatted(Complaints.quoted(word.getValue()))
                      : ""));
    }
  }

  private Place place(Node node) {
    return new Place(file, node.getStartMark().getLine() + 1);
  }
}
