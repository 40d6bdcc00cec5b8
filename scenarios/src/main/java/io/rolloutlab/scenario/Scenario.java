package io.rolloutlab.scenario;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import java.util.regex.Pattern;

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
 * @param edge nginx in front of it
 * @param load the users
 * @param baseline only where strategy is baseline
 * @param rolling only where strategy is rolling
 * @param blueGreen only where strategy is blue-green
 * @param canary only where strategy is canary
 * @param canaryIp only where strategy is canary-ip
 * @param expect what its author expects to be measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
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
    BaselinePlan baseline,
    RollingPlan rolling,
    BlueGreenPlan blueGreen,
    CanaryPlan canary,
    CanaryIpPlan canaryIp,
    Expectations expect) {
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
    baseline = only(strategy, Strategy.BASELINE, baseline, BaselinePlan.DEFAULT);
    rolling = only(strategy, Strategy.ROLLING, rolling, RollingPlan.DEFAULT);
    blueGreen = only(strategy, Strategy.BLUE_GREEN, blueGreen, BlueGreenPlan.DEFAULT);
    canary = only(strategy, Strategy.CANARY, canary, CanaryPlan.DEFAULT);
    canaryIp = only(strategy, Strategy.CANARY_IP, canaryIp, CanaryIpPlan.DEFAULT);
    Check.that(
        expect.endsIn() == null || strategy == Strategy.ROLLING,
        "expect.endsIn",
        "is about an update that Swarm makes, which only the strategy rolling orders; this one is "
            + strategy.fileName(),
        "strategy");
    Check.that(
        blueGreen == null || !blueGreen.greenPort().equals(app.port()),
        "blueGreen.greenPort",
        "must differ from app.port, but both are " + app.port(),
        "app.port");
    Check.that(
        cluster.keepsOffTheLost(edge.constraints()),
        "edge.constraints",
        "must keep nginx off the node in cluster.loses: its log is the second witness; they are"
            + " %s, so add \"node.hostname != %s\""
                .formatted(
                    edge.constraints(), cluster.loses() == null ? "" : cluster.loses().node()),
        "cluster");
  }

  /**
   * How many tasks v1 has, and v2 when it has taken over: the replicas, or, of a global service, as
   * many as there are nodes that its constraints allow. Constraints on what a scenario does not say
   * of its nodes (see {@link NodeConstraint#met}) are taken to allow them.
   */
  public int tasks() {
    return app.tasks(cluster);
  }

  /** The same question with another seed. */
  public Scenario withSeed(long other) {
    return new Scenario(
        name, question, strategy, other, balancing, cluster, app, edge, load, baseline, rolling,
        blueGreen, canary, canaryIp, expect);
  }

  private static <T> T only(Strategy is, Strategy its, T settings, T whenAbsent) {
    Check.that(
        settings == null || is == its,
        its.key(),
        "has settings, but the strategy is " + is.fileName(),
        "strategy");
    return is == its ? Check.orElse(settings, whenAbsent) : null;
  }
}
