package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Stopped;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import java.util.List;
import java.util.Optional;

/** A way back that leaves nobody. */
public final class RollbackAllAtOnce implements Rule {
  private static final About ABOUT =
      new About(
          "rollback-all-at-once",
          "The parallelism of a rollback is 0, or at least the number of replicas, under "
              + "stop-first.",
          List.of(
              "phaniamt/docker-swarm compose file: 31.6 s without any answer, measured on a real Swarm",
              "swarmkit manager/orchestrator/update/updater.go"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    Replacement way = Replacement.back(service);
    return way.stopsAllOfSeveral() ? List.of(Stopped.found(ABOUT, way)) : List.of();
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    return Optional.of(
        Remedy.set("deploy.rollback_config.parallelism", "1").shown(Demonstration.ofRollback()));
  }
}
