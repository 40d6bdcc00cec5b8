package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A monitor that is believed to keep v1. */
public final class MonitorIsNoBakeTime implements Rule {
  private static final About ABOUT =
      new About(
          "monitor-is-no-bake-time",
          "Under start-first all of v1 has been told to stop before a long monitor of the "
              + "first new task is over.",
          List.of(
              "bio-xyz/BioAgents stack file: v2 died at 21.6 s, no v1 was left from 10.3 s on (simulated)",
              "swarmkit manager/orchestrator/update/updater.go"));

  private static final Duration LONG = Duration.ofSeconds(20);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackUpdate update = service.update();
    Optional<Integer> slots = Replacement.forward(service).slots();
    if (!update.isStartFirst()
        || !update.monitor().given()
        || update.monitor().value().compareTo(LONG) < 0
        || slots.isEmpty()) {
      return List.of();
    }
    int pauses = update.rounds(slots.get()) - 1;
    Duration gone = update.delay().value().multipliedBy(pauses);
    if (gone.compareTo(update.monitor().value()) >= 0) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            update.monitor().place(),
            Sureness.LIKELY,
            ("an old task is told to stop the moment its successor runs, not after the monitor of %s:"
                    + " with %s pauses of %s between the slots no v1 need be left when a v2 fails"
                    + " within it")
                .formatted(
                    Durations.print(update.monitor().value()),
                    pauses,
                    Durations.print(update.delay().value())),
            "Keep v1 by a smaller parallelism and a delay as long as you want to look."));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    Duration monitor = service.update().monitor().value();
    return Replacement.forward(service).slots().orElse(1) < 2
        ? Optional.empty()
        : Optional.of(
            Remedy.set("deploy.update_config.parallelism", "1")
                .and("deploy.update_config.delay", Durations.print(monitor))
                .shown(Demonstration.ofCrash(service, monitor.dividedBy(2)))
                .onlyWhere(
                    "where the update may last longer by %s a task"
                        .formatted(Durations.print(monitor))));
  }
}
