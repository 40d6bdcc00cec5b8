package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.check.BrokenYaml;
import io.rolloutlab.scenario.check.Complaints;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Makes nodes of a text. Of YAML only what a settings file needs is taken: blocks, lists and words.
 * Aliases, anchors, tags, merge keys and further documents are refused, each with its line.
 */
final class YamlTree {
  /** The deepest key there is stands six levels deep. */
  private static final int DEEPEST = 12;

  private final Complaints complaints;
  private final Iterator<Event> events;

  /** Of what was read last. */
  private int line = 1;

  private YamlTree(Complaints complaints, Iterator<Event> events) {
    this.complaints = complaints;
    this.events = events;
  }

  /** Where reading cannot go on. */
  private static final class DeadEndException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    DeadEndException(int line, String what) {
      super(what);
      this.line = line;
    }
  }

  /**
   * Reads a text.
   *
   * @return its node; empty when it has none or cannot be read to its end, which is then complained
   *     about
   */
  static Optional<YamlNode> read(String text, Complaints complaints) {
    Iterator<Event> events = new Yaml().parse(new StringReader(text)).iterator();
    YamlTree tree = new YamlTree(complaints, events);
    try {
      return tree.document();
    } catch (DeadEndException end) {
      complaints.add(end.line, "", end.getMessage());
    } catch (YAMLException | NumberFormatException thrown) {
      BrokenYaml broken = BrokenYaml.of(thrown, tree.line);
      complaints.add(broken.line(), "", broken.what());
    }
    return Optional.empty();
  }

  private Optional<YamlNode> document() {
    Optional<YamlNode> root = Optional.empty();
    while (events.hasNext()) {
      Event event = next();
      if (event instanceof NodeEvent) {
        if (root.isPresent()) {
          throw new DeadEndException(
              line(event), "a second document begins here; a file holds one only");
        }
        root = Optional.of(node(event, "", 0));
      }
    }
    return root;
  }

  private YamlNode node(Event event, String path, int depth) {
    int line = line(event);
    if (depth > DEEPEST) {
      throw new DeadEndException(
          line, "nested too deep: no key stands deeper than %s levels".formatted(DEEPEST));
    }
    if (event instanceof AliasEvent alias) {
      complaints.add(
          line,
          path,
          "the alias *%s is not understood: write the value out"
              .formatted(Complaints.quoted(alias.getAnchor())));
      return new YamlNode.Refused(line);
    }
    boolean plain = isPlain(event, path);
    YamlNode node = content(event, path, depth);
    return plain ? node : new YamlNode.Refused(line);
  }

  private YamlNode content(Event event, String path, int depth) {
    int line = line(event);
    if (event instanceof ScalarEvent scalar) {
      boolean quoted = scalar.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN;
      return new YamlNode.Word(line, scalar.getValue(), !quoted);
    }
    return event instanceof SequenceStartEvent
        ? items(line, path, depth)
        : block(line, path, depth);
  }

  /** Whether it has neither anchor nor tag. */
  private boolean isPlain(Event event, String path) {
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      complaints.add(
          line(event),
          path,
          "the anchor &%s is not understood: leave it out".formatted(Complaints.quoted(anchor)));
    }
    String tag = tag(event);
    if (tag != null) {
      complaints.add(
          line(event),
          path,
          "the tag %s is not understood: leave it out"
              .formatted(Complaints.quoted(tag.replace("tag:yaml.org,2002:", "!!"))));
    }
    return anchor == null && tag == null;
  }

  private static String tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof SequenceStartEvent list
        ? list.getTag()
        : ((MappingStartEvent) event).getTag();
  }

  private YamlNode items(int line, String path, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event next = next(); !next.is(Event.ID.SequenceEnd); next = next()) {
      items.add(node(next, "%s[%s]".formatted(path, items.size()), depth + 1));
    }
    return new YamlNode.Items(line, items);
  }

  private YamlNode block(int line, String path, int depth) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (Event next = next(); !next.is(Event.ID.MappingEnd); next = next()) {
      int keyLine = line(next);
      YamlNode key = node(next, path, depth + 1);
      String word = key instanceof YamlNode.Word text ? text.text() : "";
      String its = path.isEmpty() ? word : path + "." + word;
      YamlNode value = node(next(), its, depth + 1);
      if (!(key instanceof YamlNode.Word)) {
        if (!(key instanceof YamlNode.Refused)) {
          complaints.add(keyLine, path, "a key must be a word");
        }
      } else if (word.equals("<<")) {
        complaints.add(keyLine, its, "a merge key is not understood: write its keys out");
      } else if (lines.putIfAbsent(word, keyLine) != null) {
        complaints.add(
            keyLine, its, "is there twice, for the first time in line " + lines.get(word));
      } else {
        entries.add(new YamlNode.Entry(word, keyLine, value));
      }
    }
    return new YamlNode.Block(line, entries);
  }

  private Event next() {
    Event event = events.next();
    line = event.getEndMark() == null ? line : event.getEndMark().getLine() + 1;
    return event;
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }
}
