package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackFailureAction;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUpdate;
import java.util.List;
import java.util.Optional;

/** A bad update that stays where it was. */
public final class PauseLeavesMix implements Rule {
  private static final About ABOUT =
      new About(
          "pause-leaves-mix",
          "An update of several rounds is configured, and its failure action is pause, "
              + "which is the default.",
          List.of("moby/moby issue 35498", "swarmkit manager/orchestrator/update/updater.go"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackUpdate update = service.update();
    Optional<Integer> slots = Replacement.forward(service).slots();
    if (!update.given()
        || !update.failureAction().is(StackFailureAction.PAUSE)
        || update.maxFailureRatio().value() >= 1
        || slots.isEmpty()
        || update.rounds(slots.get()) < 2) {
      return List.of();
    }
    int taken = update.atOnce(slots.get());
    return List.of(
        ABOUT.finding(
            service,
            update.failureAction().place(),
            Sureness.CERTAIN,
            ("when the first new task fails, Swarm pauses and waits for somebody: v2 has %s of %s"
                    + " slots, v1 the other %s, and it stays so%s")
                .formatted(
                    taken,
                    slots.get(),
                    slots.get() - taken,
                    service.rollback().given()
                        ? "; the rollback_config is not used by itself"
                        : ""),
            "Write failure_action: rollback, with a monitor that sees how the app fails."));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    return Optional.of(
        Remedy.set("deploy.update_config.failure_action", "rollback")
            .shown(
                Demonstration.ofCrash(service, service.update().monitor().value().dividedBy(2))));
  }
}
