package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import java.time.Duration;
import java.util.List;

/** A grace that stop-first does not wait for. */
public final class GraceOverMinute implements Rule {
  private static final About ABOUT =
      new About(
          "grace-over-minute",
          "The stop grace period is over 60 s, and tasks are replaced stop-first.",
          List.of(
              "moby/moby issue 36111",
              "moby/swarmkit issue 3274",
              "swarmkit manager/orchestrator/update/updater.go"));

  /** Of swarmkit's restart supervisor: how long it waits for an old task. */
  private static final Duration WAITED = Duration.ofSeconds(60);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    Duration grace = service.stop().grace().value();
    if (service.update().isStartFirst()
        || grace.compareTo(WAITED) <= 0
        || Replacement.forward(service).slots().isEmpty()) {
      return List.of();
    }
    String rest = Durations.print(grace.minus(WAITED));
    return List.of(
        ABOUT.finding(
            service,
            service.stop().grace().place(),
            Sureness.LIKELY,
            ("stop-first waits 1m for a task to end, not %s: one that uses its grace runs beside its"
                    + " successor for up to %s (%s - 1m)%s")
                .formatted(
                    Durations.print(grace),
                    rest,
                    Durations.print(grace),
                    service.hostPort().isPresent()
                        ? ", which needs the same port of the node"
                        : ""),
            "Let the app end within 60s, or write order: start-first where two tasks may overlap."));
  }
}
