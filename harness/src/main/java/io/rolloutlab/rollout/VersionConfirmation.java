package io.rolloutlab.rollout;

import io.rolloutlab.history.Event;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.Testbed;
import java.time.Duration;
import java.util.Optional;

/** Asks a service which version it is, after it has served for a while. */
final class VersionConfirmation {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Testbed testbed;
  private final Duration limit;
  private Optional<ServiceSpec> due = Optional.empty();

  VersionConfirmation(Testbed testbed, Patience patience) {
    this.testbed = testbed;
    limit = patience.stretched(WITHIN);
  }

  /** Has this service asked, once, by {@link #askWhoIsDue}. */
  void makeDue(ServiceSpec spec) {
    due = Optional.of(spec);
  }

  /** Asks the service that is due, if any, which none is afterwards. */
  void askWhoIsDue() {
    Optional<ServiceSpec> now = due;
    due = Optional.empty();
    now.ifPresent(this::ask);
  }

  /** Nobody is due any more. */
  void forgetWhoIsDue() {
    due = Optional.empty();
  }

  /** Asks a service now; what it does about the answer is said of {@link Stage#confirmVersion}. */
  void ask(ServiceSpec spec) {
    try {
      testbed
          .timeline()
          .await(
              "%s answers as %s".formatted(spec.name(), spec.version()),
              new VersionProbe(Probe.of(spec, testbed)),
              limit);
    } catch (NotInTimeException never) {
      long now = testbed.timeline().nowMillis();
      testbed
          .recorder()
          .event(new Event.Fault(now, "version not confirmed", never.getMessage(), true));
    }
  }
}
