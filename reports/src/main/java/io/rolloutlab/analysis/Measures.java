package io.rolloutlab.analysis;

import io.rolloutlab.analysis.Comparison.Best;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** What runs are compared by, each as a number of one run. */
final class Measures {
  private Measures() {}

  /** A measure and how it is read from findings. */
  record Reading(Comparison.Measure measure, Function<Findings, OptionalDouble> from) {
    OptionalDouble of(Findings findings) {
      return from.apply(findings);
    }
  }

  static final List<Reading> ALL =
      List.of(
          new Reading(
              measure("requests", "Requests", "", 0, Best.NONE)
                  .how("Requests the load process sent in the whole run"),
              run -> read(run.reconciliation(), r -> OptionalDouble.of(r.sent()))),
          new Reading(
              measure("errorPercent", "Failed requests", "%", 3, Best.LOWEST)
                  .how("Failed over all requests sent since x = 0, silent resends count as failed"),
              run ->
                  read(
                      run.errors().map(Errors::sinceRollout),
                      s -> s.total() == 0 ? none() : OptionalDouble.of(s.share() * 100))),
          new Reading(
              measure("usersHurtPercent", "Users with a failure", "%", 1, Best.LOWEST)
                  .how("Users with a failed request since x = 0, over all users"),
              run ->
                  read(
                      run.harm().map(Harm::users),
                      s -> s.total() == 0 ? none() : OptionalDouble.of(s.share() * 100))),
          new Reading(
              measure("longestOutageSeconds", "Longest outage", "s", 2, Best.LOWEST)
                  .how("Longest time since x = 0 with no success though requests were made"),
              run ->
                  read(
                      run.errors(),
                      e -> seconds(e.longestOutage().map(Span::millis).or(() -> Optional.of(0L))))),
          new Reading(
              measure("p50Millis", "Latency p50", "ms", 0, Best.LOWEST)
                  .how("Of successful requests since x = 0, from sending to the end of the answer"),
              run -> latency(run, Percentiles::p50Millis)),
          new Reading(
              measure("p95Millis", "Latency p95", "ms", 0, Best.LOWEST).how("As p50"),
              run -> latency(run, Percentiles::p95Millis)),
          new Reading(
              measure("p99Millis", "Latency p99", "ms", 0, Best.LOWEST).how("As p50"),
              run -> latency(run, Percentiles::p99Millis)),
          new Reading(
              measure("p99IntendedMillis", "Latency p99 as intended", "ms", 0, Best.NONE)
                  .how("As p99, from when the arrival rate wanted the request sent"),
              run ->
                  read(
                      run.latency(),
                      l ->
                          l.sinceRolloutFromIntended()
                              .map(p -> OptionalDouble.of(p.p99Millis()))
                              .orElse(none()))),
          new Reading(
              measure("rolloutSeconds", "Rollout until served", "s", 2, Best.LOWEST)
                  .how(
                      "First rollout: command to the moment from which on, until the next command,"
                          + " every request was answered well and by v2"),
              run -> duration(run, Transition.Kind.ROLLOUT, Transition::servedAfterMillis)),
          new Reading(
              measure("lastV1AnswerSeconds", "Last v1 answer after", "s", 2, Best.NONE)
                  .how(
                      "First rollout: command to the last v1 answer, whether or not anybody was"
                          + " answered after it"),
              run -> duration(run, Transition.Kind.ROLLOUT, Transition::lastOldAfterMillis)),
          new Reading(
              measure("abortSeconds", "Abort until served", "s", 2, Best.LOWEST)
                  .how(
                      "First way back from where v2 had not yet everybody: command to the moment from"
                          + " which on every request was answered well and by v1"),
              run -> duration(run, Transition.Kind.ABORT, Transition::servedAfterMillis)),
          new Reading(
              measure("rollbackSeconds", "Rollback until served", "s", 2, Best.LOWEST)
                  .how(
                      "First way back from where v2 had everybody: command to the moment from which"
                          + " on every request was answered well and by v1"),
              run -> duration(run, Transition.Kind.ROLLBACK, Transition::servedAfterMillis)),
          new Reading(
              measure("lastV2AnswerSeconds", "Last v2 answer after", "s", 2, Best.NONE)
                  .how(
                      "First abort or rollback: command to the last v2 answer, whether or not anybody"
                          + " was answered after it"),
              Measures::lastV2Answer),
          new Reading(
              measure("mixedSeconds", "Mixed versions", "s", 2, Best.LOWEST)
                  .how("First v2 answer to last v1 answer of the first rollout; 0 when clean"),
              run ->
                  v2Answered(run)
                      ? read(
                          run.versions(),
                          v -> seconds(v.mixedWindow().map(Span::millis).or(() -> Optional.of(0L))))
                      : none()),
          new Reading(
              measure("sawV1AgainPercent", "Users back on v1", "%", 1, Best.LOWEST)
                  .how("Users answered by v1 after v2 in the first pass, over those that got v2"),
              run -> pass(run, VersionMix.Pass::sawV1Again)),
          new Reading(
              measure("exposedUsersPercent", "Users exposed at first", "%", 1, Best.LOWEST)
                  .how(
                      "Users that got v2 in the first %s s after its first answer"
                          .formatted(Feedback.SECONDS)),
              run -> feedback(run, Feedback::users)),
          new Reading(
              measure("exposedRequestsPercent", "Requests exposed at first", "%", 1, Best.LOWEST)
                  .how(
                      "Share of v2 in all answers of the first %s s after its first answer"
                          .formatted(Feedback.SECONDS)),
              run -> feedback(run, Feedback::requests)),
          new Reading(
              measure("peakTasks", "Peak tasks", "tasks", 0, Best.LOWEST)
                  .how("Most app tasks running at once since x = 0"),
              run -> read(run.tasks(), t -> OptionalDouble.of(t.peak()))),
          new Reading(
              measure("tasksKilled", "Tasks killed", "tasks", 0, Best.NONE)
                  .how("App tasks that had to be killed since their grace to stop was over"),
              run -> read(run.tasks(), t -> OptionalDouble.of(t.killed().total()))),
          new Reading(
              measure("replicaSecondsRatio", "Replica-seconds", "×", 2, Best.LOWEST)
                  .how("Task-seconds of the app since x = 0 over replicas × that time"),
              run -> read(run.tasks(), t -> OptionalDouble.of(t.replicaSecondsRatio()))),
          new Reading(
              measure("memoryPeakRatio", "Peak memory", "×", 2, Best.LOWEST)
                  .how("Peak memory of all app tasks over their mean in the warm-up of the run"),
              run -> read(run.resources(), Resources::memoryPeakRatio)),
          new Reading(
              measure("cpuSecondsAboveWarmUp", "Extra CPU", "s", 1, Best.LOWEST)
                  .how(
                      "CPU seconds of app tasks since x = 0 minus the warm-up's level × that time"),
              run -> read(run.resources(), r -> r.app().cpuSecondsAboveWarmUp())),
          new Reading(
              measure("memoryGigabyteSecondsAboveWarmUp", "Extra memory", "GB·s", 2, Best.LOWEST)
                  .how("Memory of app tasks over the time since x = 0, minus the warm-up's level"),
              run -> read(run.resources(), r -> r.app().memoryGigabyteSecondsAboveWarmUp())));

  private record Unexplained(String key, String label, String unit, int decimals, Best best) {
    Comparison.Measure how(String measured) {
      return new Comparison.Measure(key, label, unit, decimals, measured, best);
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

  /** In the first pass; what was never seen has no number, not even 0. */
  private static boolean v2Answered(Findings run) {
    return run.versions()
        .known()
        .filter(v -> !v.passes().isEmpty())
        .filter(v -> v.passes().get(0).exposedRequests().count() > 0)
        .isPresent();
  }

  private static OptionalDouble pass(Findings run, Function<VersionMix.Pass, Share> share) {
    return v2Answered(run)
        ? read(run.versions(), v -> OptionalDouble.of(share.apply(v.passes().get(0)).share() * 100))
        : none();
  }

  private static OptionalDouble feedback(Findings run, Function<Feedback, Share> share) {
    return v2Answered(run)
        ? read(run.versions(), v -> OptionalDouble.of(share.apply(Feedback.of(v)).share() * 100))
        : none();
  }
}
