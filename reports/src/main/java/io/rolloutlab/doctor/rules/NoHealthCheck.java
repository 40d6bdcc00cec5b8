package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Reached;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Nothing tells Swarm when a task can serve. */
public final class NoHealthCheck implements Rule {
  private static final About ABOUT =
      new About(
          "no-health-check",
          "A service that users reach, or whose update is configured, has no health check "
              + "in the file, or has it switched off.",
          List.of("moby/moby issue 32079", "moby/moby issue 25464"));

  /** Of many apps; with three probes, 2 s apart, no start is given up before it. */
  private static final Duration SLOW_START = Duration.ofSeconds(5);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackHealth health = service.health();
    if (health.isCommand()
        || health.test().is(StackHealth.Test.OF_NO_KIND)
        || !(Reached.byUsers(service) || service.update().given())
        || Replacement.forward(service).slots().isEmpty()) {
      return List.of();
    }
    boolean off = health.test().is(StackHealth.Test.NONE);
    return List.of(
        ABOUT.finding(
            service,
            off ? health.test().place() : health.place(),
            off ? Sureness.CERTAIN : Sureness.LIKELY,
            (off
                    ? "the health check is switched off: "
                    : "there is no health check, unless the image brings its own: ")
                + "a task counts as running when its container starts, so "
                + follows(service),
            "Give it a healthcheck whose test asks the app itself."));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    return service.health().test().is(StackHealth.Test.NONE)
        ? Optional.empty()
        : Optional.of(
            Remedy.set("healthcheck.test", "healthy")
                .and("healthcheck.interval", "2s")
                .shown(Demonstration.of(new AppFault.StartsSlowly(SLOW_START)))
                .onlyWhere("with a test that asks your app: the lab has asked its own"));
  }

  private static String follows(StackService service) {
    int slots = Replacement.forward(service).slots().orElse(1);
    return service.update().isStartFirst()
        ? "start-first stops the old task at that moment, whether the new one listens or not"
        : "1 of %s tasks gets requests that it cannot answer until the app listens"
            .formatted(slots);
  }
}
