package io.rolloutlab.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.scenario.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * Reads the twin's latencies off real runs. What the histories show directly becomes a spread from
 * its 5 % to its 95 % quantile; what they show only as a sum (wait and work of a start, exit and
 * removal, reload and its being seen) is scaled so that the sum has the mean that was seen. What
 * they do not show, or too rarely, stays as it was.
 */
public final class Calibration {
  /** Fewer say nothing. */
  private static final int LEAST = 5;

  /** A retry of the agent and the time for others to notice: fixed in Swarm. */
  private static final double FIXED_STOP_MILLIS = 3000;

  /** A little more than the time between two looks at the tasks. */
  private static final long LOOK_MILLIS = 500;

  private static final JsonMapper JSON = Json.strict(JsonMapper.builder()).build();

  private final ObjectNode settings;
  private final List<String> notes = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param settings the new ones
   * @param notes a line for each latency: how often it was seen, and what it became
   */
  public record Result(TwinSettings settings, List<String> notes) {}

  private Calibration(TwinSettings before) {
    settings = JSON.valueToTree(before);
  }

  /**
   * Calibrates.
   *
   * @param before what is kept where nothing was seen
   * @param runs real ones
   */
  public static Result of(TwinSettings before, List<History> runs) {
    Calibration calibration = new Calibration(before);
    calibration.seen("dispatch", each(runs, Calibration::dispatches));
    calibration.seen("prepare", each(runs, Calibration::preparations));
    calibration.sum(each(runs, Calibration::loneStarts), 0, "startWait", "startWork");
    double fixed = FIXED_STOP_MILLIS + calibration.mean("dispatch");
    calibration.sum(each(runs, Calibration::stops), fixed, "exit", "removal");
    calibration.sum(each(runs, Calibration::reloads), 0, "reload", "reloadSeen");
    return new Result(
        JSON.convertValue(calibration.settings, TwinSettings.class), calibration.notes);
  }

  /** As a file. */
  public static String write(TwinSettings settings) {
    return JSON.valueToTree(settings).toPrettyString() + "\n";
  }

  /**
   * From a file's text.
   *
   * @throws IllegalArgumentException when it is none, saying why
   */
  public static TwinSettings read(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      JsonNode known = JSON.valueToTree(TwinSettings.TWO_CORES);
      for (String name : (Iterable<String>) tree::fieldNames) {
        if (!known.has(name)) {
          throw new IllegalArgumentException("these are no settings of the twin: unknown: " + name);
        }
      }
      return JSON.treeToValue(tree, TwinSettings.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException bad) {
      throw new IllegalArgumentException(
          "these are no settings of the twin: " + bad.getOriginalMessage(), bad);
    }
  }

  /** One run's values of a latency. */
  private interface Reading {
    DoubleStream of(Map<String, Life> lives, History run);
  }

  /** When a task reached its states, and when it was told to stop; milliseconds since 1970. */
  private static final class Life {
    private final Map<String, Long> reached = new LinkedHashMap<>();
    private final String slot;
    private String node = "";
    private long toldToStop = -1;

    Life(String slot) {
      this.slot = slot;
    }

    long begin() {
      return reached.values().iterator().next();
    }

    boolean has(String from, String to) {
      return reached.containsKey(from) && reached.containsKey(to);
    }

    double between(String from, String to) {
      return reached.get(to) - reached.get(from);
    }
  }

  private static double[] each(List<History> runs, Reading reading) {
    return runs.stream()
        .flatMapToDouble(run -> reading.of(lives(run), run))
        .filter(millis -> millis >= 0)
        .sorted()
        .toArray();
  }

  private static Map<String, Life> lives(History run) {
    Map<String, Life> lives = new LinkedHashMap<>();
    run.events(Event.TaskChange.class)
        .forEach(
            change -> {
              Life life =
                  lives.computeIfAbsent(
                      change.task(), task -> new Life(change.service() + change.slot()));
              boolean fresh = life.reached.putIfAbsent(change.state(), change.atMillis()) == null;
              life.node = change.node();
              boolean told = Set.of("shutdown", "remove").contains(change.desired());
              if (told && life.toldToStop < 0 && !fresh && change.state().equals("running")) {
                life.toldToStop = change.seenAtMillis();
              }
            });
    return lives;
  }

  private static DoubleStream dispatches(Map<String, Life> lives, History run) {
    return lives.values().stream()
        .filter(life -> life.has("assigned", "accepted") || life.has("assigned", "preparing"))
        .mapToDouble(
            life ->
                life.between(
                    "assigned", life.reached.containsKey("accepted") ? "accepted" : "preparing"));
  }

  /** A node's first task also sets up the network there. */
  private static DoubleStream preparations(Map<String, Life> lives, History run) {
    Set<String> nodes = new HashSet<>();
    return lives.values().stream()
        .filter(life -> !nodes.add(life.node))
        .filter(life -> life.has("preparing", "ready"))
        .mapToDouble(life -> life.between("preparing", "ready"));
  }

  /** Tasks that start at one time slow each other down. */
  private static DoubleStream loneStarts(Map<String, Life> lives, History run) {
    if (run.manifest().scenario().app().healthCheck() != null) {
      return DoubleStream.empty();
    }
    List<Life> started =
        lives.values().stream().filter(life -> life.has("starting", "running")).toList();
    return started.stream()
        .filter(life -> started.stream().noneMatch(other -> other != life && overlap(life, other)))
        .mapToDouble(life -> life.between("starting", "running"));
  }

  private static boolean overlap(Life one, Life other) {
    return one.reached.get("starting") < other.reached.get("running")
        && other.reached.get("starting") < one.reached.get("running");
  }

  private static DoubleStream stops(Map<String, Life> lives, History run) {
    return lives.values().stream()
        .filter(life -> life.toldToStop > 0 && life.reached.containsKey("shutdown"))
        .mapToDouble(life -> life.reached.get("shutdown") - told(life, lives));
  }

  /** Its replacement is made in the same moment, and has Swarm's time; the order is only seen. */
  private static long told(Life old, Map<String, Life> lives) {
    return lives.values().stream()
        .filter(life -> life != old && life.slot.equals(old.slot))
        .mapToLong(Life::begin)
        .filter(begin -> begin < old.toldToStop && begin > old.toldToStop - LOOK_MILLIS)
        .findFirst()
        .orElse(old.toldToStop);
  }

  private static DoubleStream reloads(Map<String, Life> lives, History run) {
    return run.events(Event.EdgeChange.class)
        .mapToDouble(change -> change.doneAtMillis() - change.atMillis());
  }

  private void seen(String name, double[] millis) {
    if (millis.length < LEAST) {
      notes.add("%s: seen %s times, so it stays".formatted(name, millis.length));
      return;
    }
    Spread spread =
        new Spread(quantile(millis, 0.05), quantile(millis, 0.5), quantile(millis, 0.95));
    settings.set(name, JSON.valueToTree(spread));
    notes.add("%s: seen %s times, %s".formatted(name, millis.length, spread));
  }

  private void sum(double[] millis, double fixed, String... parts) {
    String name = String.join(" and ", parts);
    double wanted = DoubleStream.of(millis).average().orElse(0) - fixed;
    if (millis.length < LEAST || wanted <= 0) {
      notes.add("%s: seen %s times, so they stay".formatted(name, millis.length));
      return;
    }
    double factor = wanted / DoubleStream.of(means(parts)).sum();
    for (String part : parts) {
      Spread old = spread(part);
      settings.set(
          part,
          JSON.valueToTree(
              new Spread(
                  old.lowMillis() * factor,
                  old.likelyMillis() * factor,
                  old.highMillis() * factor)));
    }
    notes.add(
        "%s: seen %s times, %s ms together".formatted(name, millis.length, Math.round(wanted)));
  }

  private double[] means(String... parts) {
    return java.util.stream.Stream.of(parts).mapToDouble(this::mean).toArray();
  }

  private double mean(String name) {
    return spread(name).meanMillis();
  }

  private Spread spread(String name) {
    return JSON.convertValue(settings.get(name), Spread.class);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
