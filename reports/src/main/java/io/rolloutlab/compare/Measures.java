package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.requests.Percentiles;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.analysis.versions.VersionMix;
import io.rolloutlab.compare.Comparison.Best;
import io.rolloutlab.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What runs are compared by, each as a number of one run, and how they are ranked by it: the one
 * list that the comparison and all its files are made of.
 */
final class Measures {
  private static final double LAST_FIFTH = 0.8;

  private Measures() {}

  /**
   * One entry.
   *
   * @param from how it is read off a run
   * @param apart when two runs are told apart by it
   * @param settled which settings make the number, so that it is no merit; empty when none do
   * @param never what did not happen, where there is no number for that reason; see {@link
   *     Comparison.Cell#never}
   * @param harm whether an outage makes it worse; every other number looks better for one, or says
   *     nothing about it
   */
  record Reading(
      Comparison.Measure measure,
      Function<Findings, OptionalDouble> from,
      Apart apart,
      Function<Scenario, String> settled,
      Function<Findings, String> never,
      boolean harm) {
    /** One that describes and does not rank. */
    Reading(Comparison.Measure measure, Function<Findings, OptionalDouble> from) {
      this(
          measure, from, new Apart("", (a, b, peers) -> false), Settled::nothing, run -> "", false);
    }

    Reading {
      measure = measure.best() == Best.NONE ? measure : measure.ranked(apart.rule());
    }

    /** It is no merit of runs whose settings make it. */
    Reading settledBy(Function<Scenario, String> settings) {
      return new Reading(measure, from, apart, settings, never, harm);
    }

    /** Where there is no number there may be words. */
    Reading orElse(Function<Findings, String> words) {
      return new Reading(measure, from, apart, settled, words, harm);
    }

    /** An outage makes it worse. */
    Reading isHarm() {
      return new Reading(measure, from, apart, settled, never, true);
    }

    OptionalDouble of(Findings findings) {
      return from.apply(findings);
    }
  }

  static final List<Reading> ALL =
      List.of(
          measure("requests", "Requests", "", 0, Best.NONE)
              .how("Requests the load process sent in the whole run")
              .read(run -> read(run.reconciliation(), r -> OptionalDouble.of(r.sent()))),
          measure("errorPercent", "Failed requests", "%", 3, Best.LOWEST)
              .how("Failed over all requests sent since x = 0, silent resends count as failed")
              .rankedByShares(run -> run.errors().known().map(Errors::sinceRollout))
              .isHarm(),
          measure("usersHurtPercent", "Users with a failure", "%", 1, Best.LOWEST)
              .how("Users with a failed request since x = 0, over all users")
              .rankedByShares(run -> run.harm().known().map(Harm::users))
              .isHarm(),
          measure("longestOutageSeconds", "Longest outage", "s", 2, Best.LOWEST)
              .how("Longest time since x = 0 with no success though requests were made")
              .ranked(Apart::outages, Measures::outage)
              .isHarm(),
          measure("p50Millis", "Latency p50", "ms", 0, Best.LOWEST)
              .how("Of successful requests since x = 0, from sending to the end of the answer")
              .rankedByLatencies(Percentiles::p50Millis),
          measure("p95Millis", "Latency p95", "ms", 0, Best.LOWEST)
              .how("As p50")
              .rankedByLatencies(Percentiles::p95Millis),
          measure("p99Millis", "Latency p99", "ms", 0, Best.LOWEST)
              .how("As p50")
              .rankedByLatencies(Percentiles::p99Millis),
          measure("p99IntendedMillis", "Latency p99 as intended", "ms", 0, Best.NONE)
              .how("As p99, from when the arrival rate wanted the request sent")
              .read(Measures::fromIntended),
          measure("rolloutSeconds", "Rollout until served", "s", 2, Best.LOWEST)
              .how(
                  "First rollout: command to the moment from which on, until the next command,"
                      + " every request was answered well and by v2")
              .untilServed(Transition.Kind.ROLLOUT)
              .settledBy(Settled::change),
          measure("lastV1AnswerSeconds", "Last v1 answer after", "s", 2, Best.NONE)
              .how(
                  "First rollout: command to the last v1 answer, whether or not anybody was"
                      + " answered after it")
              .read(run -> duration(run, Transition.Kind.ROLLOUT, Transition::lastOldAfterMillis)),
          measure("abortSeconds", "Abort until served", "s", 2, Best.LOWEST)
              .how(
                  "First way back from where v2 had not yet everybody: command to the moment from"
                      + " which on every request was answered well and by v1")
              .untilServed(Transition.Kind.ABORT),
          measure("rollbackSeconds", "Rollback until served", "s", 2, Best.LOWEST)
              .how(
                  "First way back from where v2 had everybody: command to the moment from which"
                      + " on every request was answered well and by v1")
              .untilServed(Transition.Kind.ROLLBACK)
              .settledBy(Settled::back),
          measure("lastV2AnswerSeconds", "Last v2 answer after", "s", 2, Best.NONE)
              .how(
                  "First abort or rollback: command to the last v2 answer, whether or not anybody"
                      + " was answered after it")
              .read(Measures::lastV2Answer),
          measure("mixedSeconds", "Mixed versions", "s", 2, Best.LOWEST)
              .how("First v2 answer to last v1 answer of the first rollout; 0 when clean")
              .ranked(
                  Apart::times,
                  run ->
                      answered(run)
                          ? read(
                              run.versions(),
                              v ->
                                  seconds(
                                      v.mixedWindow().map(Span::millis).or(() -> Optional.of(0L))))
                          : none())
              .settledBy(Settled::mix),
          measure("sawV1AgainPercent", "Users back on v1", "%", 1, Best.LOWEST)
              .how("Users answered by v1 after v2 in the first pass, over those that got v2")
              .rankedByShares(run -> pass(run).map(VersionMix.Pass::sawV1Again))
              .settledBy(Settled::mix),
          measure("exposedUsersPercent", "Users exposed at first", "%", 1, Best.LOWEST)
              .how(
                  "Users that got v2 in the first %s s after its first answer"
                      .formatted(Feedback.SECONDS))
              .rankedByShares(run -> feedback(run).map(Feedback::users))
              .settledBy(Settled::exposure),
          measure("exposedRequestsPercent", "Requests exposed at first", "%", 1, Best.LOWEST)
              .how(
                  "Share of v2 in all answers of the first %s s after its first answer"
                      .formatted(Feedback.SECONDS))
              .rankedByShares(run -> feedback(run).map(Feedback::requests))
              .settledBy(Settled::exposure),
          measure("peakTasks", "Peak tasks", "tasks", 0, Best.LOWEST)
              .how("Most app tasks running at once since x = 0")
              .ranked(
                  value -> Apart.counted(),
                  run -> read(run.tasks(), t -> OptionalDouble.of(t.peak()))),
          measure("tasksKilled", "Tasks killed", "tasks", 0, Best.NONE)
              .how("App tasks that had to be killed since their grace to stop was over")
              .read(run -> read(run.tasks(), t -> OptionalDouble.of(t.killed().total()))),
          measure("replicaSecondsRatio", "Replica-seconds", "×", 2, Best.LOWEST)
              .how("Task-seconds of the app since x = 0 over replicas × that time")
              .ranked(
                  Apart::ratios,
                  run -> read(run.tasks(), t -> OptionalDouble.of(t.replicaSecondsRatio())))
              .settledBy(Settled::cost),
          measure("memoryPeakRatio", "Peak memory", "×", 2, Best.LOWEST)
              .how("Peak memory of all app tasks over their mean in the warm-up of the run")
              .ranked(Apart::ratios, run -> read(run.resources(), Resources::memoryPeakRatio)),
          measure("cpuSecondsAboveWarmUp", "Extra CPU", "s", 1, Best.LOWEST)
              .how("CPU seconds of app tasks since x = 0 minus the warm-up's level × that time")
              .ranked(
                  Apart::amounts,
                  run -> read(run.resources(), r -> r.app().cpuSecondsAboveWarmUp()))
              .settledBy(Settled::cost),
          measure("memoryGigabyteSecondsAboveWarmUp", "Extra memory", "GB·s", 2, Best.LOWEST)
              .how("Memory of app tasks over the time since x = 0, minus the warm-up's level")
              .ranked(
                  Apart::amounts,
                  run -> read(run.resources(), r -> r.app().memoryGigabyteSecondsAboveWarmUp()))
              .settledBy(Settled::cost));

  private record Unexplained(String key, String label, String unit, int decimals, Best best) {
    Explained how(String measured) {
      return new Explained(new Comparison.Measure(key, label, unit, decimals, measured, best, ""));
    }
  }

  /** A measure of which is still to be said how it is read. */
  private record Explained(Comparison.Measure measure) {
    Reading read(Function<Findings, OptionalDouble> from) {
      return new Reading(measure, from);
    }

    Reading ranked(
        Function<Function<Findings, OptionalDouble>, Apart> apart,
        Function<Findings, OptionalDouble> from) {
      return new Reading(measure, from, apart.apply(from), Settled::nothing, run -> "", false);
    }

    /** The first way of a kind, from its command on. */
    Reading untilServed(Transition.Kind kind) {
      return ranked(Apart::times, run -> duration(run, kind, Transition::servedAfterMillis))
          .orElse(run -> neverServed(run, kind));
    }

    Reading rankedByShares(Function<Findings, Optional<Share>> share) {
      return ranked(value -> Apart.shares(share), run -> Apart.percent(share.apply(run)));
    }

    Reading rankedByLatencies(Function<Percentiles, Integer> percentile) {
      return ranked(value -> Apart.latencies(value, percentile), run -> latency(run, percentile));
    }
  }

  private static Unexplained measure(
      String key, String label, String unit, int decimals, Best best) {
    return new Unexplained(key, label, unit, decimals, best);
  }

  private static OptionalDouble none() {
    return OptionalDouble.empty();
  }

  private static <T> OptionalDouble read(Part<T> part, Function<T, OptionalDouble> number) {
    return part.known().map(number).orElse(none());
  }

  private static OptionalDouble seconds(Optional<Long> millis) {
    return millis.map(value -> OptionalDouble.of(value / 1000.0)).orElse(none());
  }

  private static OptionalDouble latency(Findings run, Function<Percentiles, Integer> one) {
    return read(
        run.latency(),
        l -> l.sinceRollout().map(p -> OptionalDouble.of(one.apply(p))).orElse(none()));
  }

  private static OptionalDouble duration(
      Findings run, Transition.Kind kind, Function<Transition, OptionalLong> millis) {
    return read(run.transitions(), all -> first(all, one -> one.kind() == kind, millis));
  }

  /**
   * How long users were watched and still not served: somebody was not in the last fifth of that
   * time. Where the last failure is older than that, too few requests followed to say anything; and
   * where v2 was for listed users only, the others were not to get it.
   */
  private static String neverServed(Findings run, Transition.Kind kind) {
    if (!run.manifest().scenario().settings().forEverybody()) {
      return "";
    }
    return run.transitions().known().stream()
        .flatMap(List::stream)
        .filter(one -> one.kind() == kind)
        .findFirst()
        .filter(one -> one.servedAfterMillis().isEmpty())
        .filter(Measures::unservedToTheEnd)
        .map(one -> Math.round((one.watchedUntilMillis() - one.commandAtMillis()) / 1000.0))
        .map("> %s"::formatted)
        .orElse("");
  }

  private static boolean unservedToTheEnd(Transition way) {
    double watched = way.watchedUntilMillis() - way.commandAtMillis();
    return way.lastUnservedAfterMillis().isPresent()
        && way.lastUnservedAfterMillis().getAsLong() > LAST_FIFTH * watched;
  }

  private static OptionalDouble lastV2Answer(Findings run) {
    return read(
        run.transitions(),
        all ->
            first(
                all, one -> one.kind() != Transition.Kind.ROLLOUT, Transition::lastOldAfterMillis));
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
        .map(found -> OptionalDouble.of(found.getAsLong() / 1000.0))
        .orElse(none());
  }

  private static OptionalDouble fromIntended(Findings run) {
    return read(
        run.latency(),
        l ->
            l.sinceRolloutFromIntended().map(p -> OptionalDouble.of(p.p99Millis())).orElse(none()));
  }

  /** Seconds of the longest outage; 0 without one. */
  static OptionalDouble outage(Findings run) {
    return read(
        run.errors(), e -> seconds(e.longestOutage().map(Span::millis).or(() -> Optional.of(0L))));
  }

  private static Optional<VersionMix.Pass> pass(Findings run) {
    return run.versions().known().flatMap(v -> v.passes().stream().findFirst());
  }

  /** Whether v2 did in the first pass: what nobody saw is not none. */
  private static boolean answered(Findings run) {
    return pass(run).filter(first -> first.exposedRequests().count() > 0).isPresent();
  }

  private static Optional<Feedback> feedback(Findings run) {
    return pass(run)
        .filter(first -> answered(run))
        .map(first -> Feedback.of(run.versions().orThrow()));
  }
}
