package io.rolloutlab.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.history.History;
import io.rolloutlab.scenario.json.Json;
import io.rolloutlab.twin.clock.Spread;
import io.rolloutlab.twin.model.TwinSettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Reads the twin's latencies off real runs. What the histories show directly becomes a spread with
 * its 5 % quantile, its median and its mean; what they show only as a sum (wait and work of a
 * start, exit and removal, reload and its being seen) is scaled so that the sum has the mean and
 * the variance that were seen. What they do not show, or too rarely, stays as it was.
 */
public final class Calibration {
  /** Fewer say nothing. */
  private static final int LEAST = 5;

  /** A retry of the agent and the time for others to notice: fixed in Swarm. */
  private static final double FIXED_STOP_MILLIS = 3000;

  /** Users' latencies are whole milliseconds, rounded down. */
  private static final double HALF_A_TICK = 0.5;

  /** To the edge, to the app, back to the user. */
  private static final int WAYS = 3;

  /** A service time is a stall from this many medians on. */
  private static final double STALL_MEDIANS = 3;

  /** The key under which a file names the runs it comes from. */
  private static final String RUNS = "runs";

  private static final Set<String> LATENCIES =
      Stream.of(TwinSettings.class.getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.toSet());

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
    RecordedRuns recorded = RecordedRuns.of(runs);
    calibration.read(new TaskReadings(recorded), new TrafficReadings(recorded));
    calibration.notes.add(
        "pull: cannot be seen, since the lab's nodes hold every image; it stays %s"
            .formatted(before.pull()));
    return new Result(
        JSON.convertValue(calibration.settings, TwinSettings.class), calibration.notes);
  }

  private void read(TaskReadings tasks, TrafficReadings traffic) {
    seen("dispatch", tasks.dispatches(), 0);
    double dispatch = mean("dispatch");
    seen("report", tasks.successions(), dispatch);
    seen("prepare", tasks.preparations(), dispatch);
    seen("prepareFirst", tasks.firstPreparations(), dispatch);
    sum(tasks.loneStarts(), 0, "startWait", "startWork");
    double start = mean("startWait") + mean("startWork");
    meanOnly("healthProbe", tasks.healthyStarts(start), start);
    seen("boot", traffic.boots(), 0);
    cores(tasks.crowds());
    sum(tasks.stops(), FIXED_STOP_MILLIS + dispatch, "exit", "removal");
    sum(traffic.reloads(), 0, "reload", "reloadSeen");
    double[] services = traffic.services();
    service(services);
    double usual = services.length == 0 ? 0 : Spread.quantile(services, 0.5);
    double cores = settings.get("startCores").asDouble();
    crowdWait(traffic.crowdWaits(usual, spread("startWait"), spread("boot"), cores));
    seen("probe", traffic.probes(), mean("service") + mean("transfer"));
  }

  /** As a file: the runs, then each latency. */
  public static String write(Calibrated calibrated) {
    ObjectNode file = JSON.createObjectNode();
    file.set(RUNS, JSON.valueToTree(calibrated.runs()));
    file.setAll((ObjectNode) JSON.valueToTree(calibrated.settings()));
    return file.toPrettyString() + "\n";
  }

  /**
   * From a file's text. One without the runs is one that somebody wrote by hand.
   *
   * @throws IllegalArgumentException when it is none, saying why
   */
  public static Calibrated read(String text) {
    try {
      if (!(JSON.readTree(text) instanceof ObjectNode tree)) {
        throw new IllegalArgumentException(
            "these are no settings of the twin: an object with a key for each latency is wanted");
      }
      JsonNode runs = tree.remove(RUNS);
      for (String name : (Iterable<String>) tree::fieldNames) {
        if (!LATENCIES.contains(name)) {
          throw new IllegalArgumentException("these are no settings of the twin: unknown: " + name);
        }
      }
      return new Calibrated(
          runs == null ? List.of() : ids(runs), JSON.treeToValue(tree, TwinSettings.class));
    } catch (JsonProcessingException bad) {
      throw new IllegalArgumentException(
          "these are no settings of the twin: " + bad.getOriginalMessage(), bad);
    }
  }

  private static List<String> ids(JsonNode runs) {
    List<String> ids = new ArrayList<>();
    runs.forEach(id -> ids.add(id.textValue()));
    if (!runs.isArray() || ids.contains(null)) {
      throw new IllegalArgumentException("runs must be a list of the ids of runs, but is " + runs);
    }
    return ids;
  }

  /**
   * What was seen becomes a spread.
   *
   * @param without milliseconds of something else that every value contains
   */
  private void seen(String name, double[] millis, double without) {
    if (millis.length < LEAST) {
      stays(name, millis.length);
      return;
    }
    double[] own = DoubleStream.of(millis).map(m -> Math.max(0, m - without)).toArray();
    set(name, own);
    notes.add("%s: seen %s times, %s".formatted(name, millis.length, spread(name)));
  }

  /**
   * Only the mean can be told apart from that of something else beside it, which varies more.
   *
   * @param without milliseconds of the other thing, at the mean
   */
  private void meanOnly(String name, double[] millis, double without) {
    double own = DoubleStream.of(millis).average().orElse(0) - without;
    if (millis.length < LEAST || own <= 0) {
      stays(name, millis.length);
      return;
    }
    settings.set(name, JSON.valueToTree(spread(name).scaled(own / mean(name), 1)));
    notes.add("%s: seen %s times, %s".formatted(name, millis.length, spread(name)));
  }

  private void set(String name, double[] sorted) {
    settings.set(name, JSON.valueToTree(Spread.seen(sorted)));
  }

  private void sum(double[] millis, double fixed, String... parts) {
    String name = String.join(" and ", parts);
    double wanted = DoubleStream.of(millis).average().orElse(0) - fixed;
    if (millis.length < LEAST || wanted <= 0) {
      notes.add("%s: seen %s times, so they stay".formatted(name, millis.length));
      return;
    }
    scale(parts, wanted, variance(millis));
    notes.add(
        "%s: seen %s times, %s ms together, %s"
            .formatted(
                name,
                millis.length,
                Math.round(wanted),
                Stream.of(parts).map(this::spread).toList()));
  }

  /** Scales latencies so that their sum has this mean, in milliseconds, and this variance. */
  private void scale(String[] parts, double mean, double variance) {
    List<Spread> before = Stream.of(parts).map(this::spread).toList();
    double factor = mean / before.stream().mapToDouble(Spread::meanMillis).sum();
    double scaled = before.stream().mapToDouble(Spread::variance).sum() * factor * factor;
    double widening = scaled == 0 ? 1 : Math.sqrt(variance / scaled);
    for (int i = 0; i < parts.length; i++) {
      settings.set(parts[i], JSON.valueToTree(before.get(i).scaled(factor, widening)));
    }
  }

  /**
   * So many cores do the work of all containers that started together in the time it took: their
   * starts, and the boots of all but the last.
   */
  private void cores(List<TaskReadings.Crowd> crowds) {
    double start = mean("startWork");
    double boot = mean("boot");
    double wait = mean("startWait");
    double[] cores =
        crowds.stream()
            .mapToDouble(
                crowd ->
                    (crowd.tasks() * (start + boot) - boot) / Math.max(1, crowd.millis() - wait))
            .sorted()
            .toArray();
    if (cores.length == 0) {
      notes.add("startCores: no three tasks started together, so they stay");
      return;
    }
    settings.put("startCores", Spread.quantile(cores, 0.5));
    notes.add(
        "startCores: seen %s times, %.2f".formatted(cores.length, Spread.quantile(cores, 0.5)));
  }

  private void crowdWait(TrafficReadings.CrowdWaits waits) {
    if (waits.requests() < LEAST) {
      stays("crowdWaitMillis", waits.requests());
      return;
    }
    double mean = waits.longerMillis() / waits.crowding();
    settings.put("crowdWaitMillis", mean);
    notes.add("crowdWaitMillis: seen %s times, %.1f".formatted(waits.requests(), mean));
  }

  /**
   * The common case and, apart from it, the stalls.
   *
   * @param millis what users waited, with the ways to the edge, to the app and back
   */
  private void service(double[] millis) {
    if (millis.length < LEAST) {
      stays("service", millis.length);
      return;
    }
    double[] own = inApp(millis);
    double limit = STALL_MEDIANS * Spread.quantile(own, 0.5);
    double[] common = Arrays.stream(own).filter(m -> m <= limit).toArray();
    double[] stalls = Arrays.stream(own).filter(m -> m > limit).toArray();
    set("service", common);
    settings.put("stallShare", stalls.length / (double) own.length);
    if (stalls.length > 0) {
      set("stall", stalls);
    }
    notes.add(
        "service: seen %s times, %s, %s of them stalled"
            .formatted(own.length, spread("service"), stalls.length));
  }

  /** What of the users' waits, in milliseconds, was the app's. */
  private double[] inApp(double[] millis) {
    double ways = WAYS * mean("transfer");
    return DoubleStream.of(millis).map(m -> Math.max(0, m + HALF_A_TICK - ways)).toArray();
  }

  private void stays(String name, int times) {
    notes.add("%s: seen %s times, so it stays".formatted(name, times));
  }

  private double mean(String name) {
    return spread(name).meanMillis();
  }

  private Spread spread(String name) {
    return JSON.convertValue(settings.get(name), Spread.class);
  }

  private static double variance(double[] values) {
    double mean = DoubleStream.of(values).average().orElse(0);
    return DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }
}
