package io.rolloutlab.analysis.verdict;

import io.rolloutlab.analysis.measure.CourseMeasures;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.scenario.expect.Expectations;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Judges the expectations of a scenario, each for itself. */
public final class Expecting {
  private static final String ROLLOUT = "rolloutAtMost";
  private static final String GIVEN_UP = CourseMeasures.GIVEN_UP_SECONDS.key();

  private final Scenario scenario;
  private final Part<Errors> errors;
  private final Part<VersionMix> versions;
  private final Part<List<Transition>> transitions;
  private final Part<List<UpdateOutcome>> outcomes;
  private final Part<List<CanaryStep>> steps;
  private final Part<List<UserRule>> rules;
  private final Took.Turned turned;
  private final List<ExpectationResult> results = new ArrayList<>();

  private Expecting(Evidence run) {
    scenario = run.manifest().scenario();
    errors = run.part(Errors.class);
    versions = run.part(VersionMix.class);
    transitions = run.list(Transition.class);
    outcomes = run.list(UpdateOutcome.class);
    steps = run.list(CanaryStep.class);
    rules = run.list(UserRule.class);
    turned = Took.Turned.in(run);
  }

  /**
   * Judges a run by itself, or beside others.
   *
   * @param baselines of the same batch, under the same conditions; unknown, with the cause, where
   *     there is none
   */
  public static List<ExpectationResult> judge(Evidence run, Part<List<Evidence>> baselines) {
    List<ExpectationResult> all = new Expecting(run).all();
    run.manifest()
        .scenario()
        .expect()
        .measures()
        .forEach((key, bound) -> all.add(Bounded.judge(key, bound, run, baselines)));
    broughtToItsEnd(run, all).ifPresent(all::add);
    return all;
  }

  /**
   * Who expects something of a rollout expects that there is one. Fails where it was given up and
   * nothing else that is expected is about that; empty where that need not be said.
   */
  private static Optional<ExpectationResult> broughtToItsEnd(
      Evidence run, List<ExpectationResult> others) {
    boolean said =
        others.isEmpty()
            || others.stream()
                .map(ExpectationResult::key)
                .anyMatch(key -> key.equals(ROLLOUT) || key.equals(GIVEN_UP));
    return TurnedRound.givenUp(run)
        .filter(turned -> !said)
        .map(
            turned ->
                new ExpectationResult(
                    "rollout",
                    Verdict.FAIL,
                    "brought to its end",
                    turned.inWords(),
                    "The rollout was not brought to its end: it was %s: FAIL."
                        .formatted(turned.inWords())));
  }

  /** What was measured and whether it is what was wanted. */
  record Finding(Verdict verdict, String measured) {
    static Finding of(boolean met, String measured) {
      return new Finding(met ? Verdict.PASS : Verdict.FAIL, measured);
    }

    static Finding unknown(String why) {
      return new Finding(Verdict.UNKNOWN, "unknown: " + why);
    }
  }

  private List<ExpectationResult> all() {
    Expectations e = scenario.expect();
    if (e.errorShareAtMost() != null) {
      String wanted = "at most " + Numbers.percent(e.errorShareAtMost());
      Part<Finding> finding = errors.map(found -> errorShare(found, e.errorShareAtMost()));
      result("errorShareAtMost", "Failed requests since the rollout began", wanted, finding);
    }
    if (e.longestOutageAtMost() != null) {
      Part<Finding> finding = errors.map(found -> outage(found, e.longestOutageAtMost()));
      String wanted = atMost(e.longestOutageAtMost());
      result("longestOutageAtMost", "Longest outage", wanted, finding);
    }
    took(ROLLOUT, Transition.Kind.ROLLOUT, e.rolloutAtMost());
    took("rollbackAtMost", Transition.Kind.ROLLBACK, e.rollbackAtMost());
    took("abortAtMost", Transition.Kind.ABORT, e.abortAtMost());
    if (e.mixedVersions() != null) {
      String wanted = e.mixedVersions() ? "yes" : "no";
      Part<Finding> finding = versions.map(found -> mixed(found, e.mixedVersions()));
      result("mixedVersions", "Both versions within one second", wanted, finding);
    }
    if (e.stepsWithinInterval() != null) {
      String wanted = e.stepsWithinInterval() ? "every step" : "not every step";
      Part<Finding> finding = steps.map(found -> within(found, e.stepsWithinInterval()));
      result("stepsWithinInterval", "Measured share agrees with weight", wanted, finding);
    }
    if (e.onlyListedUsersSeeV2() != null) {
      String wanted = e.onlyListedUsersSeeV2() ? "yes" : "no";
      Part<Finding> finding = rules.map(found -> listed(found, e.onlyListedUsersSeeV2()));
      result("onlyListedUsersSeeV2", "Listed users get v2 and nobody else does", wanted, finding);
    }
    if (e.endsIn() != null) {
      Part<Finding> finding = outcomes.map(found -> endsIn(found, e.endsIn()));
      result("endsIn", "What came of the update", word(e.endsIn()), finding);
    }
    return results;
  }

  private void result(String key, String what, String wanted, Part<Finding> part) {
    Finding finding = part.known().orElseGet(() -> Finding.unknown(part.cause()));
    String sentence =
        "%s: wanted %s, measured %s: %s."
            .formatted(what, wanted, finding.measured(), finding.verdict());
    results.add(
        new ExpectationResult(key, finding.verdict(), wanted, finding.measured(), sentence));
  }

  private static Finding errorShare(Errors errors, double most) {
    Share share = errors.sinceRollout();
    int unknown = errors.unknownSinceRollout();
    if (share.total() == 0) {
      return Finding.unknown("no request since the rollout began has a known end");
    }
    double all = share.total() + unknown;
    String measured = Numbers.share(share);
    if (share.count() / all > most) {
      return Finding.of(false, measured);
    }
    return (share.count() + unknown) / all <= most
        ? Finding.of(true, measured)
        : Finding.unknown(measured + "; the end of %s more is not known".formatted(unknown));
  }

  private static Finding outage(Errors errors, Duration most) {
    if (errors.sinceRollout().total() == 0) {
      return Finding.unknown("no request since the rollout began has a known end");
    }
    long millis = errors.longestOutage().map(Span::millis).orElse(0L);
    return Finding.of(millis <= most.toMillis(), Numbers.seconds(millis));
  }

  /** The update that the scenario is about is the first that was ordered. */
  private Finding endsIn(List<UpdateOutcome> all, UpdateEnd wanted) {
    return UpdateOutcome.ofUpdate(all)
        .map(outcome -> Finding.of(outcome.end() == wanted, outcome.inWords()))
        .orElseGet(
            () ->
                turned.atMillis().isPresent()
                    ? Finding.of(false, turned.how() + " before Swarm had ended it")
                    : Finding.unknown("the end of no update was recorded"));
  }

  private static String word(UpdateEnd end) {
    return FileWord.of(end);
  }

  private void took(String key, Transition.Kind kind, Duration most) {
    if (most != null) {
      String what =
          "Longest %s until all were served".formatted(kind.name().toLowerCase(Locale.ROOT));
      Took took = new Took(kind, most, scenario, turned);
      result(key, what, atMost(most), transitions.map(took::judge));
    }
  }

  private Finding mixed(VersionMix versions, boolean wanted) {
    if (versions.perSecond().isEmpty()) {
      return Finding.unknown("no requests");
    }
    boolean awaited = !versions.passes().isEmpty() && scenario.settings().servesUsers();
    if (awaited && versions.firstV2Millis().isEmpty()) {
      return Finding.unknown("v2 never answered");
    }
    String measured =
        versions.closestMillis().isPresent()
            ? "%s, %s ms apart at the closest"
                .formatted(versions.mixed() ? "yes" : "no", versions.closestMillis().getAsLong())
            : "no, one version alone answered";
    return Finding.of(versions.mixed() == wanted, measured);
  }

  private Finding within(List<CanaryStep> found, boolean wanted) {
    OptionalInt planned = scenario.settings().shares();
    if (found.isEmpty()) {
      return Finding.unknown("no share of the requests was held");
    }
    long agree = found.stream().filter(step -> step.verdict() == Verdict.PASS).count();
    long differ = found.stream().filter(step -> step.verdict() == Verdict.FAIL).count();
    long tooFew = found.stream().filter(step -> step.verdict() == Verdict.UNKNOWN).count();
    String measured =
        "%s of %s steps agree, %s differ%s"
            .formatted(
                agree,
                planned.orElse(found.size()),
                differ,
                tooFew == 0
                    ? ""
                    : ", %s had too few %s to say"
                        .formatted(tooFew, found.get(0).splitBy().draws()));
    if (differ == 0 && planned.isEmpty()) {
      return Finding.unknown(
          measured
              + ", and the settings of %s do not say how many there are to be"
                  .formatted(scenario.strategy().fileName()));
    }
    if (differ == 0 && agree < planned.getAsInt()) {
      return Finding.unknown(measured);
    }
    return Finding.of((differ == 0) == wanted, measured);
  }

  private static Finding listed(List<UserRule> found, boolean wanted) {
    if (found.isEmpty()) {
      return Finding.unknown("no rule for some users was in force");
    }
    UserRule rule =
        found.stream().filter(r -> r.verdict() == Verdict.FAIL).findFirst().orElse(found.get(0));
    String measured = rule.inWords();
    boolean broken = rule.verdict() == Verdict.FAIL;
    boolean unsure = found.stream().anyMatch(r -> r.verdict() == Verdict.UNKNOWN);
    return !broken && unsure ? Finding.unknown(measured) : Finding.of(broken != wanted, measured);
  }

  private static String atMost(Duration most) {
    return "at most " + Durations.print(most);
  }
}
