package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A delay behind which failures are not seen. */
public final class FailuresBehindDelay implements Rule {
  private static final About ABOUT =
      new About(
          "failures-behind-delay",
          "A failure action is given, and the delay between the slots is longer than the "
              + "monitor.",
          List.of(
              "moby/moby issue 37972",
              "moby/swarmkit pull request 3003",
              "seen on a real Swarm: with delay 10 s and monitor 5 s all three slots were broken before the pause"));

  private static final Duration MORE = Duration.ofSeconds(5);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackUpdate update = service.update();
    Optional<Integer> slots = Replacement.forward(service).slots();
    if (!update.isToEndOnFailures()
        || update.delay().value().compareTo(update.monitor().value()) <= 0
        || slots.isEmpty()
        || update.rounds(slots.get()) < 2) {
      return List.of();
    }
    String monitor = Durations.print(update.monitor().value());
    String delay = Durations.print(update.delay().value());
    return List.of(
        ABOUT.finding(
            service,
            update.delay().place(),
            Sureness.CERTAIN,
            ("a v2 that dies between %s and %s after it runs is counted in the last slot only: it has"
                    + " replaced all %s tasks when Swarm sees it, at least %s (%s x %s) after the"
                    + " update began")
                .formatted(
                    monitor,
                    delay,
                    slots.get(),
                    Durations.print(
                        update.delay().value().multipliedBy(update.rounds(slots.get()))),
                    update.rounds(slots.get()),
                    delay),
            "Write monitor: %s or more, longer than the delay."
                .formatted(Durations.print(update.delay().value().plus(MORE)))));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    Duration delay = service.update().delay().value();
    Duration between = service.update().monitor().value().plus(delay).dividedBy(2);
    return Optional.of(
        Remedy.set("deploy.update_config.monitor", Durations.print(delay.plus(MORE)))
            .shown(Demonstration.ofCrash(service, between)));
  }
}
