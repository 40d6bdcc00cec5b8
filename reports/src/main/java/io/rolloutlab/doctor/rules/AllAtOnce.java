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

/** An update that is none: all tasks are stopped at once. */
public final class AllAtOnce implements Rule {
  private static final About ABOUT =
      new About(
          "all-at-once",
          "The parallelism of an update is 0, or at least the number of replicas, under "
              + "stop-first.",
          List.of(
              "dockersamples/example-voting-app issue 203",
              "swarmkit manager/orchestrator/update/updater.go"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    Replacement way = Replacement.forward(service);
    return way.stopsAllOfSeveral() ? List.of(Stopped.found(ABOUT, way)) : List.of();
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    return Optional.of(
        Remedy.set("deploy.update_config.parallelism", "1").shown(Demonstration.ofUpdate()));
  }
}
