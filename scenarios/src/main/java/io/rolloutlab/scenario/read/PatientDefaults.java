package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.InvalidValueException;
import io.rolloutlab.scenario.check.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a scenario's {@link Scenario#patience} makes of the defaults: they are laid under its file
 * as if they stood there, so that all else (what cannot work, the record of the run, the twin) sees
 * the values that are meant.
 */
public final class PatientDefaults {
  private static final String PATIENCE = "patience";
  private static final String STRATEGY = "strategy";
  private static final String LIMIT = "limit";
  private static final String APP = "app";
  private static final String HEALTH_CHECK = "healthCheck";

  private PatientDefaults() {}

  /**
   * A file with a patience, unless it says one itself.
   *
   * @param within the keys of the block that is to say it; none for the file itself
   */
  public static YamlNode with(YamlNode file, Patience patience, String... within) {
    List<String> path = Stream.concat(Arrays.stream(within), Stream.of(PATIENCE)).toList();
    return with(file, path, patience.print());
  }

  /** A scenario with the defaults that its patience stretches, where it does not say them. */
  static YamlNode laid(YamlNode scenario) {
    YamlNode all = scenario;
    Optional<Patience> patience = patience(scenario);
    if (patience.isPresent()) {
      for (Default usual : defaults(scenario)) {
        all = with(all, usual.path(), usual.stretched(patience.get()));
      }
    }
    return all;
  }

  /**
   * A default.
   *
   * @param most what a file may say at most
   */
  private record Default(List<String> path, Duration usual, Duration most) {
    static Default of(Duration usual, Duration most, String... path) {
      return new Default(List.of(path), usual, most);
    }

    String stretched(Patience patience) {
      Duration all = patience.stretched(usual);
      return Durations.print(all.compareTo(most) < 0 ? all : most);
    }
  }

  private static List<Default> defaults(YamlNode scenario) {
    List<Default> all = new ArrayList<>();
    all.add(Default.of(AppPlan.DEFAULT.startLimit(), AppPlan.LONGEST_START, APP, "startLimit"));
    all.add(Default.of(LoadPlan.DEFAULT.limit(), LoadPlan.LONGEST, "load", LIMIT));
    strategy(scenario)
        .filter(PatientDefaults::hasLimit)
        .flatMap(PatientDefaults::ofUpdate)
        .ifPresent(all::add);
    if (value(scenario, APP).flatMap(app -> value(app, HEALTH_CHECK)).isPresent()) {
      HealthCheck usual = HealthCheck.DEFAULT;
      all.add(ofHealthCheck("interval", usual.interval()));
      all.add(ofHealthCheck("timeout", usual.timeout()));
      all.add(ofHealthCheck("startInterval", usual.startInterval()));
    }
    return all;
  }

  /** Empty where the strategy has settings that must be given, so that it has no defaults. */
  private static Optional<Default> ofUpdate(Strategy strategy) {
    try {
      Duration usual = strategy.defaults().updateLimit();
      return Optional.of(Default.of(usual, LoadPlan.LONGEST, strategy.key(), LIMIT));
    } catch (InvalidValueException incomplete) {
      return Optional.empty();
    }
  }

  private static Default ofHealthCheck(String key, Duration usual) {
    return Default.of(usual, HealthCheck.LONGEST, APP, HEALTH_CHECK, key);
  }

  /** Whether the strategy's settings say how long an update is waited for. */
  private static boolean hasLimit(Strategy strategy) {
    return Arrays.stream(strategy.settings().getRecordComponents())
        .anyMatch(its -> its.getName().equals(LIMIT) && its.getType() == Duration.class);
  }

  /** What is no strategy is complained about where it is read. */
  private static Optional<Strategy> strategy(YamlNode scenario) {
    return value(scenario, STRATEGY)
        .filter(YamlNode.Word.class::isInstance)
        .map(word -> ((YamlNode.Word) word).text())
        .flatMap(
            name -> Strategy.known().stream().filter(s -> s.fileName().equals(name)).findFirst());
  }

  /** What is no patience is complained about where it is read. */
  private static Optional<Patience> patience(YamlNode scenario) {
    try {
      return value(scenario, PATIENCE)
          .filter(YamlNode.Word.class::isInstance)
          .map(word -> new Patience(Double.parseDouble(((YamlNode.Word) word).text())));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** A key's value; empty where there is none. */
  private static Optional<YamlNode> value(YamlNode node, String key) {
    return node.entry(key).map(YamlNode.Entry::value).filter(value -> !isNothing(value));
  }

  private static boolean isNothing(YamlNode node) {
    return node instanceof YamlNode.Word word && word.isNothing();
  }

  /**
   * A node that has a value under a path of keys. What it has there stays; so does what is no
   * block, which is complained about where it is read.
   */
  private static YamlNode with(YamlNode node, List<String> path, String value) {
    if (path.isEmpty()) {
      return isNothing(node) ? new YamlNode.Word(node.line(), value, true) : node;
    }
    if (!(node instanceof YamlNode.Block) && !isNothing(node)) {
      return node;
    }
    List<YamlNode.Entry> entries = new ArrayList<>();
    if (node instanceof YamlNode.Block block) {
      entries.addAll(block.entries());
    }
    String key = path.get(0);
    entries.removeIf(entry -> entry.key().equals(key));
    entries.add(entry(node, key, path, value));
    return new YamlNode.Block(node.line(), List.copyOf(entries));
  }

  private static YamlNode.Entry entry(YamlNode of, String key, List<String> path, String value) {
    List<String> below = path.subList(1, path.size());
    Optional<YamlNode.Entry> there = of.entry(key);
    int line = there.map(YamlNode.Entry::line).orElse(of.line());
    YamlNode before = there.map(YamlNode.Entry::value).orElse(new YamlNode.Word(line, "", true));
    return new YamlNode.Entry(key, line, with(before, below, value));
  }
}
