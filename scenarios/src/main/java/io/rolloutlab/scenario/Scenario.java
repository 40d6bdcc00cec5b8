package io.rolloutlab.scenario;

import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.cluster.NodeConstraint;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.expect.Expectations;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One question to the lab, with every default filled in.
 *
 * @param name names the run's folder and page: lower-case letters, digits and hyphens, at most 40
 * @param question one sentence for the report
 * @param strategy how v2 takes the place of v1
 * @param seed makes everything random in the load repeatable; default 1
 * @param balancing how Swarm spreads the connections to a service; default auto: vip where the
 *     kernel has IPVS, else dnsrr
 * @param cluster the nodes
 * @param app the service under test
 * @param edge the proxy in front of it
 * @param load the users
 * @param settings of the strategy, which stand in files under its own key, for example {@code
 *     blueGreen}
 * @param expect what its author expects to be measured
 * @param during what happens beside the rollout; default nothing
 * @param alarm who watches the edge and calls the rollout back; {@code none} is nobody; default: an
 *     alarm with the defaults below where v2 has a fault by name, else none
 * @param repeats how many runs {@code run} and {@code simulate} make of it, each with the seed
 *     after the last one's; what it expects is to hold in every one of them; 1 to 20, default 1
 * @param patience by how much longer than usual the lab waits for what it waits for, on a slow
 *     machine: it stretches the limits of the lab's own waits and, where the file does not say
 *     them, {@code app.startLimit}, {@code load.limit}, the {@code limit} of an update and the
 *     times of {@code app.healthCheck}, as far as their ranges go; default 1
 */
public record Scenario(
    String name,
    String question,
    Strategy strategy,
    Long seed,
    Balancing balancing,
    ClusterPlan cluster,
    AppPlan app,
    EdgePlan edge,
    LoadPlan load,
    StrategySettings settings,
    Expectations expect,
    List<Happening> during,
    AlarmPlan alarm,
    Integer repeats,
    Double patience) {
  /** The most runs of one scenario. */
  public static final int MOST_REPEATS = 20;

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

  public Scenario {
    Check.present("name", name);
    Check.that(
        NAME.matcher(name).matches(),
        "name",
        "must be lower-case letters, digits and hyphens, at most 40, but is \"%s\""
            .formatted(Complaints.quoted(name)));
    Check.present("question", question);
    Check.present("strategy", strategy);
    seed = Check.orElse(seed, 1L);
    balancing = Check.orElse(balancing, Balancing.AUTO);
    cluster = Check.orElse(cluster, ClusterPlan.DEFAULT);
    app = Check.orElse(app, AppPlan.DEFAULT);
    edge = Check.orElse(edge, EdgePlan.DEFAULT);
    load = Check.orElse(load, LoadPlan.DEFAULT);
    expect = Check.orElse(expect, Expectations.NONE);
    during = Check.listOrElse(during, List.of());
    alarm = Check.orElse(alarm, AlarmPlan.unsaid(app));
    repeats = Check.orElse(repeats, 1);
    Check.between("repeats", repeats, 1, MOST_REPEATS);
    patience = Check.orElse(patience, Patience.USUAL.factor());
    Check.between("patience", patience, 1, Patience.MOST);
    settings = settings == null ? strategy.defaults() : settings;
    Check.that(
        strategy.settings().isInstance(settings),
        "settings",
        "are of another strategy than " + strategy.fileName(),
        "strategy");
    Check.that(
        expect.endsIn() == null || settings.updates().isPresent(),
        "expect.endsIn",
        "is about an update that Swarm makes, which only the strategy rolling orders; this one is "
            + strategy.fileName(),
        "strategy");
  }

  /** Nothing happens during it, of an alarm nothing is said, and it is run once, as usual. */
  public Scenario(
      String name,
      String question,
      Strategy strategy,
      Long seed,
      Balancing balancing,
      ClusterPlan cluster,
      AppPlan app,
      EdgePlan edge,
      LoadPlan load,
      StrategySettings settings,
      Expectations expect) {
    this(
        name, question, strategy, seed, balancing, cluster, app, edge, load, settings, expect, null,
        null, null, null);
  }

  /**
   * How many tasks v1 has, and v2 when it has taken over: the replicas, or, of a global service, as
   * many as there are nodes that its constraints allow. Constraints on what a scenario does not say
   * of its nodes (see {@link NodeConstraint#met}) are taken to allow them.
   */
  public int tasks() {
    return app.tasks(cluster);
  }

  /** The names of the app's services: the one that is there first, then what is made beside it. */
  public List<String> services() {
    return servicesBeside(AppPlan.SERVICE);
  }

  /** The same where somebody else has given the one that is there first its name. */
  public List<String> servicesBeside(String first) {
    return Stream.concat(
            Stream.of(first), settings.secondService().map(SecondService::name).stream())
        .toList();
  }

  /** Whether somebody watches the rollout, who may call it back. */
  public boolean mayBeCalledBack() {
    return alarm.looks() && !isBaseline();
  }

  /** How patiently the lab waits in it. */
  public Patience waiting() {
    return new Patience(patience);
  }

  /** Whether nothing is rolled out, so that it shows the noise in all numbers. */
  public boolean isBaseline() {
    return strategy.equals(Strategy.BASELINE);
  }

  /** The settings of one strategy; empty where the strategy is another one. */
  public <S extends StrategySettings> Optional<S> settings(Class<S> type) {
    return Optional.of(settings).filter(type::isInstance).map(type::cast);
  }

  /** The same question with another seed, asked once. */
  public Scenario withSeed(long other) {
    return new Scenario(
        name, question, strategy, other, balancing, cluster, app, edge, load, settings, expect,
        during, alarm, 1, patience);
  }

  /**
   * The question that one of its runs asks.
   *
   * @param repeat counted from 0
   */
  public Scenario repeat(int repeat) {
    return withSeed(seed + repeat);
  }

  /**
   * What one of its runs is called: {@code NAME}, and {@code NAME--2} and so on of its repeats.
   *
   * @param repeat counted from 0
   */
  public String runName(int repeat) {
    return repeat == 0 ? name : "%s--%s".formatted(name, repeat + 1);
  }

  /** The same question about another app, on other nodes, and balanced in another way. */
  public Scenario about(AppPlan otherApp, ClusterPlan nodes, Balancing otherBalancing) {
    return new Scenario(
        name,
        question,
        strategy,
        seed,
        otherBalancing,
        nodes,
        otherApp,
        edge,
        load,
        settings,
        expect,
        during,
        alarm,
        repeats,
        patience);
  }

  /**
   * The same run with the question and the expectations of another file. Neither acts on a run:
   * what is expected is judged from the history, whenever that is read.
   */
  public Scenario judgedAs(Scenario other) {
    return new Scenario(
        name,
        other.question,
        strategy,
        seed,
        balancing,
        cluster,
        app,
        edge,
        load,
        settings,
        other.expect,
        during,
        alarm,
        repeats,
        patience);
  }
}
