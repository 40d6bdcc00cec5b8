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
import io.rolloutlab.stack.StackFailureAction;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An automatic rollback that looks away too soon. */
public final class MonitorTooShort implements Rule {
  private static final About ABOUT =
      new About(
          "monitor-too-short",
          "A failure action is given, and the monitor ends before a task that turns bad "
              + "can show it.",
          List.of(
              "moby/moby issue 37972",
              "swarmcli issues 475 to 495, settled on a real Swarm: healthy, then crashing 9 s later, was not counted",
              "swarmkit manager/orchestrator/update/updater.go"));

  /** Who waits as long has thought of how his app fails. */
  private static final Duration SHORT = Duration.ofSeconds(15);

  private static final Duration SLACK = Duration.ofSeconds(5);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackUpdate update = service.update();
    if (!update.isToEndOnFailures() || Replacement.forward(service).slots().isEmpty()) {
      return List.of();
    }
    return service.health().isCommand() ? withCheck(service) : without(service);
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    StackUpdate update = service.update();
    StackHealth health = service.health();
    Duration monitor =
        health.isCommand()
            ? health.patience().plus(health.timeout().value())
            : longer(SHORT, update.delay().value().plus(SLACK));
    Demonstration dies =
        Demonstration.ofCrash(service, update.monitor().value().plus(SLACK.dividedBy(2)));
    boolean back = update.failureAction().is(StackFailureAction.ROLLBACK);
    return Optional.of(
        Remedy.set("deploy.update_config.monitor", Durations.print(monitor))
            .shown(back ? dies : dies.gaining(Demonstration.Gain.NOTICED)));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static List<Finding> withCheck(StackService service) {
    StackHealth health = service.health();
    Duration monitor = service.update().monitor().value();
    if (monitor.compareTo(health.patience()) >= 0) {
      return List.of();
    }
    Duration enough = health.patience().plus(health.timeout().value());
    return List.of(
        ABOUT.finding(
            service,
            service.update().monitor().place(),
            Sureness.CERTAIN,
            ("a new task that turns bad after its first good probe is found by the health check %s"
                    + " later (%s x %s), but counts as failed only within %s of that probe: such a v2"
                    + " is no reason to %s")
                .formatted(
                    Durations.print(health.patience()),
                    health.retries().value(),
                    Durations.print(health.interval().value()),
                    Durations.print(monitor),
                    word(service)),
            "Write monitor: %s (%s x %s + %s timeout) or more, or let the check ask more often."
                .formatted(
                    Durations.print(enough),
                    health.retries().value(),
                    Durations.print(health.interval().value()),
                    Durations.print(health.timeout().value()))));
  }

  private static List<Finding> without(StackService service) {
    Duration monitor = service.update().monitor().value();
    if (monitor.compareTo(SHORT) >= 0) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            service.update().monitor().place(),
            Sureness.LIKELY,
            ("without a health check a new task counts as failed only if it ends within %s of its"
                    + " container's start: an app that gives up later, or that runs and answers"
                    + " nothing, is no reason to %s")
                .formatted(Durations.print(monitor), word(service)),
            "Give it a healthcheck, and a monitor longer than the app takes to fail."));
  }

  private static String word(StackService service) {
    return service.update().failureAction().is(StackFailureAction.ROLLBACK) ? "roll back" : "pause";
  }
}
