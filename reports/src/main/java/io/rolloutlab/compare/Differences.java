package io.rolloutlab.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which settings some runs differ. Name, question and expectations of a scenario are no
 * settings, nor is the seed, which is another throw of the same dice. A strategy's own settings are
 * compared among the runs of that strategy only.
 *
 * @param all in the order of the scenario's keys; empty when nothing differs
 */
public record Differences(List<Difference> all) {
  /** What stands for a setting that a run has not. */
  public static final String NOT_SET = "not set";

  private static final JsonMapper JSON = Json.strict(JsonMapper.builder()).build();
  private static final Set<String> NO_SETTINGS =
      Set.of("name", "question", "expect", "seed", "strategy", "balancing");

  /** The settings of each strategy stand under its name. */
  private static final Set<String> STRATEGIES =
      Strategy.known().stream().map(Strategy::key).collect(Collectors.toSet());

  /**
   * What is chosen for a rollout, as opposed to what one has to live with, besides the strategies'
   * own settings: it may differ among runs that are ranked against each other.
   */
  private static final List<String> CHOSEN =
      List.of(
          "app.healthCheck",
          "app.stopGrace",
          "app.restart",
          "app.startLimit",
          "app.port",
          "load.limit");

  private static final List<String> OF_A_BAD_V2 = List.of("app.v2.fault", "alarm");

  /** What a run was made on, and with which builds of the images: no part of the rollout. */
  private static final Set<String> MADE_ON = Set.of("images", "engine", "cpus");

  /**
   * It is told and is no condition: each run has recorded whether the machine had time to spare,
   * and where it had none its latencies are doubtful and not ranked.
   */
  public static final String AT_ONCE = "runsAtOnce";

  public Differences {
    all = List.copyOf(all);
  }

  /**
   * One setting.
   *
   * @param setting its whole name, for example {@code rolling.update.order}
   * @param condition whether it is a condition of the run (load, replicas, nodes, versions of the
   *     app, edge, balancing, machine), so that runs with different values are not ranked against
   *     each other; false for what is chosen for a rollout
   * @param values one a run, in the order of the runs, {@value #NOT_SET} without one; empty in runs
   *     of another strategy than the setting is of
   */
  public record Difference(String setting, boolean condition, List<String> values) {
    public Difference {
      values = List.copyOf(values);
    }

    /** Whether it is what is wrong with v2, or the alarm that comes with that. */
    boolean isOfABadV2() {
      return OF_A_BAD_V2.stream()
          .anyMatch(own -> setting.equals(own) || setting.startsWith(own + "."));
    }

    /**
     * In one line: of two runs {@code app.replicas: 4 / 20}; of more the rare values first, with
     * the names of the runs that have them.
     *
     * @param names of the runs, in their order
     */
    public String line(List<String> names) {
      if (names.size() == 2) {
        return setting + ": " + String.join(" / ", values);
      }
      List<Map.Entry<String, List<String>>> rareFirst = new ArrayList<>(having(names).entrySet());
      rareFirst.sort(Comparator.comparingInt(entry -> entry.getValue().size()));
      int last = rareFirst.size() - 1;
      String rare =
          rareFirst.subList(0, last).stream()
              .map(
                  entry -> "%s (%s)".formatted(entry.getKey(), String.join(", ", entry.getValue())))
              .collect(Collectors.joining(", "));
      return "%s: %s, otherwise %s".formatted(setting, rare, rareFirst.get(last).getKey());
    }

    /** The names of the runs that have each value. */
    private Map<String, List<String>> having(List<String> names) {
      Map<String, List<String>> having = new LinkedHashMap<>();
      for (int run = 0; run < values.size(); run++) {
        if (!values.get(run).isEmpty()) {
          having.computeIfAbsent(values.get(run), value -> new ArrayList<>()).add(names.get(run));
        }
      }
      return having;
    }
  }

  /** Of runs in an order; none of a single run. */
  public static Differences between(List<Findings> runs) {
    List<JsonNode> settings =
        runs.stream()
            .<JsonNode>map(run -> settings(run).put(AT_ONCE, run.manifest().beside() + 1))
            .toList();
    List<Difference> found = new ArrayList<>();
    walk("", settings, found);
    return new Differences(found);
  }

  /**
   * Everything that was asked of a run and that it was made with, but the seed and how many were
   * made at once: two runs differ by chance only when these are equal.
   */
  public static Object asked(Findings run) {
    return settings(run);
  }

  /**
   * What is left of {@link #asked} without what is wrong with v2, and without what it was made on:
   * two runs with equal ones are the same rollout, which met a good version or a bad one.
   */
  public static Object rollout(Findings run) {
    ObjectNode all = settings(run);
    ((ObjectNode) all.get("app").get(VersionPlan.V2)).remove("fault");
    all.remove(MADE_ON);
    return all;
  }

  /** The conditions among them, in which runs must not differ that are ranked. */
  public List<Difference> conditions() {
    return all.stream().filter(Difference::condition).toList();
  }

  /**
   * The conditions in one line for two runs; empty when they are equal. What is wrong with v2, and
   * who looks at it, is no condition of a baseline, in which there is no v2.
   */
  static String ofConditions(Findings one, Findings other) {
    boolean baseline = one.isBaseline() || other.isBaseline();
    return between(List.of(one, other)).conditions().stream()
        .filter(difference -> !(baseline && difference.isOfABadV2()))
        .map(difference -> difference.line(List.of("", "")))
        .collect(Collectors.joining("; "));
  }

  private static ObjectNode settings(Findings run) {
    Manifest manifest = run.manifest();
    ObjectNode all = JSON.valueToTree(manifest.scenario());
    all.remove(NO_SETTINGS);
    all.put("balancing", manifest.balancedBy());
    all.put("engine", manifest.innerEngine());
    all.put("cpus", manifest.cpus());
    ObjectNode images = all.putObject("images");
    image(
        images, manifest, VersionPlan.V1, manifest.scenario().app().v1().imageName(VersionPlan.V1));
    image(
        images, manifest, VersionPlan.V2, manifest.scenario().app().v2().imageName(VersionPlan.V2));
    return all;
  }

  private static void image(ObjectNode images, Manifest manifest, String version, String name) {
    if (manifest.images().containsKey(name)) {
      images.put(version, manifest.images().get(name));
    }
  }

  /**
   * Goes down where every run has an object.
   *
   * @param nodes one a run; null where the setting is not of its strategy
   */
  private static void walk(String name, List<JsonNode> nodes, List<Difference> found) {
    List<JsonNode> there = nodes.stream().filter(Objects::nonNull).toList();
    if (there.stream().distinct().count() < 2) {
      return;
    }
    if (there.stream().allMatch(JsonNode::isObject)) {
      Set<String> keys = new LinkedHashSet<>();
      there.forEach(node -> node.properties().forEach(field -> keys.add(field.getKey())));
      for (String key : keys) {
        boolean ofStrategy = name.isEmpty() && STRATEGIES.contains(key);
        walk(
            name.isEmpty() ? key : name + "." + key,
            list(nodes, node -> ofStrategy ? node.get(key) : orNotSet(node.get(key))),
            found);
      }
      return;
    }
    int size = there.get(0).size();
    if (there.stream().allMatch(n -> n.isArray() && n.size() == size && n.path(0).isObject())) {
      for (int i = 0; i < size; i++) {
        int element = i;
        walk("%s[%s]".formatted(name, i + 1), list(nodes, node -> node.get(element)), found);
      }
      return;
    }
    List<String> values = nodes.stream().map(node -> node == null ? "" : text(node)).toList();
    found.add(new Difference(name, isCondition(name), values));
  }

  private static List<JsonNode> list(
      List<JsonNode> nodes, java.util.function.UnaryOperator<JsonNode> of) {
    List<JsonNode> each = new ArrayList<>();
    nodes.forEach(node -> each.add(node == null ? null : of.apply(node)));
    return each;
  }

  private static JsonNode orNotSet(JsonNode node) {
    return node == null ? NullNode.getInstance() : node;
  }

  private static boolean isCondition(String name) {
    String first = name.split("[.\\[]", 2)[0];
    return !STRATEGIES.contains(first)
        && !name.equals(AT_ONCE)
        && CHOSEN.stream().noneMatch(c -> name.equals(c) || name.startsWith(c + "."));
  }

  /** As it could stand in the file. */
  private static String text(JsonNode node) {
    if (node.isNull()) {
      return NOT_SET;
    }
    if (node.isObject()) {
      List<String> fields = new ArrayList<>();
      node.properties().forEach(f -> fields.add(f.getKey() + ": " + text(f.getValue())));
      return "{" + String.join(", ", fields) + "}";
    }
    if (node.isArray()) {
      List<String> elements = new ArrayList<>();
      node.forEach(element -> elements.add(text(element)));
      return "[" + String.join(", ", elements) + "]";
    }
    return node.asText().isEmpty() ? "\"\"" : node.asText();
  }
}
