package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.check.Complaints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keys under which files of earlier labs have what now stands elsewhere; they mean the same. */
final class EarlierKeys {
  private static final String DELAY = "restartDelay";
  private static final String RESTART = "restart";
  private static final String LOSES = "loses";
  private static final String DURING = "during";

  /** What the keys of {@link #LOSES} are called today. */
  private static final Map<String, String> KILL = Map.of("after", "at", "node", "kill");

  private EarlierKeys() {}

  /** A scenario, or a sweep with one, as it is written today; lines stay those of the file. */
  static YamlNode renewed(YamlNode root, Complaints complaints) {
    UnaryOperator<YamlNode> ofScenario =
        scenario -> loss(within(scenario, "app", app -> app(app, complaints)), complaints);
    return within(ofScenario.apply(root), "scenario", ofScenario);
  }

  private static YamlNode within(YamlNode node, String key, UnaryOperator<YamlNode> change) {
    return node instanceof YamlNode.Block block
        ? new YamlNode.Block(
            block.line(),
            block.entries().stream()
                .map(
                    entry ->
                        entry.key().equals(key)
                            ? new YamlNode.Entry(key, entry.line(), change.apply(entry.value()))
                            : entry)
                .toList())
        : node;
  }

  /** {@code app.restartDelay} is {@code app.restart.delay}. */
  private static YamlNode app(YamlNode node, Complaints complaints) {
    if (!(node instanceof YamlNode.Block app)) {
      return node;
    }
    boolean both = app.entry(RESTART).isPresent();
    return new YamlNode.Block(
        app.line(),
        app.entries().stream().flatMap(entry -> delay(entry, both, complaints)).toList());
  }

  private static Stream<YamlNode.Entry> delay(
      YamlNode.Entry entry, boolean both, Complaints complaints) {
    if (!entry.key().equals(DELAY)) {
      return Stream.of(entry);
    }
    if (both) {
      complaints.add(
          entry.line(), "app." + DELAY, "is the earlier name of app.restart.delay: keep only that");
      return Stream.of();
    }
    YamlNode.Entry delay = new YamlNode.Entry("delay", entry.line(), entry.value());
    return Stream.of(
        new YamlNode.Entry(
            RESTART, entry.line(), new YamlNode.Block(entry.line(), List.of(delay))));
  }

  /** {@code cluster.loses: {node, after}} is {@code kill: node} in {@code during}. */
  private static YamlNode loss(YamlNode node, Complaints complaints) {
    Optional<YamlNode.Entry> cluster = node.entry("cluster");
    Optional<YamlNode.Entry> loss = cluster.flatMap(plan -> plan.value().entry(LOSES));
    if (loss.isEmpty()) {
      return node;
    }
    YamlNode.Block scenario =
        (YamlNode.Block) within(node, "cluster", plan -> without((YamlNode.Block) plan, LOSES));
    if (scenario.entry(DURING).isPresent()) {
      complaints.add(
          loss.get().line(),
          "cluster." + LOSES,
          "is the earlier form of {at: TIME, kill: NODE} in during: keep only that");
      return scenario;
    }
    List<YamlNode.Entry> entries = new ArrayList<>(scenario.entries());
    int line = loss.get().line();
    YamlNode.Items list = new YamlNode.Items(line, List.of(kill(loss.get())));
    entries.add(new YamlNode.Entry(DURING, line, list));
    return new YamlNode.Block(scenario.line(), entries);
  }

  private static YamlNode kill(YamlNode.Entry loss) {
    return loss.value() instanceof YamlNode.Block block
        ? new YamlNode.Block(
            loss.line(),
            block.entries().stream()
                .map(
                    entry ->
                        new YamlNode.Entry(
                            KILL.getOrDefault(entry.key(), entry.key()),
                            entry.line(),
                            entry.value()))
                .toList())
        : loss.value();
  }

  private static YamlNode without(YamlNode.Block block, String key) {
    return new YamlNode.Block(
        block.line(), block.entries().stream().filter(entry -> !entry.key().equals(key)).toList());
  }
}
