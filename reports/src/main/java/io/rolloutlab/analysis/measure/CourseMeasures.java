package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.outcome.GiveUp;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.versions.Feedback;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.SettledNumber;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** How long the ways there and back take, and who meets which version meanwhile. */
public final class CourseMeasures implements MeasureProvider {
  public static final Measure ROLLOUT_SECONDS =
      untilServed(
              new Heading(
                  "rolloutSeconds",
                  "Rollout until served",
                  "s",
                  2,
                  "First rollout: command to the moment from which on, until the next command,"
                      + " every request was answered well and by v2"),
              Transition.Kind.ROLLOUT)
          .settledBy(SettledNumber.CHANGE)
          .only(Table.COMPARISON);

  public static final Measure MIXED_SECONDS =
      new Heading(
              "mixedSeconds",
              "Mixed versions",
              "s",
              2,
              "First v2 answer to last v1 answer of the first rollout; 0 when clean")
          .read(VersionMix.class, CourseMeasures::mixed)
          .lowestIsBest(Apart::times)
          .settledBy(SettledNumber.MIX)
          .only(Table.COMPARISON);

  public static final Measure COMPLETED_SECONDS =
      new Heading(
              "completedSeconds",
              "Completed",
              "s",
              1,
              "From the command until Swarm calls the update completed, its last delay and its"
                  + " monitor included; under start-first it does not wait for the last old task to"
                  + " end")
          .read(
              run ->
                  Part.known(
                      completed(run) ? firstRollout(run.timeline()) : OptionalDouble.empty()))
          .only(Table.SWEEP);

  public static final Measure MET_V2_PERCENT =
      new Heading(
              "metV2Percent",
              "Users who met v2",
              "%",
              1,
              "Users that got an answer of v2 in the first pass, from its rollout to the way back that"
                  + " ends it, over all users")
          .read(VersionMix.class, v -> Numbered.percent(pass(v).map(VersionMix.Pass::exposedUsers)))
          .lowestShareIsBest(
              run ->
                  run.part(VersionMix.class)
                      .known()
                      .flatMap(CourseMeasures::pass)
                      .map(VersionMix.Pass::exposedUsers))
          .settledBy(SettledNumber.EXPOSURE)
          .only(Table.MATRIX);

  public static final Measure COURSE_SECONDS =
      new Heading(
              "courseSeconds",
              "Length of the course",
              "s",
              0,
              "From x = 0 to the end of the load: so long could users be hurt. It hangs on what the"
                  + " strategy's settings hold and wait for; a longer course has more requests that"
                  + " can fail")
          .read(run -> Part.known(Numbered.seconds(run.timeline().measured().millis())))
          .only(Table.MATRIX);

  /** In no table: there is one only where a rollout went wrong. */
  public static final Measure GIVEN_UP_SECONDS =
      new Heading(
              "givenUpSeconds",
              "Given up after",
              "s",
              1,
              "From x = 0 to the moment at which the rollout was given up, since a step of it had"
                  + " waited in vain; no number where it was not")
          .readList(
              GiveUp.class,
              all ->
                  all.stream()
                      .findFirst()
                      .map(given -> Numbered.seconds(given.atMillis()))
                      .orElse(OptionalDouble.empty()))
          .only();

  /** In no table: it says that the routes reach everybody, which is no number of a strategy. */
  public static final Measure TASKS_THAT_ANSWERED =
      new Heading(
              "tasksThatAnswered",
              "Tasks that answered",
              "tasks",
              0,
              "App tasks that gave at least one answer in the whole run: known by their addresses, or"
                  + " under vip by the containers that answers name; no number where neither was"
                  + " recorded")
          .read(Reconciliation.class, CourseMeasures::answering)
          .only();

  private static final List<Measure> ALL =
      List.of(
          ROLLOUT_SECONDS,
          new Heading(
                  "lastV1AnswerSeconds",
                  "Last v1 answer after",
                  "s",
                  2,
                  "First rollout: command to the last v1 answer, whether or not anybody was"
                      + " answered after it")
              .readList(
                  Transition.class,
                  all -> first(all, is(Transition.Kind.ROLLOUT), Transition::lastOldAfterMillis))
              .only(Table.COMPARISON),
          untilServed(
                  new Heading(
                      "abortSeconds",
                      "Abort until served",
                      "s",
                      2,
                      "First way back from where v2 had not yet everybody: command to the moment from"
                          + " which on every request was answered well and by v1"),
                  Transition.Kind.ABORT)
              .only(Table.COMPARISON),
          untilServed(
                  new Heading(
                      "rollbackSeconds",
                      "Rollback until served",
                      "s",
                      2,
                      "First way back from where v2 had everybody: command to the moment from which"
                          + " on every request was answered well and by v1"),
                  Transition.Kind.ROLLBACK)
              .settledBy(SettledNumber.WAY_BACK)
              .only(Table.COMPARISON),
          new Heading(
                  "lastV2AnswerSeconds",
                  "Last v2 answer after",
                  "s",
                  2,
                  "First abort or rollback: command to the last v2 answer, whether or not anybody"
                      + " was answered after it")
              .readList(
                  Transition.class,
                  all ->
                      first(
                          all,
                          is(Transition.Kind.ROLLOUT).negate(),
                          Transition::lastOldAfterMillis))
              .only(Table.COMPARISON),
          MIXED_SECONDS,
          new Heading(
                  "sawV1AgainPercent",
                  "Users back on v1",
                  "%",
                  1,
                  "Users answered by v1 after v2 in the first pass, over those that got v2")
              .read(
                  VersionMix.class, v -> Numbered.percent(pass(v).map(VersionMix.Pass::sawV1Again)))
              .lowestShareIsBest(
                  run ->
                      run.part(VersionMix.class)
                          .known()
                          .flatMap(CourseMeasures::pass)
                          .map(VersionMix.Pass::sawV1Again))
              .settledBy(SettledNumber.MIX)
              .only(Table.COMPARISON),
          exposed(
              new Heading(
                  "exposedUsersPercent",
                  "Users exposed at first",
                  "%",
                  1,
                  "Users that got v2 in the first %s s after its first answer"
                      .formatted(Feedback.SECONDS)),
              Feedback::users),
          exposed(
              new Heading(
                  "exposedRequestsPercent",
                  "Requests exposed at first",
                  "%",
                  1,
                  "Share of v2 in all answers of the first %s s after its first answer"
                      .formatted(Feedback.SECONDS)),
              Feedback::requests),
          COMPLETED_SECONDS,
          MET_V2_PERCENT,
          COURSE_SECONDS,
          GIVEN_UP_SECONDS,
          TASKS_THAT_ANSWERED);

  @Override
  public List<Measure> measures() {
    return ALL;
  }

  /** The first way of a kind, from its command on. */
  private static Measure untilServed(Heading heading, Transition.Kind kind) {
    return heading
        .readList(Transition.class, all -> first(all, is(kind), Transition::servedAfterMillis))
        .lowestIsBest(Apart::times)
        .orBeyond(run -> unservedFor(run, kind));
  }

  private static Measure exposed(Heading heading, Function<Feedback, Share> share) {
    return heading
        .read(VersionMix.class, v -> Numbered.percent(feedback(v).map(share)))
        .lowestShareIsBest(
            run -> run.part(VersionMix.class).known().flatMap(CourseMeasures::feedback).map(share))
        .settledBy(SettledNumber.EXPOSURE)
        .only(Table.COMPARISON);
  }

  private static Predicate<Transition> is(Transition.Kind kind) {
    return way -> way.kind() == kind;
  }

  private static OptionalDouble first(
      List<Transition> all,
      Predicate<Transition> which,
      Function<Transition, OptionalLong> millis) {
    return all.stream()
        .filter(which)
        .findFirst()
        .map(millis)
        .filter(OptionalLong::isPresent)
        .map(found -> Numbered.seconds(found.getAsLong()))
        .orElse(OptionalDouble.empty());
  }

  /**
   * How long users were not all served, where they never were: up to the last request that proves
   * it. Where v2 was for listed users only, the others were not to get it.
   */
  private static OptionalDouble unservedFor(Evidence run, Transition.Kind kind) {
    if (!run.manifest().scenario().settings().forEverybody()) {
      return OptionalDouble.empty();
    }
    return run.list(Transition.class).known().stream()
        .flatMap(List::stream)
        .filter(is(kind))
        .findFirst()
        .filter(one -> one.servedAfterMillis().isEmpty())
        .map(Transition::lastUnservedAfterMillis)
        .filter(OptionalLong::isPresent)
        .map(proven -> Numbered.seconds(proven.getAsLong()))
        .orElse(OptionalDouble.empty());
  }

  /**
   * Where Swarm made an update at all, and its end is on record: whether it completed that; nothing
   * is where the rollout was given up.
   */
  private static boolean completed(Evidence run) {
    return GIVEN_UP_SECONDS.value(run).isEmpty()
        && run.list(UpdateOutcome.class)
            .known()
            .flatMap(UpdateOutcome::ofUpdate)
            .filter(outcome -> outcome.end() != UpdateEnd.COMPLETED)
            .isEmpty();
  }

  private static OptionalDouble answering(Reconciliation requests) {
    return requests.tasks().asked().tells()
        ? OptionalDouble.of(requests.tasks().tasks().size())
        : OptionalDouble.empty();
  }

  private static OptionalDouble firstRollout(RunTimeline timeline) {
    return timeline.phases().stream()
        .filter(phase -> phase.kind() == PhaseKind.ROLLOUT)
        .findFirst()
        .map(phase -> Numbered.seconds(phase.endMillis() - phase.startMillis()))
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble mixed(VersionMix versions) {
    return answered(versions)
        ? Numbered.seconds(versions.mixedWindow().map(Span::millis).or(() -> Optional.of(0L)))
        : OptionalDouble.empty();
  }

  private static Optional<VersionMix.Pass> pass(VersionMix versions) {
    return versions.passes().stream().findFirst();
  }

  /** Whether v2 did in the first pass: what nobody saw is not none. */
  private static boolean answered(VersionMix versions) {
    return pass(versions).filter(first -> first.exposedRequests().count() > 0).isPresent();
  }

  private static Optional<Feedback> feedback(VersionMix versions) {
    return answered(versions) ? Optional.of(Feedback.of(versions)) : Optional.empty();
  }
}
