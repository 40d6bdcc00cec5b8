package io.rolloutlab.scenario.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.AlarmPlan;
import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.app.AppKnob;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A question about settings: one rolling update, simulated with every combination of some values.
 *
 * @param name names its page, as a scenario's does the run's
 * @param question one sentence for the page
 * @param seeds how many simulated runs, each with a seed of its own, a combination gets; 1 to 20,
 *     default 3
 * @param machines what the nodes stand on; default own
 * @param scenario what all runs have in common: a scenario without name and question, whose
 *     strategy is rolling
 * @param vary what differs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sweep(
    String name, String question, Integer seeds, Machines machines, Fixed scenario, Vary vary) {
  /** More would not be looked at, and take too long: the delivered sweep has some 200. */
  static final int MOST_RUNS = 2000;

  /** The app's knob behind {@link Vary#startUp}. */
  private static final String START_DELAY = AppKnob.START_DELAY_SECONDS.variable();

  /**
   * A scenario without name and question; its keys mean the same and have the same defaults, but
   * that v2 is never rolled back.
   *
   * @param strategy rolling, which need not be said
   * @param during what happens beside each of its rollouts; default nothing
   */
  public record Fixed(
      Strategy strategy,
      Long seed,
      Balancing balancing,
      ClusterPlan cluster,
      AppPlan app,
      EdgePlan edge,
      LoadPlan load,
      RollingPlan rolling,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Happening> during) {
    public Fixed {
      strategy = Check.orElse(strategy, Strategy.ROLLING);
      Check.that(
          strategy.equals(Strategy.ROLLING),
          "strategy",
          "a sweep is about rolling updates, so it can only be rolling, but is "
              + strategy.fileName());
      seed = Check.orElse(seed, 1L);
      balancing = Check.orElse(balancing, Balancing.AUTO);
      cluster = Check.orElse(cluster, ClusterPlan.DEFAULT);
      app = Check.orElse(app, AppPlan.DEFAULT);
      edge = Check.orElse(edge, EdgePlan.DEFAULT);
      load = Check.orElse(load, LoadPlan.DEFAULT);
      rolling = forward(Check.orElse(rolling, RollingPlan.DEFAULT));
      during = Check.listOrElse(during, List.of());
    }

    /** The way back is another question. */
    private static RollingPlan forward(RollingPlan rolling) {
      return new RollingPlan(
          rolling.update(), rolling.rollback(), rolling.hold(), rolling.limit(), false);
    }
  }

  /**
   * What a person can choose for an update.
   *
   * @param parallelism slots at a time; 0 = all
   */
  public record Setting(int parallelism, Duration delay, Order order, Duration monitor) {}

  /**
   * What a person has to live with: settings are compared only within one.
   *
   * @param replicas how many tasks a version has, whatever the mode of the service
   * @param startUp seconds of the knob, as the scenario has them; empty without it
   */
  public record Case(int replicas, String startUp, double ratePerSecond) {}

  /**
   * One combination.
   *
   * @param scenario with the first seed
   */
  public record Cell(Case condition, Setting setting, Scenario scenario) {}

  public Sweep {
    seeds = Check.orElse(seeds, 3);
    machines = Check.orElse(machines, Machines.OWN);
    Check.between("seeds", seeds, 1, 20);
    // A scenario checks its own name and question.
    new Scenario(name, question, Strategy.ROLLING, null, null, null, null, null, null, null, null);
    List<Fault> missing = new ArrayList<>();
    if (scenario == null) {
      missing.add(
          new Fault("scenario", "is missing: what all runs have in common stands under it"));
    }
    if (vary == null) {
      missing.add(new Fault("vary", "is missing: the lists of values to try stand under it"));
    }
    Check.all(missing);
    Check.that(
        !vary.sizes().isEmpty(),
        "vary",
        "names nothing: give at least one list, for example parallelism: [1, 2, 5]");
    Check.that(
        vary.replicas() == null || scenario.app().mode() != ServiceMode.GLOBAL,
        "vary.replicas",
        "cannot be varied: scenario.app.mode is global, so there is one task on each node that the"
            + " constraints allow",
        "scenario");
    BigInteger runs = vary.combinations().multiply(BigInteger.valueOf(seeds));
    Check.that(
        runs.compareTo(BigInteger.valueOf(MOST_RUNS)) <= 0,
        "vary",
        "these are %s runs (%s, seeds %s), and a sweep makes at most %s: name fewer values"
            .formatted(runs, sizes(vary), seeds, MOST_RUNS),
        "seeds");
  }

  /** How many runs it takes. */
  public int runs() {
    return vary.combinations().intValueExact() * seeds;
  }

  /** Every combination, conditions outermost, each list in its own order. */
  public List<Cell> cells() {
    List<Setting> settings = settings();
    return conditions().stream()
        .flatMap(
            condition ->
                settings.stream()
                    .map(setting -> new Cell(caseOf(condition), setting, with(condition, setting))))
        .toList();
  }

  private List<Setting> settings() {
    UpdatePlan update = scenario.rolling().update();
    List<Setting> settings = new ArrayList<>();
    for (Order order : or(vary.order(), update.order())) {
      for (int parallelism : or(vary.parallelism(), update.parallelism())) {
        for (Duration delay : or(vary.delay(), update.delay())) {
          for (Duration monitor : or(vary.monitor(), update.monitor())) {
            settings.add(new Setting(parallelism, delay, order, monitor));
          }
        }
      }
    }
    return settings;
  }

  /** What all settings of a case have in common. */
  private record Condition(AppPlan app, LoadPlan load) {}

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    for (Integer replicas : or(vary.replicas(), scenario.app().replicas())) {
      for (Duration startUp : or(vary.startUp(), null)) {
        for (double rate : or(vary.ratePerSecond(), scenario.load().ratePerSecond())) {
          conditions.add(new Condition(app(replicas, startUp), scenario.load().withRate(rate)));
        }
      }
    }
    return conditions;
  }

  private static <T> List<T> or(List<T> values, T whenAbsent) {
    return values == null ? Collections.singletonList(whenAbsent) : values;
  }

  private Case caseOf(Condition condition) {
    return new Case(
        condition.app().tasks(scenario.cluster()),
        condition.app().v2().variables().getOrDefault(START_DELAY, ""),
        condition.load().ratePerSecond());
  }

  private Scenario with(Condition condition, Setting setting) {
    return new Scenario(
        name,
        question,
        Strategy.ROLLING,
        scenario.seed(),
        scenario.balancing(),
        scenario.cluster(),
        condition.app(),
        scenario.edge(),
        condition.load(),
        rolling(setting),
        null,
        scenario.during(),
        AlarmPlan.NONE,
        1,
        null);
  }

  private RollingPlan rolling(Setting setting) {
    RollingPlan rolling = scenario.rolling();
    return new RollingPlan(
        new UpdatePlan(
            setting.parallelism(),
            setting.delay(),
            setting.order(),
            setting.monitor(),
            rolling.update().maxFailureRatio(),
            rolling.update().failureAction()),
        rolling.rollback(),
        rolling.hold(),
        rolling.limit(),
        rolling.backAgain());
  }

  private AppPlan app(Integer replicas, Duration startUp) {
    AppPlan app = scenario.app().withReplicas(replicas);
    return app.withVersions(slow(app.v1(), startUp), slow(app.v2(), startUp));
  }

  private static VersionPlan slow(VersionPlan version, Duration startUp) {
    if (startUp == null) {
      return version;
    }
    return version.with(
        AppKnob.START_DELAY_SECONDS,
        BigDecimal.valueOf(startUp.toMillis(), 3).stripTrailingZeros().toPlainString());
  }

  private static String sizes(Vary vary) {
    return vary.sizes().entrySet().stream()
        .map(size -> size.getKey() + " " + size.getValue())
        .collect(Collectors.joining(", "));
  }
}
