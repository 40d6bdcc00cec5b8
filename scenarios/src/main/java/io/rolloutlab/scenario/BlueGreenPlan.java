package io.rolloutlab.scenario;

import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.cluster.Pace;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * @param greenPort where green listens (and publishes under vip); default 5001
 * @param smokeRequests requests that must all be answered by v2, and reach every replica, or 100 of
 *     them where there are more, before the switch; 1 to 10,000, default 40
 * @param keepBlue how long blue is kept after a switch, before the next step; default 15 s
 * @param mirrorFor how long, after the smoke test and before the switch, green gets a copy of every
 *     request, whose answer nobody sees; 1 s to 1 h, default: it gets none
 */
public record BlueGreenPlan(
    Integer greenPort, Integer smokeRequests, Duration keepBlue, Duration mirrorFor)
    implements StrategySettings {
  /** What the name of the second service begins with. */
  public static final String SECOND = "green";

  public BlueGreenPlan {
    greenPort = Check.orElse(greenPort, 5001);
    smokeRequests = Check.orElse(smokeRequests, 40);
    keepBlue = Check.orElse(keepBlue, Duration.ofSeconds(15));
    Check.between("greenPort", greenPort, 1, 65534);
    Check.between("smokeRequests", smokeRequests, 1, 10_000);
    Check.between("keepBlue", keepBlue, Duration.ZERO, Duration.ofHours(1));
    if (mirrorFor != null) {
      Check.between("mirrorFor", mirrorFor, Duration.ofSeconds(1), Duration.ofHours(1));
    }
  }

  @Override
  public Duration expected(Scenario scenario, Pace pace) {
    AppPlan app = scenario.app();
    return app.untilRunning(app.v2()).plus(keepBlue.plus(pace.change()).multipliedBy(3));
  }

  /** The start and the smoke test have a limit each. */
  @Override
  public Duration longest(Scenario scenario) {
    return scenario
        .app()
        .startLimit()
        .multipliedBy(2)
        .plus(Check.orElse(mirrorFor, Duration.ZERO))
        .plus(keepBlue.multipliedBy(3));
  }

  /** There, back, and there again; before that green may get copies. */
  @Override
  public int routeChanges() {
    return mirrorFor == null ? 3 : 4;
  }

  @Override
  public Optional<SecondService> secondService() {
    return Optional.of(new SecondService(SECOND, Map.of(), Map.of("greenPort", greenPort), true));
  }

  @Override
  public OptionalInt smokeTest() {
    return OptionalInt.of(smokeRequests);
  }

  @Override
  public Optional<String> copies() {
    return Optional.ofNullable(mirrorFor)
        .map(length -> "blueGreen.mirrorFor: " + Durations.print(length));
  }

  @Override
  public List<Fault> faults(Scenario scenario) {
    return greenPort.equals(scenario.app().port())
        ? List.of(
            new Fault(
                "blueGreen.greenPort",
                "must differ from app.port, but both are " + greenPort,
                List.of("app.port")))
        : List.of();
  }

  /** A switch is a moment, however long green was mirrored to before it. */
  @Override
  public Map<SettledNumber, String> settles(Scenario scenario) {
    Map<SettledNumber, String> settled = new EnumMap<>(SettledNumber.class);
    if (mirrorFor != null) {
      settled.put(SettledNumber.CHANGE, "blueGreen.mirrorFor " + Durations.print(mirrorFor));
    }
    settled.put(SettledNumber.EXPOSURE, "a switch gives v2 to everybody");
    settled.put(SettledNumber.COST, "blueGreen.keepBlue " + Durations.print(keepBlue));
    return settled;
  }
}
