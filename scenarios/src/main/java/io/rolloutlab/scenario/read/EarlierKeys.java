package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.check.Complaints;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keys under which files of earlier labs have what now stands elsewhere; they mean the same. */
final class EarlierKeys {
  private static final String DELAY = "restartDelay";
  private static final String RESTART = "restart";

  private EarlierKeys() {}

  /** A scenario, or a sweep with one, as it is written today; lines stay those of the file. */
  static YamlNode renewed(YamlNode root, Complaints complaints) {
    UnaryOperator<YamlNode> ofScenario =
        scenario -> within(scenario, "app", app -> app(app, complaints));
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
    boolean both = app.entries().stream().anyMatch(entry -> entry.key().equals(RESTART));
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
}
