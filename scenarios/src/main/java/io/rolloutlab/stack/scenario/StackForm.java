package io.rolloutlab.stack.scenario;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.read.Binder;
import io.rolloutlab.scenario.read.Lines;
import io.rolloutlab.scenario.read.StrictYaml;
import io.rolloutlab.scenario.read.YamlNode;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.deploy.AskedRollout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The form of scenarios that are about a stack: in place of the service, its nodes and its strategy
 * they name a stack file, of which all that is made.
 */
final class StackForm implements StrictYaml.Form {
  static final String STACK = "stack";
  static final String CANDIDATE = "candidate";
  private static final String STRATEGY = "strategy";
  private static final String PATIENCE = "patience";

  /** What its file says itself, as every scenario. */
  private static final List<String> OWN =
      List.of("name", "question", "seed", "load", "expect", "alarm", "repeats", PATIENCE);

  /** What a scenario says, and this one has from elsewhere. */
  private static final Map<String, String> FROM_ELSEWHERE =
      Map.of(
          STRATEGY,
          "beside stack it is always Swarm's own update, as the stack file has it: leave strategy"
              + " out",
          "app",
          "beside stack the service is what the stack file says, and v2 what candidate says: leave"
              + " app out, and change them there",
          "balancing",
          "beside stack it is what deploy.endpoint_mode of the stack file says: leave balancing out",
          "cluster",
          "beside stack the lab has the nodes that the stack file's replicas and placement need:"
              + " leave cluster out",
          "edge",
          "beside stack the lab's nginx comes in front of the service as it is: leave edge out",
          "during",
          "beside stack nothing can be asked to happen: leave during out");

  private final Map<String, String> environment;
  private final Patience patience;
  private final Map<Path, Found> found = new HashMap<>();

  /**
   * What a file asks of a stack.
   *
   * @param place of its key
   */
  record Found(AskedRollout asked, Place place) {}

  /**
   * @param environment in which variables of stack files are looked up
   * @param patience of scenarios that say none
   */
  StackForm(Map<String, String> environment, Patience patience) {
    this.environment = environment;
    this.patience = patience;
  }

  /** What a file asks that has been read; empty where it is about no stack. */
  Optional<Found> found(Path file) {
    return Optional.ofNullable(found.get(file));
  }

  @Override
  public List<Path> toRead(List<Path> files) {
    return NamedStacks.without(files);
  }

  @Override
  public YamlNode laid(Path file, YamlNode root, Complaints complaints) {
    if (!(root instanceof YamlNode.Block said) || !isAboutStack(said)) {
      return root;
    }
    YamlNode.Block own = own(said, complaints);
    Optional<AskedRollout> asked =
        new StackReading(file, said, environment, complaints).asked(patience(own));
    if (asked.isEmpty()) {
      complainOfValues(own, complaints);
      return new YamlNode.Refused(said.line());
    }
    int line = Lines.of(said, STACK);
    found.put(file, new Found(asked.get(), new Place(file.toString(), line)));
    YamlNode.Block keys = without((YamlNode.Block) asked.get().keys(), "name", "question");
    return over(own, keys, line);
  }

  private static boolean isAboutStack(YamlNode.Block said) {
    return said.entry(STACK).isPresent() || said.entry(CANDIDATE).isPresent();
  }

  /** What the file says as every scenario does; of all else is complained. */
  private static YamlNode.Block own(YamlNode.Block said, Complaints complaints) {
    List<YamlNode.Entry> own = new ArrayList<>();
    for (YamlNode.Entry entry : said.entries()) {
      String key = entry.key();
      if (OWN.contains(key)) {
        own.add(entry);
      } else if (!key.equals(STACK) && !key.equals(CANDIDATE)) {
        complaints.add(entry.line(), key, refusal(key));
      }
    }
    return new YamlNode.Block(said.line(), own);
  }

  private static String refusal(String key) {
    boolean ofStrategy = Strategy.known().stream().anyMatch(one -> one.key().equals(key));
    if (ofStrategy) {
      return "beside stack an update is what deploy.update_config and deploy.rollback_config of the"
          + " stack file say: leave %s out, and change them there".formatted(key);
    }
    return Optional.ofNullable(FROM_ELSEWHERE.get(key))
        .orElseGet(
            () ->
                Binder.unknown(
                    key, Stream.concat(OWN.stream(), Stream.of(STACK, CANDIDATE)).toList()));
  }

  /** What is none is complained of where it is read. */
  private Patience patience(YamlNode.Block own) {
    return own.entry(PATIENCE)
        .map(YamlNode.Entry::value)
        .filter(value -> value instanceof YamlNode.Word word && !word.isNothing())
        .map(value -> ((YamlNode.Word) value).text())
        .flatMap(StackForm::number)
        .orElse(patience);
  }

  private static Optional<Patience> number(String text) {
    try {
      return Optional.of(new Patience(Double.parseDouble(text)));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** So that all that is wrong with a file is told at once, whatever its stack is. */
  private static void complainOfValues(YamlNode.Block own, Complaints complaints) {
    YamlNode any = new YamlNode.Word(own.line(), "rolling", true);
    List<YamlNode.Entry> entries = new ArrayList<>(own.entries());
    entries.add(new YamlNode.Entry(STRATEGY, own.line(), any));
    new Binder(complaints).record(Scenario.class, new YamlNode.Block(own.line(), entries));
  }

  private static YamlNode.Block without(YamlNode.Block block, String... keys) {
    List<String> left = List.of(keys);
    return new YamlNode.Block(
        block.line(),
        block.entries().stream().filter(entry -> !left.contains(entry.key())).toList());
  }

  /**
   * Keys over others: where both have a block it has the keys of both.
   *
   * @param line of all that is not the first one's
   */
  private static YamlNode.Block over(YamlNode.Block own, YamlNode.Block under, int line) {
    Map<String, YamlNode.Entry> below = new HashMap<>();
    under.entries().forEach(entry -> below.put(entry.key(), entry));
    List<YamlNode.Entry> entries = new ArrayList<>();
    for (YamlNode.Entry entry : own.entries()) {
      YamlNode.Entry other = below.remove(entry.key());
      entries.add(other == null ? entry : over(entry, other, line));
    }
    under.entries().stream()
        .filter(entry -> below.containsKey(entry.key()))
        .forEach(
            entry -> entries.add(new YamlNode.Entry(entry.key(), line, at(entry.value(), line))));
    return new YamlNode.Block(own.line(), entries);
  }

  private static YamlNode.Entry over(YamlNode.Entry own, YamlNode.Entry under, int line) {
    if (own.value() instanceof YamlNode.Word word && word.isNothing()) {
      return new YamlNode.Entry(own.key(), own.line(), at(under.value(), own.line()));
    }
    return own.value() instanceof YamlNode.Block block
            && under.value() instanceof YamlNode.Block other
        ? new YamlNode.Entry(own.key(), own.line(), over(block, other, own.line()))
        : own;
  }

  private static YamlNode at(YamlNode node, int line) {
    if (node instanceof YamlNode.Block block) {
      return over(new YamlNode.Block(line, List.of()), block, line);
    } else if (node instanceof YamlNode.Items list) {
      return new YamlNode.Items(line, list.items().stream().map(item -> at(item, line)).toList());
    }
    return node instanceof YamlNode.Word word
        ? new YamlNode.Word(line, word.text(), word.plain())
        : node;
  }
}
