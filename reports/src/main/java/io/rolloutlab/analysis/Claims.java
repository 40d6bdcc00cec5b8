package io.rolloutlab.analysis;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * The exercise's claims against the runs of its strategies. Where there are several runs of a
 * strategy, the one whose scenario is named like the strategy stands for it, else the first.
 */
public final class Claims {
  private static final long A_MOMENT_MILLIS = 2_000;
  private static final double MANY_TIMES = 5;
  private static final long LEAST_COMPARED_MILLIS = 100;
  private static final double TWICE_THE_TASKS = 1.9;
  private static final double TWICE_THE_MEMORY = 1.8;
  private static final double FEW_USERS = 0.5;

  private final List<Findings> runs;

  private Claims(List<Findings> runs) {
    this.runs = runs;
  }

  /**
   * Every claim, always all of them and in the same order; those whose runs are missing, not
   * completed or not reconciled are UNKNOWN.
   *
   * @throws IllegalArgumentException when real and simulated runs are mixed
   */
  public static List<Claim> of(List<Findings> runs) {
    Comparison.oneOrigin(runs);
    Claims claims = new Claims(runs);
    return List.of(
        claims.rollingMixes(),
        claims.rollingIsHardToRollBack(),
        claims.blueGreenCostsTwice(),
        claims.blueGreenRollsBackAtOnce(),
        claims.canaryRisksLeast(),
        claims.canaryLeansOnFewUsers(),
        claims.canaryByAddress());
  }

  private record Evidence(boolean holds, String sentence) {}

  private static Claim judge(
      String key, String claim, String criterion, Supplier<Evidence> measure) {
    try {
      Evidence evidence = measure.get();
      Claim.Holds holds = evidence.holds() ? Claim.Holds.HOLDS : Claim.Holds.DOES_NOT;
      return new Claim(key, claim, holds, evidence.sentence(), criterion);
    } catch (IllegalStateException missing) {
      return new Claim(key, claim, Claim.Holds.UNKNOWN, missing.getMessage(), criterion);
    }
  }

  private Claim rollingMixes() {
    return judge(
        "rolling-mixes",
        "Rolling serves both versions at once.",
        "The update's mixed window, from the first v2 to the last v1 answer, is longer than 2 s.",
        () -> {
          VersionMix versions = run(Strategy.ROLLING).versions().orThrow();
          long mixed = versions.mixedWindow().map(Span::millis).orElse(0L);
          Share again = firstPass(versions).sawV1Again();
          return new Evidence(
              mixed > A_MOMENT_MILLIS,
              ("Both versions were served for %s of the update; of the users that had seen v2,"
                      + " %s saw v1 again.")
                  .formatted(Numbers.seconds(mixed), Numbers.share(again)));
        });
  }

  private Claim rollingIsHardToRollBack() {
    return judge(
        "rolling-rollback",
        "Rolling is hard to roll back.",
        "Its rollback, from the command until v1 serves everybody again, takes at least 5 times as long as"
            + " blue-green's (which counts as at least 0.1 s).",
        () -> {
          long rolling = rollbackMillis(Strategy.ROLLING);
          long blueGreen = rollbackMillis(Strategy.BLUE_GREEN);
          double ratio = (double) rolling / Math.max(LEAST_COMPARED_MILLIS, blueGreen);
          return new Evidence(
              ratio >= MANY_TIMES,
              "v1 served everybody again %s after the command, in blue-green %s: %s."
                  .formatted(
                      Numbers.seconds(rolling), Numbers.seconds(blueGreen), Numbers.times(ratio)));
        });
  }

  private Claim blueGreenCostsTwice() {
    return judge(
        "blue-green-twice",
        "Blue-green costs twice the resources.",
        "At its peak it runs at least 1.9 times the tasks, and they hold at least 1.8 times the"
            + " memory of the warm-up (where memory was measured).",
        () -> {
          Findings run = run(Strategy.BLUE_GREEN);
          Tasks tasks = run.tasks().orThrow();
          OptionalDouble memory =
              run.resources()
                  .known()
                  .map(Resources::memoryPeakRatio)
                  .orElse(OptionalDouble.empty());
          boolean twice =
              tasks.peakRatio() >= TWICE_THE_TASKS
                  && (memory.isEmpty() || memory.getAsDouble() >= TWICE_THE_MEMORY);
          String ofMemory =
              memory.isPresent() ? Numbers.times(memory.getAsDouble()) : "not measured";
          return new Evidence(
              twice,
              ("At its peak %s tasks for %s replicas (%s), memory of the app %s, replica-seconds"
                      + " %s over the whole rollout.")
                  .formatted(
                      tasks.peak(),
                      tasks.replicas(),
                      Numbers.times(tasks.peakRatio()),
                      ofMemory,
                      Numbers.times(tasks.replicaSecondsRatio())));
        });
  }

  private Claim blueGreenRollsBackAtOnce() {
    return judge(
        "blue-green-rollback",
        "Blue-green rolls back at once while blue lives.",
        "v1 serves everybody again at most 2 s after the command.",
        () -> {
          long millis = rollbackMillis(Strategy.BLUE_GREEN);
          return new Evidence(
              millis <= A_MOMENT_MILLIS,
              "v1 served everybody again %s after the command.".formatted(Numbers.seconds(millis)));
        });
  }

  private Claim canaryRisksLeast() {
    return judge(
        "canary-risk",
        "Canary is the least risky.",
        "In the first %s s after v2's first answer, fewer users and a smaller share of the requests"
                .formatted(Feedback.SECONDS)
            + " get v2 than in rolling and in blue-green.",
        () -> {
          Feedback canary = feedback(Strategy.CANARY);
          Feedback rolling = feedback(Strategy.ROLLING);
          Feedback blueGreen = feedback(Strategy.BLUE_GREEN);
          return new Evidence(
              isBelow(canary, rolling) && isBelow(canary, blueGreen),
              "In that time v2 answered %s in canary, %s in rolling, %s in blue-green."
                  .formatted(sentence(canary), sentence(rolling), sentence(blueGreen)));
        });
  }

  private Claim canaryLeansOnFewUsers() {
    return judge(
        "canary-few-users",
        "Canary leans on the feedback of few users.",
        "Less than half of the users get v2 in the first step.",
        () -> {
          List<CanaryStep> steps = run(Strategy.CANARY).canarySteps().orThrow();
          CanaryStep first =
              steps.stream()
                  .findFirst()
                  .filter(step -> step.verdict() != Verdict.UNKNOWN)
                  .orElseThrow(() -> new IllegalStateException("canary: no step was held"));
          Share users = first.exposedUsers();
          Share unnoticed = Share.of(0, first.v2().count());
          return new Evidence(
              users.share() < FEW_USERS,
              ("Of the users, %s got v2 in the first step, in %s answers: had all gone well, error"
                      + " shares up to %s could not be excluded (95 %%).")
                  .formatted(
                      Numbers.share(users), unnoticed.total(), Numbers.percent(unnoticed.high())));
        });
  }

  private Claim canaryByAddress() {
    return judge(
        "canary-ip",
        "Users of given addresses get the canary, and nobody else.",
        "While the rule is in force every answer to a listed user is v2, and no other user ever gets"
            + " v2 in the whole run.",
        () -> {
          List<AddressRule> rules = run(Strategy.CANARY_IP).addressRules().orThrow();
          if (rules.isEmpty() || rules.stream().anyMatch(r -> r.verdict() == Verdict.UNKNOWN)) {
            throw new IllegalStateException("canary-ip: no users to judge a rule by");
          }
          AddressRule rule =
              rules.stream()
                  .filter(r -> r.verdict() == Verdict.FAIL)
                  .findFirst()
                  .orElse(rules.get(0));
          return new Evidence(
              rule.verdict() == Verdict.PASS,
              "%s listed users, of them %s ever got v1; %s others, of them %s ever got v2."
                  .formatted(
                      rule.listedUsers(),
                      rule.listedThatGotV1().size(),
                      rule.unlistedUsers(),
                      rule.unlistedThatEverGotV2().size()));
        });
  }

  private Findings run(Strategy strategy) {
    List<Findings> found =
        runs.stream().filter(run -> run.manifest().scenario().strategy() == strategy).toList();
    Findings run =
        found.stream()
            .filter(f -> f.manifest().scenario().name().equals(strategy.fileName()))
            .findFirst()
            .or(() -> found.stream().findFirst())
            .orElseThrow(() -> new IllegalStateException("no run of " + strategy.fileName()));
    String name = run.manifest().scenario().name();
    if (!run.reconciled()) {
      throw new IllegalStateException(name + ": its requests do not reconcile");
    }
    if (run.end().filter(end -> end.end() == Event.End.COMPLETED).isEmpty()) {
      throw new IllegalStateException(name + ": the run was not completed");
    }
    return run;
  }

  /** The longest rollback of a strategy's run, since a person waits for that one too. */
  private long rollbackMillis(Strategy strategy) {
    List<Transition> rollbacks =
        run(strategy).transitions().orThrow().stream()
            .filter(transition -> transition.kind() == Transition.Kind.ROLLBACK)
            .toList();
    if (rollbacks.isEmpty() || rollbacks.stream().anyMatch(r -> r.servedAfterMillis().isEmpty())) {
      throw new IllegalStateException(strategy.fileName() + ": no rollback was completed");
    }
    return rollbacks.stream().flatMapToLong(r -> r.servedAfterMillis().stream()).max().getAsLong();
  }

  private Feedback feedback(Strategy strategy) {
    VersionMix versions = run(strategy).versions().orThrow();
    firstPass(versions);
    return Feedback.of(versions);
  }

  private static VersionMix.Pass firstPass(VersionMix versions) {
    return versions.passes().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no rollout was recorded"));
  }

  private static boolean isBelow(Feedback some, Feedback other) {
    return some.users().share() < other.users().share()
        && some.requests().share() < other.requests().share();
  }

  private static String sentence(Feedback feedback) {
    return String.format(
        Locale.ROOT,
        "%s of the requests and %s of the users",
        Numbers.percent(feedback.requests().share()),
        Numbers.percent(feedback.users().share()));
  }
}
