package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.causes.Cause;
import io.rolloutlab.analysis.causes.Caused;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.CourseOn;
import io.rolloutlab.twin.edge.Exchange;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.Doing;
import io.rolloutlab.twin.model.TwinSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On the twin it is known for certain why a request failed: what the analysis makes of the record
 * is held against it, in scenarios nobody thought of. {@code -Dlab.seeds=5000} tries more of them,
 * {@code -Dlab.firstSeed} others.
 */
class CausesTruthTest {
  private static final int QUOTED = 3;

  @TempDir Path folder;

  /** Known → claimed → how many. */
  private final Map<Balancing, Map<String, Map<Cause, Integer>>> confusion = new TreeMap<>();

  private final Map<Balancing, Integer> failed = new TreeMap<>();
  private final Map<Balancing, Integer> right = new TreeMap<>();
  private final Map<String, Integer> quoted = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  @Test
  void whatIsClaimedIsTrue() throws IOException {
    claimsAreTrue(Integer.getInteger("lab.seeds", 200), Strategy.OF_THE_EXERCISE, line -> line);
  }

  @Test
  void soItIsOfStrategiesBeyondTheExercise() throws IOException {
    claimsAreTrue(
        Integer.getInteger("lab.seeds", 200) / 4, RandomScenariosTest.BEYOND, line -> line);
  }

  @Test
  void soItIsWherePagesNameAssets() throws IOException {
    claimsAreTrue(
        Integer.getInteger("lab.seeds", 200) / 4,
        Strategy.OF_THE_EXERCISE,
        line ->
            line.startsWith("load:")
                ? line.replaceFirst("}$", ", requests: [{assets: 3}, {path: /a}]}")
                : line);

    assertThat(confusion.get(Balancing.DNSRR)).containsKey(Cause.OTHER_VERSION.name());
    assertThat(confusion.get(Balancing.VIP)).containsKey(Cause.OTHER_VERSION.name());
  }

  private void claimsAreTrue(int seeds, List<Strategy> strategies, UnaryOperator<String> changedTo)
      throws IOException {
    int first = Integer.getInteger("lab.firstSeed", 1);
    for (int seed = first; seed < first + seeds; seed++) {
      RandomScenariosTest.Dice dice = new RandomScenariosTest.Dice(seed, strategies);
      List<String> lines = dice.scenario().stream().map(changedTo).toList();
      play(seed, lines, TwinSettingsWith.pull(dice.pull()));
    }
    String matrix = matrix();
    System.out.println(matrix);

    assertThat(failed.get(Balancing.DNSRR)).isGreaterThan(seeds);
    assertThat(wrong).as(matrix).isEmpty();
    assertThat(rightly(Balancing.DNSRR)).as(matrix).isGreaterThanOrEqualTo(0.999);
    assertThat(rightly(Balancing.VIP)).as(matrix).isGreaterThanOrEqualTo(0.9);
  }

  /** The share of the failed requests whose cause is claimed, and is the one. */
  private double rightly(Balancing balancing) {
    return (double) right.get(balancing) / failed.get(balancing);
  }

  private void play(int seed, List<String> lines, TwinSettings settings) throws IOException {
    Path home = Files.createDirectories(folder.resolve("seed-" + seed));
    Path file = home.resolve("scenario.yaml");
    Files.writeString(file, "name: test\nquestion: Why?\n" + String.join("\n", lines) + "\n");
    Scenario scenario;
    try {
      scenario = new ScenarioReader().read(file);
    } catch (InvalidScenarioException drawnInVain) {
      return;
    }
    Map<Long, Exchange.Failure> truth = new HashMap<>();
    try (HistoryWriter history = new HistoryWriter(home.resolve("run"), manifest(scenario));
        TwinTestbed testbed =
            new TwinTestbed(
                scenario,
                scenario.balancing(),
                settings,
                history,
                event -> {},
                failure -> truth.put(failure.request(), failure),
                () -> false)) {
      try {
        CourseOn.play(new Stage(scenario, testbed));
      } catch (StepFailedException expected) {
        testbed.traffic().stop();
      }
      history.event(new Event.RunEnded(testbed.timeline().nowMillis(), Event.End.COMPLETED, ""));
    }
    History history = HistoryReader.read(home.resolve("run"));
    Causes causes = Analysis.analyse(history).part(Causes.class).orThrow();
    for (Caused one : causes.requests()) {
      compare(seed, scenario.balancing(), one, truth.get(one.request()));
    }
  }

  private static Manifest manifest(Scenario scenario) {
    Manifest sample = SampleFindings.history(Strategy.ROLLING, 1).manifest();
    return new Manifest(
        "twin-test",
        Manifest.Origin.TWIN,
        scenario,
        TwinTestbed.startMillis(),
        new Manifest.Software(sample.commit(), false, "twin", "twin"),
        scenario.balancing(),
        "asked for",
        new Manifest.Ground("twin", "twin", "twin", 0, 0),
        Map.of());
  }

  private void compare(int seed, Balancing balancing, Caused one, Exchange.Failure truth) {
    String known = truth == null ? "no edge" : known(one, truth).name();
    boolean same =
        truth == null
            ? List.of(Cause.EDGE_GONE, Cause.EDGE_CHANGED).contains(one.cause())
                || unread(one)
                || onItsWay(one)
            : one.cause() == known(one, truth) || crashedAtStart(one, truth);
    confusion
        .computeIfAbsent(balancing, key -> new TreeMap<>())
        .computeIfAbsent(known, key -> new TreeMap<>())
        .merge(one.cause(), 1, Integer::sum);
    failed.merge(balancing, 1, Integer::sum);
    right.merge(balancing, same ? 1 : 0, Integer::sum);
    if (!same) {
      quote(one, "seed %s (%s), %s, %s: %s".formatted(seed, balancing, known, truth, one.story()));
    }
  }

  /** A few of each kind. */
  private void quote(Caused one, String text) {
    List<String> list = one.cause() == Cause.UNKNOWN ? unknown : wrong;
    String kind =
        text.substring(text.indexOf('('), text.indexOf(", ", text.indexOf("), ") + 3))
            + one.cause();
    if (quoted.merge(kind, 1, Integer::sum) <= QUOTED) {
      list.add(text);
    }
  }

  /** The run was over before the edge got to it. */
  private static boolean unread(Caused one) {
    return one.cause() == Cause.BEHIND_COPIES && one.error().equals("timeout");
  }

  /** The edge had a good answer just in time, and its user went while that was on its way. */
  private static boolean onItsWay(Caused one) {
    return one.cause() == Cause.TOO_SLOW
        && one.error().equals("timeout")
        && one.story().contains("and did not answer in");
  }

  /** Who has never listened and soon ends by itself is said to crash: both are true of it. */
  private static boolean crashedAtStart(Caused one, Exchange.Failure truth) {
    return one.cause() == Cause.CRASHED
        && truth.met() == Doing.STARTING
        && one.story().contains("without any answer before");
  }

  private static Cause known(Caused one, Exchange.Failure truth) {
    if (!truth.tried() && one.error().equals("timeout")) {
      // The edge had not read it when its user went: nothing but a copy before it keeps it from
      // that.
      return Cause.BEHIND_COPIES;
    }
    if (!truth.tried() || truth.met() == null) {
      return Cause.NOBODY_READY;
    }
    App.Answer came = truth.came();
    if (came == App.Answer.ERROR) {
      return Cause.OWN_ERROR;
    }
    if (came == App.Answer.OK) {
      // It was not found, which its user may have gone before he heard.
      return one.error().equals("timeout") ? Cause.TOO_SLOW : Cause.OTHER_VERSION;
    }
    if (came == App.Answer.RESET) {
      return switch (truth.left()) {
        case LOST -> Cause.NODE_LOST;
        case CRASHED -> Cause.CRASHED;
        case GIVEN_UP -> Cause.UNHEALTHY;
        default -> Cause.CUT_OFF;
      };
    }
    return switch (truth.met()) {
      case STARTING -> Cause.NOT_LISTENING_YET;
      case LISTENING -> Cause.TOO_SLOW;
      case STOPPING -> Cause.TOLD_TO_STOP;
      case STOPPED -> came == App.Answer.REFUSED ? Cause.TOLD_TO_STOP : Cause.GONE;
      case GIVEN_UP -> Cause.UNHEALTHY;
      case CRASHED -> Cause.CRASHED;
      case LOST -> Cause.NODE_LOST;
    };
  }

  private String matrix() {
    StringBuilder text = new StringBuilder();
    confusion.forEach(
        (balancing, rows) -> {
          text.append(
              "%s: %s failed requests, %s of them told rightly%n"
                  .formatted(balancing, failed.get(balancing), right.get(balancing)));
          rows.forEach((known, claimed) -> text.append("  %-18s %s%n".formatted(known, claimed)));
        });
    unknown.forEach(one -> text.append("unknown: %s%n".formatted(one)));
    return text.toString();
  }
}
