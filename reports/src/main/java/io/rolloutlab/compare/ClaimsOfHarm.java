package io.rolloutlab.compare;

import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.compare.Claim.Holds;
import io.rolloutlab.scenario.RollingPlan;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The exercise's claims about what a bad v2 does to users. One holds when it holds with every fault
 * that the runs it needs were made with, and does not when it does not with one of them.
 */
final class ClaimsOfHarm {
  private final List<ClaimSituation> situations;

  ClaimsOfHarm(List<ClaimSituation> situations) {
    this.situations = List.copyOf(situations);
  }

  /**
   * What came out with one fault.
   *
   * @param holds empty where there was nothing to judge: v2 got to nobody, so nobody went back
   * @param fromSettings as in {@link Claim}
   * @param inWords a clause with the numbers, or with what is missing
   */
  private record Came(Optional<Holds> holds, String fromSettings, String inWords) {
    Came(Holds holds, String fromSettings, String inWords) {
      this(Optional.of(holds), fromSettings, inWords);
    }
  }

  Claim canaryIsTheLeastRisky() {
    return judge(
        "canary-risk",
        "Canary is the least risky.",
        "Risk is read as harm: with every fault of v2 that all three were run with, fewer users have"
            + " a failed request in canary than in rolling and than in blue-green, with 95 %"
            + " intervals that do not overlap.",
        ClaimsOfHarm::usersHurt,
        Strategy.CANARY,
        Strategy.ROLLING,
        Strategy.BLUE_GREEN);
  }

  Claim rollingIsHardToRollBack() {
    return judge(
        "rolling-rollback-bad",
        "Rolling is hard to roll back when v2 is bad.",
        "Hard is read as slow, since users are hurt meanwhile: with every fault of v2 that both were"
            + " run with, v1 serves everybody again at least 5 times as long after the order to go"
            + " back (or after Swarm's own beginning of it) as in blue-green (which counts as at"
            + " least 0.1 s), without the delays that the file itself sets.",
        ClaimsOfHarm::rollingGoesBack,
        Strategy.ROLLING,
        Strategy.BLUE_GREEN);
  }

  Claim blueGreenRollsBackAtOnce() {
    return judge(
        "blue-green-rollback-bad",
        "Blue-green rolls back at once when v2 is bad.",
        "With every fault of v2 that it was run with, from a moment at most 2 s after the order to"
            + " go back on, every request is answered well and by v1. A rollout that was given up"
            + " before its switch has nothing to take back, and is not counted.",
        ClaimsOfHarm::blueGreenGoesBack,
        Strategy.BLUE_GREEN);
  }

  private Claim judge(
      String key,
      String claim,
      String criterion,
      Function<ClaimSituation, Came> measure,
      Strategy... strategies) {
    List<ClaimSituation> judged = situations.stream().filter(one -> one.has(strategies)).toList();
    if (judged.isEmpty()) {
      return new Claim(key, claim, Holds.UNKNOWN, "", absent(strategies), criterion, List.of());
    }
    List<Came> each = judged.stream().map(one -> came(one, measure)).toList();
    Holds holds =
        each.stream()
            .flatMap(came -> came.holds().stream())
            .reduce(Holds::and)
            .orElse(Holds.UNKNOWN);
    String follows =
        each.stream()
            .map(Came::fromSettings)
            .filter(sentence -> !sentence.isEmpty())
            .distinct()
            .collect(Collectors.joining(" "));
    return new Claim(
        key,
        claim,
        holds,
        holds == Holds.UNKNOWN ? "" : follows,
        each.stream().map(Came::inWords).collect(Collectors.joining(" ")),
        criterion,
        ClaimRuns.balancing(
            judged.stream().flatMap(one -> one.runs(strategies).stream()).toList()));
  }

  private static Came came(ClaimSituation bad, Function<ClaimSituation, Came> measure) {
    try {
      Came found = measure.apply(bad);
      return new Came(
          found.holds(),
          found.fromSettings(),
          "With the fault %s: %s.".formatted(bad.name(), found.inWords()));
    } catch (IllegalStateException missing) {
      return new Came(
          Holds.UNKNOWN,
          "",
          "With the fault %s it is not known: %s.".formatted(bad.name(), missing.getMessage()));
    }
  }

  private String absent(Strategy... strategies) {
    return Stream.of(strategies)
        .filter(one -> situations.stream().noneMatch(bad -> bad.has(one)))
        .findFirst()
        .map(one -> "no run of %s with a bad v2".formatted(one.fileName()))
        .orElseGet(
            () ->
                "no run of each of %s with the same fault of v2"
                    .formatted(
                        Stream.of(strategies)
                            .map(Strategy::fileName)
                            .collect(Collectors.joining(", "))));
  }

  private static Came usersHurt(ClaimSituation bad) {
    bad.underTheSameConditions(Strategy.CANARY, Strategy.ROLLING, Strategy.BLUE_GREEN);
    Share canary = hurt(bad, Strategy.CANARY);
    Share rolling = hurt(bad, Strategy.ROLLING);
    Share blueGreen = hurt(bad, Strategy.BLUE_GREEN);
    Holds thanRolling = Holds.below(canary, rolling);
    Holds thanBlueGreen = Holds.below(canary, blueGreen);
    List<String> alike = new ArrayList<>();
    if (thanRolling == Holds.UNKNOWN) {
      alike.add(Strategy.ROLLING.fileName());
    }
    if (thanBlueGreen == Holds.UNKNOWN) {
      alike.add(Strategy.BLUE_GREEN.fileName());
    }
    return new Came(
        thanRolling.and(thanBlueGreen),
        "How many requests v2 is given before anybody looks follows from the steps of canary and from"
            + " the slots of rolling; whom that hurts until v1 is back, and whether blue-green comes"
            + " to its switch at all, does not.",
        "of the users, %s were hurt in canary, %s in rolling, %s in blue-green%s"
            .formatted(
                Numbers.share(canary),
                Numbers.share(rolling),
                Numbers.share(blueGreen),
                alike.isEmpty()
                    ? ""
                    : "; canary is not told apart from " + String.join(" and ", alike)));
  }

  private static Share hurt(ClaimSituation bad, Strategy strategy) {
    return bad.of(strategy).harm().orThrow().users();
  }

  private static Came rollingGoesBack(ClaimSituation bad) {
    bad.underTheSameConditions(Strategy.ROLLING, Strategy.BLUE_GREEN);
    if (bad.gaveUp(Strategy.BLUE_GREEN)) {
      return givenUp();
    }
    ClaimWayBack rolling = bad.wayBack(Strategy.ROLLING);
    ClaimWayBack blueGreen = bad.wayBack(Strategy.BLUE_GREEN);
    long delays = mostDelays(bad.of(Strategy.ROLLING).manifest().scenario());
    double least = ratio(Math.max(0, rolling.leastMillis() - delays), blueGreen.mostMillis());
    double most = ratio(rolling.mostMillis(), blueGreen.leastMillis());
    return new Came(
        least >= Claims.MANY_TIMES
            ? Holds.HOLDS
            : most < Claims.MANY_TIMES ? Holds.DOES_NOT : Holds.UNKNOWN,
        "Rolling has to replace the tasks that have v2 by then, blue-green to change one route: that"
            + " rolling takes longer would come out of any run of these files, how much longer would"
            + " not.",
        "in rolling %s; in blue-green %s: %s%s"
            .formatted(
                rolling.inWords(),
                blueGreen.inWords(),
                times(least, most),
                delays == 0
                    ? ""
                    : ", as rolling.rollback.delay makes up to %s of it"
                        .formatted(Numbers.seconds(delays))));
  }

  /** Of an update that is called back halfway fewer slots go back, with fewer delays. */
  private static long mostDelays(Scenario rolling) {
    return rolling
        .settings(RollingPlan.class)
        .orElseThrow()
        .rollback()
        .delays(rolling.tasks())
        .toMillis();
  }

  /**
   * Of two times.
   *
   * @param some in milliseconds; {@link Long#MAX_VALUE} where it has no bound
   * @param other the same, which counts as at least {@link Claims#LEAST_COMPARED_MILLIS}
   */
  private static double ratio(long some, long other) {
    return some == Long.MAX_VALUE
        ? Double.POSITIVE_INFINITY
        : (double) some / Math.max(Claims.LEAST_COMPARED_MILLIS, other);
  }

  private static String times(double least, double most) {
    if (Double.isInfinite(most)) {
      return "at least " + Numbers.times(least);
    }
    return least == most
        ? Numbers.times(least)
        : "between %s and %s".formatted(Numbers.times(least), Numbers.times(most));
  }

  private static Came givenUp() {
    return new Came(
        Optional.empty(),
        "",
        "blue-green was given up before its switch, so that there was nothing to take back");
  }

  private static Came blueGreenGoesBack(ClaimSituation bad) {
    if (bad.gaveUp(Strategy.BLUE_GREEN)) {
      return givenUp();
    }
    ClaimWayBack back = bad.wayBack(Strategy.BLUE_GREEN);
    Holds holds =
        back.mostMillis() <= Claims.A_MOMENT_MILLIS
            ? Holds.HOLDS
            : back.leastMillis() > Claims.A_MOMENT_MILLIS ? Holds.DOES_NOT : Holds.UNKNOWN;
    return new Came(holds, "", back.inWords());
  }
}
