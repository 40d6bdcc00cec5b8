package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.Feedback;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.compare.Claim.Holds;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.BlueGreenPlan;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * The exercise's claims against the runs of its strategies, and of each what would come out of any
 * run of its files and what only the runs could show. What is claimed of a bad v2 is judged by
 * {@link ClaimsOfHarm}; all else in the runs with a good one.
 */
public final class Claims {
  /** What happens within it happens at once. */
  static final long A_MOMENT_MILLIS = 2_000;

  /** How many times as long a rollback takes that is a hard one. */
  static final double MANY_TIMES = 5;

  /** What takes less counts as this when it is divided by. */
  static final long LEAST_COMPARED_MILLIS = 100;

  /** Nearer to twice than to once. */
  private static final double NEARER_TO_TWICE = 1.5;

  private static final double TWICE_AT_THE_PEAK = 1.8;
  private static final double FEW_USERS = 0.5;

  private final ClaimRuns runs;

  private Claims(ClaimRuns runs) {
    this.runs = runs;
  }

  /**
   * Every claim, always all of them and in the same order; those whose runs are missing, not
   * completed, not reconciled or not made under the same conditions are UNKNOWN.
   *
   * @throws IllegalArgumentException when real and simulated runs are mixed
   */
  public static List<Claim> of(List<Findings> runs) {
    Comparison.oneOrigin(runs);
    ClaimRuns all = new ClaimRuns(runs);
    Claims claims = new Claims(all);
    ClaimsOfHarm harm = new ClaimsOfHarm(all.bad());
    return List.of(
        claims.rollingMixes(),
        claims.rollingIsHardToRollBack(),
        harm.rollingIsHardToRollBack(),
        claims.blueGreenCostsTwice(),
        claims.blueGreenRollsBackAtOnce(),
        harm.blueGreenRollsBackAtOnce(),
        claims.canaryExposesTheFewest(),
        harm.canaryIsTheLeastRisky(),
        claims.canaryLeansOnFewUsers(),
        claims.canaryByAddress());
  }

  private record Evidence(Holds holds, String fromSettings, String measured) {
    Evidence(boolean holds, String fromSettings, String measured) {
      this(holds ? Holds.HOLDS : Holds.DOES_NOT, fromSettings, measured);
    }
  }

  private Claim judge(
      String key,
      String claim,
      String criterion,
      Supplier<Evidence> measure,
      Strategy... strategies) {
    Evidence found = evidence(measure);
    return new Claim(
        key,
        claim,
        found.holds(),
        found.fromSettings(),
        found.measured(),
        criterion,
        runs.balancing(strategies));
  }

  private static Evidence evidence(Supplier<Evidence> measure) {
    try {
      return measure.get();
    } catch (IllegalStateException missing) {
      return new Evidence(Holds.UNKNOWN, "", missing.getMessage());
    }
  }

  private Claim rollingMixes() {
    return judge(
        "rolling-mixes",
        "Rolling serves both versions at once.",
        "The update's mixed window, from the first v2 to the last v1 answer, is longer than 2 s"
            + " without the delays that the file itself sets.",
        () -> {
          Findings run = runs.of(Strategy.ROLLING);
          VersionMix versions = run.versions().orThrow();
          Scenario scenario = run.manifest().scenario();
          long mixed = versions.mixedWindow().map(Span::millis).orElse(0L);
          UpdatePlan update = runs.settings(Strategy.ROLLING, RollingPlan.class).update();
          long delays = update.delays(scenario.tasks()).toMillis();
          Share again = ClaimRuns.firstPass(versions).sawV1Again();
          return new Evidence(
              mixed - delays > A_MOMENT_MILLIS,
              Settled.ofDelays("rolling.update.delay", scenario, update),
              ("Both versions were served for %s of the update, %s of that beyond the delays; of"
                      + " the users that had seen v2, %s saw v1 again.")
                  .formatted(
                      Numbers.seconds(mixed),
                      Numbers.seconds(Math.max(0, mixed - delays)),
                      Numbers.share(again)));
        },
        Strategy.ROLLING);
  }

  private Claim rollingIsHardToRollBack() {
    return judge(
        "rolling-rollback",
        "Rolling is hard to roll back.",
        "Hard is read as slow: its rollback from 100 %, from the command until v1 serves everybody"
            + " again, takes at least 5 times as long as blue-green's (which counts as at least"
            + " 0.1 s), without the delays that the file itself sets.",
        () -> {
          runs.underTheSameConditions(Strategy.ROLLING, Strategy.BLUE_GREEN);
          Scenario scenario = runs.of(Strategy.ROLLING).manifest().scenario();
          UpdatePlan back = runs.settings(Strategy.ROLLING, RollingPlan.class).rollback();
          long rolling = runs.rollbackMillis(Strategy.ROLLING);
          long blueGreen = runs.rollbackMillis(Strategy.BLUE_GREEN);
          long own = Math.max(0, rolling - back.delays(scenario.tasks()).toMillis());
          double ratio = (double) own / Math.max(LEAST_COMPARED_MILLIS, blueGreen);
          String follows =
              "Rolling has to replace %s tasks, blue-green to change one route: that rolling takes"
                  + " longer would come out of any run of these files, how much longer would not.";
          return new Evidence(
              ratio >= MANY_TIMES,
              (follows.formatted(scenario.tasks())
                      + " "
                      + Settled.ofDelays("rolling.rollback.delay", scenario, back))
                  .strip(),
              "v1 served everybody again %s after the command, in blue-green %s: %s."
                  .formatted(
                      Numbers.seconds(rolling), Numbers.seconds(blueGreen), Numbers.times(ratio)));
        },
        Strategy.ROLLING,
        Strategy.BLUE_GREEN);
  }

  private Claim blueGreenCostsTwice() {
    return judge(
        "blue-green-twice",
        "Blue-green costs twice the resources.",
        "From the start of the rollout to the end of the run it uses at least 1.5 times the"
            + " replica-seconds of one version, which is nearer to twice than to once, and at its"
            + " peak at least 1.8 times the memory of the warm-up.",
        () -> {
          Findings run = runs.of(Strategy.BLUE_GREEN);
          Tasks tasks = run.tasks().orThrow();
          OptionalDouble memory =
              run.resources()
                  .known()
                  .map(Resources::memoryPeakRatio)
                  .orElse(OptionalDouble.empty());
          return new Evidence(
              twice(tasks.replicaSeconds().ratio(), memory),
              ("Green is as large as blue, so the tasks at the peak (%s for %s replicas) would come"
                      + " out of any run of this file, and blueGreen.keepBlue (%s) sets how long"
                      + " both live.%s")
                  .formatted(
                      tasks.peak(),
                      tasks.replicas(),
                      Durations.print(
                          runs.settings(Strategy.BLUE_GREEN, BlueGreenPlan.class).keepBlue()),
                      run.manifest().origin() == Manifest.Origin.TWIN
                          ? " In a simulated run the memory of a task is a setting, too."
                          : ""),
              "Replica-seconds %s from the first command to the end, memory of the app at its peak %s."
                  .formatted(
                      Numbers.times(tasks.replicaSeconds().ratio()),
                      memory.isPresent()
                          ? Numbers.times(memory.getAsDouble())
                          : "not measured, so that half of the claim is unknown"));
        },
        Strategy.BLUE_GREEN);
  }

  private static Holds twice(double replicaSeconds, OptionalDouble memory) {
    boolean once =
        replicaSeconds < NEARER_TO_TWICE
            || memory.isPresent() && memory.getAsDouble() < TWICE_AT_THE_PEAK;
    return once ? Holds.DOES_NOT : memory.isPresent() ? Holds.HOLDS : Holds.UNKNOWN;
  }

  private Claim blueGreenRollsBackAtOnce() {
    return judge(
        "blue-green-rollback",
        "Blue-green rolls back at once while blue lives.",
        "v1 serves everybody again at most 2 s after the command.",
        () -> {
          long millis = runs.rollbackMillis(Strategy.BLUE_GREEN);
          return new Evidence(
              millis <= A_MOMENT_MILLIS,
              "",
              "v1 served everybody again %s after the command.".formatted(Numbers.seconds(millis)));
        },
        Strategy.BLUE_GREEN);
  }

  private Claim canaryExposesTheFewest() {
    return judge(
        "canary-exposure",
        "Canary exposes the fewest users to v2 at first.",
        ("In the first %s s after v2's first answer it answers fewer users, and a smaller share of"
                + " the requests with 95 %% intervals that do not overlap, than in rolling and in"
                + " blue-green.")
            .formatted(Feedback.SECONDS),
        () -> {
          runs.underTheSameConditions(Strategy.CANARY, Strategy.ROLLING, Strategy.BLUE_GREEN);
          Feedback canary = runs.feedback(Strategy.CANARY);
          Feedback rolling = runs.feedback(Strategy.ROLLING);
          Feedback blueGreen = runs.feedback(Strategy.BLUE_GREEN);
          Holds holds = isBelow(canary, rolling).and(isBelow(canary, blueGreen));
          return new Evidence(
              holds,
              Settled.exposures(
                  runs.of(Strategy.CANARY).manifest().scenario(),
                  runs.of(Strategy.ROLLING).manifest().scenario()),
              "In that time v2 answered %s in canary, %s in rolling, %s in blue-green%s."
                  .formatted(
                      sentence(canary),
                      sentence(rolling),
                      sentence(blueGreen),
                      holds == Holds.UNKNOWN ? ": too few answers to tell these apart" : ""));
        },
        Strategy.CANARY,
        Strategy.ROLLING,
        Strategy.BLUE_GREEN);
  }

  private Claim canaryLeansOnFewUsers() {
    return judge(
        "canary-few-users",
        "Canary leans on the feedback of few users.",
        "Less than half of the users get v2 in the first step.",
        () -> {
          Findings run = runs.of(Strategy.CANARY);
          CanaryStep first =
              run.canarySteps().orThrow().stream()
                  .findFirst()
                  .filter(step -> step.v2().total() > 0)
                  .orElseThrow(() -> new IllegalStateException("canary: no step was held"));
          Share users = first.exposedUsers();
          Share unnoticed = Share.of(0, first.v2().count());
          return new Evidence(
              users.share() < FEW_USERS,
              Settled.usersOfFirstStep(run.manifest().scenario()),
              ("Of the users, %s got v2 in the first step, in %s answers: had all gone well, error"
                      + " shares up to %s could not be excluded (95 %%).")
                  .formatted(
                      Numbers.share(users), unnoticed.total(), Numbers.percent(unnoticed.high())));
        },
        Strategy.CANARY);
  }

  private Claim canaryByAddress() {
    return judge(
        "canary-ip",
        "Users of given addresses get the canary, and nobody else.",
        "While the rule is in force every answer to a listed user is v2, and no other user ever gets"
            + " v2 in the whole run.",
        () -> {
          List<UserRule> rules = runs.of(Strategy.CANARY_IP).userRules().orThrow();
          if (rules.isEmpty() || rules.stream().anyMatch(r -> r.verdict() == Verdict.UNKNOWN)) {
            throw new IllegalStateException("canary-ip: no users to judge a rule by");
          }
          UserRule rule =
              rules.stream()
                  .filter(r -> r.verdict() == Verdict.FAIL)
                  .findFirst()
                  .orElse(rules.get(0));
          return new Evidence(
              rule.verdict() == Verdict.PASS, "", Numbers.capital(rule.inWords()) + ".");
        },
        Strategy.CANARY_IP);
  }

  private static Holds isBelow(Feedback some, Feedback other) {
    Holds requests = Holds.below(some.requests(), other.requests());
    boolean fewer = some.users().share() < other.users().share();
    return requests == Holds.HOLDS && !fewer ? Holds.DOES_NOT : requests;
  }

  private static String sentence(Feedback feedback) {
    Share requests = feedback.requests();
    return "%s of the requests (95 %% interval %s to %s) and %s of the users"
        .formatted(
            Numbers.percent(requests.share()),
            Numbers.percent(requests.low()),
            Numbers.percent(requests.high()),
            Numbers.percent(feedback.users().share()));
  }
}
