package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackService;
import java.util.List;

/** A start period of a check that is not there. */
public final class StartPeriodAlone implements Rule {
  private static final About ABOUT =
      new About(
          "start-period-alone",
          "A start period is given, and no command to ask, or the check is switched off.",
          List.of("moby daemon/health.go", "moby/swarmkit issue 3142"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackHealth health = service.health();
    if (health.isCommand()
        || health.test().is(StackHealth.Test.OF_NO_KIND)
        || !health.startPeriod().given()) {
      return List.of();
    }
    boolean off = health.test().is(StackHealth.Test.NONE);
    return List.of(
        ABOUT.finding(
            service,
            health.startPeriod().place(),
            off ? Sureness.CERTAIN : Sureness.LIKELY,
            "the start period of %s spares nothing: %s, and a task counts as running at once"
                .formatted(
                    Durations.print(health.startPeriod().value()),
                    off
                        ? "the check is switched off"
                        : "the file names no test, unless the image brings a check of its own"),
            "Give the healthcheck a test."));
  }
}
