package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackRestart;
import io.rolloutlab.stack.StackService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A slot that is given up. */
public final class RestartsRunOut implements Rule {
  private static final About ABOUT =
      new About(
          "restarts-run-out",
          "The restart policy has max_attempts, and that many restarts fit into its window.",
          List.of("swarmkit manager/orchestrator/restart/restart.go"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackRestart restart = service.restart();
    int attempts = restart.maxAttempts().value();
    Duration soonest = restart.delay().value().multipliedBy(attempts);
    Duration window = restart.window().value();
    boolean ever = window.isZero();
    if (attempts == 0
        || restart.condition().is(StackRestart.Condition.NONE)
        || !ever && soonest.compareTo(window) >= 0) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            restart.maxAttempts().place(),
            Sureness.CERTAIN,
            ("after %s restarts %s a slot is given up and stays empty until the next update: tasks"
                    + " that fail at once, since a database is away for example, are gone for good"
                    + " after some %s (%s x %s delay)")
                .formatted(
                    attempts,
                    ever ? "since the last update" : "within " + Durations.print(window),
                    Durations.print(soonest),
                    attempts,
                    Durations.print(restart.delay().value())),
            "Remove max_attempts: Swarm then tries again for ever, delay by delay."));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    return Optional.of(Remedy.set("deploy.restart_policy.max_attempts", "0"));
  }
}
