package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Reached;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every round of an update waits for a health check that asks seldom. */
public final class LateFirstProbe implements Rule {
  private static final About ABOUT =
      new About(
          "late-first-probe",
          "The first probe of the health check comes 15 s or more after the start of a " + "task.",
          List.of("moby/moby issue 35126", "moby/moby issue 33410", "moby/swarmkit issue 3142"));

  /** Docker's default is twice as much. */
  private static final Duration LATE = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofSeconds(5);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    Replacement way = Replacement.forward(service);
    StackHealth health = service.health();
    if (!health.isCommand()
        || health.firstProbe().compareTo(LATE) < 0
        || way.slots().isEmpty()
        || !(Reached.byUsers(service) || service.update().given())) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            byStartInterval(health) ? health.startInterval().place() : health.interval().place(),
            health.earliestProbe().equals(health.firstProbe()) ? Sureness.CERTAIN : Sureness.LIKELY,
            sentence(way, way.slots().get()),
            byStartInterval(health)
                ? "Shorten start_interval."
                : "Shorten interval, with more retries, or write start_interval: 1s with a"
                    + " start_period (engine 25 or newer, file version 3.12 or none)."));
  }

  /** Whether the first probe waits for that, and not for the interval. */
  private static boolean byStartInterval(StackHealth health) {
    return health.startInterval().given() && !health.startPeriod().value().isZero();
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    StackHealth health = service.health();
    String soon = Durations.print(SOON);
    // Who is asked more often must not be given up sooner: an app may need all of that to start.
    long retries = (health.patience().toMillis() + SOON.toMillis() - 1) / SOON.toMillis();
    Remedy remedy =
        byStartInterval(health)
            ? Remedy.set("healthcheck.start_interval", soon)
            : Remedy.set("healthcheck.interval", soon)
                .and("healthcheck.retries", String.valueOf(retries));
    return Optional.of(remedy.shown(Demonstration.ofUpdate().gaining(Demonstration.Gain.SOONER)));
  }

  private static String sentence(Replacement way, int slots) {
    String probe = Durations.print(way.service().health().firstProbe());
    String delay = Durations.print(way.config().delay().value());
    int rounds = way.config().rounds(slots);
    return ("a new task is not running before its first good probe, %s after its start, however fast"
            + " the app is: the update takes at least %s (%s of %s + %s delay)")
        .formatted(
            probe,
            Durations.print(way.atLeast(slots)),
            rounds == 1 ? "one round" : rounds + " rounds",
            probe,
            delay);
  }
}
