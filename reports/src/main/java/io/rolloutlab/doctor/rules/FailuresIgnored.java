package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackFailureAction;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An update that goes on whatever happens. */
public final class FailuresIgnored implements Rule {
  private static final About ABOUT =
      new About(
          "failures-ignored",
          "The failure action is continue, or all tasks may fail.",
          List.of(
              "swarmkit manager/orchestrator/update/updater.go",
              "swarmkit manager/orchestrator/replicated/services.go",
              "seen on a real Swarm: completed, then 33.6 s without any answer"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackUpdate update = service.update();
    boolean goesOn = update.failureAction().is(StackFailureAction.CONTINUE);
    Optional<Integer> slots = Replacement.forward(service).slots();
    if (!(goesOn || update.maxFailureRatio().value() >= 1) || slots.isEmpty()) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            goesOn ? update.failureAction().place() : update.maxFailureRatio().place(),
            Sureness.CERTAIN,
            ("no failure ends the update: a v2 that never runs takes all of the %s%s, and 0 of %s tasks"
                    + " serve until somebody acts")
                .formatted(
                    slots.get() == 1 ? "one slot" : slots.get() + " slots",
                    update.isStartFirst()
                        ? "; what start-first has kept of v1 is stopped when the update is completed"
                        : "",
                    slots.get()),
            goesOn
                ? "Write failure_action: rollback."
                : "Write max_failure_ratio: 0, or a share that you can lose."));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    Remedy remedy =
        service.update().failureAction().is(StackFailureAction.CONTINUE)
            ? Remedy.set("deploy.update_config.failure_action", "rollback")
            : Remedy.set("deploy.update_config.max_failure_ratio", "0.1");
    return Optional.of(remedy.shown(Demonstration.of(new AppFault.CrashesAtStart(Duration.ZERO))));
  }
}
