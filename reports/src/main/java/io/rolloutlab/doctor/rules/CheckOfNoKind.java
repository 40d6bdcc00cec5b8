package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackService;
import java.util.List;

/** A health check that is never asked, while Swarm waits for its answer. */
public final class CheckOfNoKind implements Rule {
  private static final About ABOUT =
      new About(
          "check-of-no-kind",
          "The test of the health check is a list that begins with none of CMD, CMD-SHELL and NONE.",
          List.of(
              "moby daemon/health.go: getProbe",
              "moby daemon/cluster/executor/container/controller.go: Start"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    if (!service.health().test().is(StackHealth.Test.OF_NO_KIND)) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            service.health().test().place(),
            Sureness.LIKELY,
            "docker makes no probe of such a test, and Swarm waits for a good one: a new task never"
                + " runs, gets no request, and an update stands still",
            "Begin the list with CMD, or write the test as one text."));
  }
}
