package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.ImageName;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A health check that kills what is still starting. */
public final class CheckBeforeStart implements Rule {
  private static final About ABOUT =
      new About(
          "check-before-start",
          "A task that has not yet answered is unhealthy, and killed, less than 10 s after "
              + "its start; of images known to start slowly, less than 30 s.",
          List.of("docker/classicswarm issue 2708", "moby daemon/health.go"));

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration SLOW_START = Duration.ofSeconds(30);

  /** Failures that do not count cost nothing: a task that answers runs at its first good probe. */
  private static final Duration ENOUGH = Duration.ofMinutes(2);

  /** Programs on the JVM for the greater part, and others that look at their data first. */
  private static final Pattern SLOW =
      Pattern.compile(
          "jenkins|keycloak|elasticsearch|opensearch|kibana|logstash|sonarqube|nexus|gitlab|kafka"
              + "|cassandra|neo4j|solr|graylog|spring");

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    StackHealth health = service.health();
    Duration time = health.startPeriod().value().plus(health.patience());
    String base = new ImageName(service.image().value()).base();
    boolean slow = SLOW.matcher(base).find();
    if (!health.isCommand() || time.compareTo(slow ? SLOW_START : SOON) >= 0) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            health.startPeriod().given() ? health.startPeriod().place() : health.interval().place(),
            Sureness.POSSIBLE,
            ("an app that needs more than some %s to start (start period %s + %s probes, %s apart) is"
                    + " killed as unhealthy before it has started, again and again%s")
                .formatted(
                    Durations.print(time),
                    Durations.print(health.startPeriod().value()),
                    health.retries().value(),
                    Durations.print(health.interval().value()),
                    slow ? "; %s often needs as long".formatted(base) : ""),
            "Give it a start_period that is longer than its slowest start."));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    StackHealth health = service.health();
    Duration killed = health.startPeriod().value().plus(health.patience());
    return Optional.of(
        Remedy.set("healthcheck.start_period", Durations.print(ENOUGH))
            .shown(
                Demonstration.of(new AppFault.StartsSlowly(killed.plus(SOON)))
                    .gaining(Demonstration.Gain.COMPLETES)));
  }
}
