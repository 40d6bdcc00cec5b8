package io.rolloutlab.twin.node;

import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.model.App;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The health check of a task (moby {@code daemon/health.go}). It runs for as long as its container
 * does: what is healthy can fall ill later, by as many failures in a row.
 */
public final class Probes {
  private final EventQueue queue;
  private final HealthCheck check;
  private final Consumer<Runnable> command;
  private final App app;
  private final BooleanSupplier goesOn;
  private final Runnable healthy;
  private final Runnable unhealthy;
  private final long startMicros;
  private boolean known;
  private boolean wasHealthy;
  private int failures;

  /**
   * @param command runs the check's command, then what it is given
   * @param goesOn whether the task is still to run
   * @param healthy what follows the first probe that succeeds
   * @param unhealthy what follows too many that fail in a row
   */
  public Probes(
      EventQueue queue,
      HealthCheck check,
      Consumer<Runnable> command,
      App app,
      BooleanSupplier goesOn,
      Runnable healthy,
      Runnable unhealthy) {
    this.queue = queue;
    this.check = check;
    this.command = command;
    this.app = app;
    this.goesOn = goesOn;
    this.healthy = healthy;
    this.unhealthy = unhealthy;
    startMicros = queue.nowMicros();
  }

  /** The first probe comes an interval after the start. */
  public void next() {
    queue.after(
        EventQueue.micros(!known && inStartPeriod() ? check.startInterval() : check.interval()),
        this::ask);
  }

  private boolean inStartPeriod() {
    return queue.nowMicros() - startMicros < EventQueue.micros(check.startPeriod());
  }

  /** The command takes its time; the next interval begins at its end. */
  private void ask() {
    if (!app.ended()) {
      boolean counts = !inStartPeriod();
      command.accept(() -> probed(counts));
    }
  }

  /**
   * @param counts whether a failure does before it was ever healthy: not when the probe began in
   *     the start period, though it may have ended after it (handleProbeResult)
   */
  private void probed(boolean counts) {
    boolean well = app.probe();
    if (goesOn.getAsBoolean()) {
      if (well) {
        succeeded();
      } else if (wasHealthy || counts) {
        failed();
      }
    }
    next();
  }

  private void succeeded() {
    failures = 0;
    known = true;
    if (!wasHealthy) {
      wasHealthy = true;
      healthy.run();
    }
  }

  private void failed() {
    failures++;
    if (failures == check.retries()) {
      known = true;
      unhealthy.run();
    }
  }
}
