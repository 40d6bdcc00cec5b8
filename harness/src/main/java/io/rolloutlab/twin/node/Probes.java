package io.rolloutlab.twin.node;

import io.rolloutlab.scenario.HealthCheck;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.App;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The health check of a task until it is first healthy (moby {@code daemon/health.go}): nothing the
 * app can be told makes it unhealthy later.
 */
public final class Probes {
  private final EventQueue queue;
  private final HealthCheck check;
  private final LongSupplier lengthMicros;
  private final App app;
  private final BooleanSupplier goesOn;
  private final Runnable healthy;
  private final Runnable unhealthy;
  private final long startMicros;
  private int failures;

  /**
   * @param lengthMicros of one run of the command
   * @param goesOn whether the task is still to run
   * @param healthy what follows the first probe that succeeds
   * @param unhealthy what follows too many that fail in a row
   */
  public Probes(
      EventQueue queue,
      HealthCheck check,
      LongSupplier lengthMicros,
      App app,
      BooleanSupplier goesOn,
      Runnable healthy,
      Runnable unhealthy) {
    this.queue = queue;
    this.check = check;
    this.lengthMicros = lengthMicros;
    this.app = app;
    this.goesOn = goesOn;
    this.healthy = healthy;
    this.unhealthy = unhealthy;
    startMicros = queue.nowMicros();
  }

  /** The first probe comes an interval after the start. */
  public void next() {
    queue.after(
        EventQueue.micros(inStartPeriod() ? check.startInterval() : check.interval()), this::ask);
  }

  private boolean inStartPeriod() {
    return queue.nowMicros() - startMicros < EventQueue.micros(check.startPeriod());
  }

  /** The command takes its time; the next interval begins at its end. */
  private void ask() {
    boolean counts = !inStartPeriod();
    queue.after(lengthMicros.getAsLong(), () -> probed(counts));
  }

  /**
   * @param counts whether a failure does: not when the probe began in the start period, though it
   *     may have ended after it (handleProbeResult)
   */
  private void probed(boolean counts) {
    if (!goesOn.getAsBoolean()) {
      return;
    }
    if (app.healthy()) {
      healthy.run();
      return;
    }
    failures += counts ? 1 : 0;
    if (failures < check.retries()) {
      next();
    } else {
      unhealthy.run();
    }
  }
}
