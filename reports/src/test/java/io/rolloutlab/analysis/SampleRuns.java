package io.rolloutlab.analysis;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.BaselinePlan;
import io.rolloutlab.scenario.BlueGreenPlan;
import io.rolloutlab.scenario.CanaryIpPlan;
import io.rolloutlab.scenario.CanaryPlan;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.StrategySettings;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.List;
import java.util.Random;

/**
 * Plausible whole runs without Docker, made up from a seed: the delivered scenario of a strategy
 * with its load, tasks, routes, resources, steps and phases. The same seed gives an equal history.
 */
final class SampleRuns {
  private static final String PYAPP = "pyapp";

  private final Histories history;
  private final SampleCluster cluster = new SampleCluster();
  private final Random random;
  private final int replicas;
  private int[] stable;

  private SampleRuns(Strategy strategy, long seed) {
    history = Histories.of(strategy).runId(strategy.fileName() + "-sample-" + seed);
    random = new Random(seed);
    replicas = history.scenario().app().replicas();
  }

  /** One run of every strategy, the baseline first. */
  static List<History> all(long seed) {
    return Strategy.OF_THE_EXERCISE.stream().map(strategy -> of(strategy, seed)).toList();
  }

  /** A run of the strategy's delivered scenario. */
  static History of(Strategy strategy, long seed) {
    return new SampleRuns(strategy, seed).run(strategy);
  }

  private History run(Strategy strategy) {
    long warmUp = history.scenario().load().warmUp().toMillis();
    long coolDown = history.scenario().load().coolDown().toMillis();
    history.phase(-warmUp - 20_000, PhaseKind.SETUP, "set up");
    history.phase(-warmUp, PhaseKind.WARM_UP, "warm up on v1");
    stable = startAll(PYAPP, "v1", -warmUp - 8_000);
    cluster.start("nginx", 1, "", -warmUp - 6_000);
    cluster.route(-warmUp - 5_000, route(PYAPP, "v1", 100));
    long changed =
        switch (strategy.fileName()) {
          case "baseline" -> baseline();
          case "rolling" -> rolling();
          case "blue-green" -> blueGreen();
          case "canary" -> canary();
          case "canary-ip" -> canaryIp();
          default -> throw new IllegalArgumentException("no sample of " + strategy);
        };
    history.phase(changed, PhaseKind.COOL_DOWN, "cool down");
    long end = changed + coolDown;
    history.phase(end, PhaseKind.TEARDOWN, "take down");
    cluster.tell(history, end);
    cluster.measure(history, -warmUp - 3_000, end, random);
    new SampleTraffic(history, cluster, random).send(-warmUp, end);
    return history.end(end + 3_000, Event.End.COMPLETED).inOrderOfRecording().build();
  }

  private <S extends StrategySettings> S settings(Class<S> type) {
    return history.scenario().settings(type).orElseThrow();
  }

  private long baseline() {
    history.phase(0, PhaseKind.HOLD, "nothing is changed");
    return settings(BaselinePlan.class).hold().toMillis();
  }

  private long rolling() {
    history.phase(0, PhaseKind.ROLLOUT, "update to v2");
    step(0, "update pyapp to v2", "docker service update --image pyapp:v2 pyapp");
    update(100, "updating");
    long delay = settings(RollingPlan.class).update().delay().toMillis();
    long updated = replaceAll(0, "v2", delay) + 5_000;
    update(updated, "completed");
    ended(updated, 0, false, UpdateEnd.COMPLETED);
    history.phase(updated, PhaseKind.HOLD, "v2 serves alone");
    long back = updated + settings(RollingPlan.class).hold().toMillis();
    history.phase(back, PhaseKind.ROLLBACK, "roll back to v1");
    step(back, "roll pyapp back", "docker service rollback pyapp");
    update(back + 100, "rollback_started");
    long restored = replaceAll(back, "v1", 0) + 5_000;
    update(restored, "rollback_completed");
    ended(restored, back, true, UpdateEnd.ROLLED_BACK);
    return restored;
  }

  /** Stop-first, one slot at a time. */
  private long replaceAll(long from, String version, long delay) {
    long at = from + 150;
    for (int slot = 1; slot <= replicas; slot++) {
      cluster.stop(stable[slot - 1], at);
      long running = at + SampleCluster.STOP + SampleCluster.START;
      stable[slot - 1] = cluster.start(PYAPP, slot, version, running);
      at = running + delay;
    }
    return at;
  }

  private long blueGreen() {
    long keep = settings(BlueGreenPlan.class).keepBlue().toMillis();
    history.phase(0, PhaseKind.ROLLOUT, "bring up green, switch");
    step(0, "create green-pyapp", "docker service create --name green-pyapp pyapp:v2");
    startAll("green-pyapp", "v2", 3_000);
    long at = switchTo(5_000, "green-pyapp", "v2");
    history.phase(at, PhaseKind.HOLD, "blue waits");
    history.phase(at + keep, PhaseKind.ROLLBACK, "switch back to blue");
    at = switchTo(at + keep, PYAPP, "v1");
    history.phase(at + keep, PhaseKind.ROLLOUT, "switch to green again");
    at = switchTo(at + keep, "green-pyapp", "v2") + keep;
    history.phase(at, PhaseKind.RESET, "remove blue");
    step(at, "remove pyapp", "docker service rm pyapp");
    for (int place : stable) {
      cluster.stop(place, at);
    }
    return at + 4_000;
  }

  private long switchTo(long at, String service, String version) {
    step(at, "switch the edge to " + service, "docker exec nginx nginx -s reload");
    cluster.route(at, route(service, version, 100));
    return at + 600;
  }

  private long canary() {
    CanaryPlan plan = settings(CanaryPlan.class);
    history.phase(0, PhaseKind.ROLLOUT, "pass 1: canary is promoted");
    int[] started = new int[1000];
    long at = pass(1, 0, plan.steps(), started);
    history.phase(at, PhaseKind.RESET, "back to v1 for pass 2");
    at = withdraw(at, started) + 3_000;
    history.phase(at, PhaseKind.ROLLOUT, "pass 2: canary is aborted");
    at = pass(2, at, plan.steps().subList(0, plan.abortAfter()), started);
    history.phase(at, PhaseKind.ROLLBACK, "abort");
    return withdraw(at, started) + 3_000;
  }

  /** Takes steps and returns when the last one ends; started is filled with the canary's tasks. */
  private long pass(int pass, long from, List<CanaryPlan.Step> steps, int[] started) {
    long at = from;
    int running = 0;
    for (int i = 0; i < steps.size(); i++) {
      CanaryPlan.Step s = steps.get(i);
      String label = "pass %s, step %s: %s %%".formatted(pass, i + 1, s.canary());
      step(at, label, "docker service scale canary-pyapp=" + s.replicas());
      for (; running < s.replicas(); running++) {
        started[running] =
            cluster.start("canary-pyapp", running + 1, "v2", at + SampleCluster.START);
      }
      started[running] = -1;
      long asked = at + SampleCluster.START + 500;
      cluster.route(asked, route("canary-pyapp", "v2", s.canary()), route(PYAPP, "v1", s.stable()));
      at = asked + 400 + s.hold().toMillis();
      history.held(asked + 400, at, s.canary(), label);
    }
    return at;
  }

  private long withdraw(long at, int[] started) {
    step(at, "all to v1", "docker service rm canary-pyapp");
    cluster.route(at, route(PYAPP, "v1", 100));
    for (int i = 0; started[i] >= 0; i++) {
      cluster.stop(started[i], at + 600);
    }
    return at + 600 + SampleCluster.STOP;
  }

  private long canaryIp() {
    history.phase(0, PhaseKind.ROLLOUT, "listed users get the canary");
    int[] started = {cluster.start("canary-pyapp", 1, "v2", SampleCluster.START), -1};
    List<String> addresses = settings(CanaryIpPlan.class).addresses();
    step(2_000, "route the listed addresses", "docker exec nginx nginx -s reload");
    cluster.route(
        2_000, route(PYAPP, "v1", 100), new Event.Route("canary-pyapp", "v2", 0, addresses));
    history.phase(2_600, PhaseKind.HOLD, "the rule is held");
    long back = 2_600 + settings(CanaryIpPlan.class).hold().toMillis();
    history.phase(back, PhaseKind.ROLLBACK, "withdraw the rule");
    return withdraw(back, started) + 1_000;
  }

  private int[] startAll(String service, String version, long running) {
    int[] places = new int[replicas];
    for (int slot = 1; slot <= replicas; slot++) {
      places[slot - 1] = cluster.start(service, slot, version, running + random.nextInt(300));
    }
    return places;
  }

  private void step(long at, String label, String command) {
    history.event(new Event.Step(Histories.ZERO + at, label, List.of(command), ""));
  }

  private void update(long at, String state) {
    history.event(new Event.UpdateChange(Histories.ZERO + at, PYAPP, state, "update " + state));
  }

  private void ended(long at, long ordered, boolean rollback, UpdateEnd end) {
    history.event(
        new Event.UpdateEnded(
            Histories.ZERO + at, Histories.ZERO + ordered, PYAPP, rollback, end, "as told"));
  }

  private static Event.Route route(String service, String version, int weight) {
    return new Event.Route(service, version, weight, List.of());
  }
}
