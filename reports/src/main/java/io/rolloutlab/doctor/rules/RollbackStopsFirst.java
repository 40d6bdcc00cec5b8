package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import java.util.List;
import java.util.Optional;

/** A way back that is another one than the way there. */
public final class RollbackStopsFirst implements Rule {
  private static final About ABOUT =
      new About(
          "rollback-stops-first",
          "The update is start-first, and nothing says so of the rollback, which is "
              + "stop-first by default.",
          List.of("swarmkit api/defaults/service.go", "phaniamt/docker-swarm compose file"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    Replacement back = Replacement.back(service);
    if (!service.update().isStartFirst()
        || service.rollback().order().given()
        || back.stopsAllOfSeveral()
        || back.slots().isEmpty()
        || service.hostPort().isPresent()) {
      return List.of();
    }
    int slots = back.slots().get();
    int atOnce = service.rollback().atOnce(slots);
    return List.of(
        ABOUT.finding(
            service,
            service.rollback().given()
                ? service.rollback().place()
                : service.update().order().place(),
            Sureness.CERTAIN,
            "the update starts new tasks first, but a rollback stops first, which is the default: on"
                + " the way back %s of %s tasks serve for %s"
                    .formatted(slots - atOnce, slots, Replacement.until(service)),
            "Write rollback_config: {order: start-first}."));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    return Optional.of(
        Remedy.set("deploy.rollback_config.order", "start-first")
            .shown(Demonstration.ofRollback())
            .besideTheOld(service));
  }
}
