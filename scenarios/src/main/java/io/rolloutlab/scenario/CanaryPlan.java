package io.rolloutlab.scenario;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.scenario.users.UserMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * @param steps those of the first pass, which ends promoted; the canary's weight never falls;
 *     default 10 % on 1 replica, 30, 50 and 100 % on 3
 * @param abortAfter how many of the steps the second pass takes before it is aborted; 1 to the
 *     number of steps, default 2
 * @param confidence of the interval around the measured share; 0.5 to 0.9999, default 0.9: what two
 *     one-sided tests of equivalence at 5 % take, so a share that is off by the whole margin passes
 *     at most once in twenty steps
 * @param marginPoints how far, in percentage points, a share may be from its weight and still count
 *     as right; 0.01 to 50; by default six tenths of the smaller side of the split, at most 10
 *     (null here, see {@link #margin})
 * @param splitBy by what the edge decides who gets the canary: by each request; by the user's
 *     header {@code X-User-Id}, his address or a cookie {@code visitor} that he keeps, so that he
 *     stays where he is while the weight grows; or by the second, so that all requests of one go
 *     the same way. A share is judged by as many draws as there are users, or seconds, in its step;
 *     default request
 */
public record CanaryPlan(
    List<Step> steps,
    Integer abortAfter,
    Double confidence,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double marginPoints,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = SplitBy.Unsaid.class)
        SplitBy splitBy)
    implements StrategySettings {
  /** What the name of the second service begins with. */
  public static final String SECOND = "canary";

  /**
   * One step of a canary.
   *
   * @param canary weight in percent, 1 to 100
   * @param stable weight in percent; default and only sensible value: 100 - canary
   * @param replicas how many tasks the canary service has, 1 to 10,000
   * @param hold how long the step is held; default 15 s
   */
  public record Step(Integer canary, Integer stable, Integer replicas, Duration hold) {
    public Step {
      Check.present("canary", canary);
      Check.between("canary", canary, 1, 100);
      stable = Check.orElse(stable, 100 - canary);
      Check.that(
          canary + stable == 100,
          "",
          "weights must add up to 100: canary %s + stable %s = %s"
              .formatted(canary, stable, canary + stable));
      replicas = Check.orElse(replicas, 1);
      Check.between("replicas", replicas, 1, 10_000);
      hold = Check.orElse(hold, Duration.ofSeconds(15));
      Check.between("hold", hold, Duration.ofSeconds(1), Duration.ofHours(1));
    }
  }

  public CanaryPlan {
    steps =
        Check.listOrElse(
            steps,
            List.of(
                new Step(10, 90, 1, null),
                new Step(30, 70, 3, null),
                new Step(50, 50, 3, null),
                new Step(100, 0, 3, null)));
    Check.that(!steps.isEmpty(), "steps", "must not be empty");
    for (int i = 1; i < steps.size(); i++) {
      Check.that(
          steps.get(i).canary() >= steps.get(i - 1).canary(),
          "steps[%s]".formatted(i),
          "the canary's weight must not fall, but step %s has %s after %s"
              .formatted(i + 1, steps.get(i).canary(), steps.get(i - 1).canary()));
    }
    abortAfter = Check.orElse(abortAfter, Math.min(2, steps.size()));
    Check.that(
        abortAfter >= 1 && abortAfter <= steps.size(),
        "abortAfter",
        "must be from 1 to the number of steps (%s), but is %s".formatted(steps.size(), abortAfter),
        "steps");
    confidence = Check.orElse(confidence, 0.9);
    Check.between("confidence", confidence, 0.5, 0.9999);
    if (marginPoints != null) {
      Check.between("marginPoints", marginPoints, 0.01, 50);
    }
    splitBy = Check.orElse(splitBy, SplitBy.REQUEST);
  }

  /** By {@code marginPoints}, where they are given. */
  @Override
  public double margin(double weight) {
    return marginPoints == null ? StrategySettings.super.margin(weight) : marginPoints / 100;
  }

  /** The steps of both passes: all of them, and those after which the second is aborted. */
  public List<Step> stepsOfBothPasses() {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(steps.subList(0, abortAfter));
    return all;
  }

  @Override
  public Duration expected(Scenario scenario, Pace pace) {
    Duration start = scenario.app().untilRunning(scenario.app().v2());
    Duration all = steps.get(0).hold();
    int replicas = 0;
    for (Step step : stepsOfBothPasses()) {
      Duration started = step.replicas() > replicas ? start : Duration.ZERO;
      all = all.plus(step.hold()).plus(pace.change()).plus(started);
      replicas = step.replicas();
    }
    return all;
  }

  /** Both passes, the two pauses after them, and a start for each change of size. */
  @Override
  public Duration longest(Scenario scenario) {
    Duration start = scenario.app().startLimit();
    Duration all = start.plus(steps.get(0).hold());
    int replicas = steps.get(0).replicas();
    for (Step step : stepsOfBothPasses()) {
      all = all.plus(step.hold()).plus(step.replicas() == replicas ? Duration.ZERO : start);
      replicas = step.replicas();
    }
    return all;
  }

  /** One a step, and a way back after each of the passes. */
  @Override
  public int routeChanges() {
    return stepsOfBothPasses().size() + 2;
  }

  @Override
  public Optional<SecondService> secondService() {
    Map<String, Integer> replicas = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      replicas.put("steps[%s].replicas".formatted(i), steps.get(i).replicas());
    }
    return Optional.of(new SecondService(SECOND, replicas, Map.of(), false));
  }

  /** Where the edge knows users by a cookie, they have one. */
  @Override
  public Optional<UserMark> mark(LoadPlan load) {
    return splitBy == SplitBy.COOKIE
        ? Optional.of(UserMark.visitors(load.users()))
        : Optional.empty();
  }

  /** Where each request, or each second, is decided on by itself. */
  @Override
  public Optional<String> mixesVisits() {
    return splitBy.keepsUsers()
        ? Optional.empty()
        : Optional.of("canary.splitBy: " + splitBy.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public OptionalInt shares() {
    return OptionalInt.of(stepsOfBothPasses().size());
  }

  @Override
  public Set<String> answers() {
    return Set.of("stepsWithinInterval");
  }

  /** The number of tasks of a global service is nobody's to choose. */
  @Override
  public List<Fault> faults(Scenario scenario) {
    return scenario.app().mode() == ServiceMode.GLOBAL
        ? List.of(
            new Fault(
                "app.mode",
                "is global, but canary scales its second service, and a global service cannot be"
                    + " scaled: choose another strategy, or replicated",
                List.of("strategy")))
        : List.of();
  }

  @Override
  public Map<SettledNumber, String> settles(Scenario scenario) {
    String held = "canary.steps[].hold";
    return Map.of(
        SettledNumber.CHANGE, held,
        SettledNumber.MIX, held,
        SettledNumber.EXPOSURE, "canary.steps[1]",
        SettledNumber.COST, held);
  }
}
