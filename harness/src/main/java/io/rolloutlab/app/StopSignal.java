package io.rolloutlab.app;

import java.time.Duration;

/**
 * Ctrl-C and SIGTERM: the main thread is told to end its run, and given the time to take everything
 * down before the JVM ends.
 */
final class StopSignal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Thread main = Thread.currentThread();
  private volatile boolean asked;
  private volatile boolean done;
  private final Thread hook = new Thread(this::stop, "stop-signal");

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether somebody asked to stop. */
  boolean asked() {
    return asked;
  }

  /** The main thread has ended its work. */
  @Override
  public void close() {
    done = true;
    if (!asked) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void stop() {
    asked = true;
    System.out.println("\nstopping: taking everything down, keeping what was recorded ...");
    try {
      main.join(PATIENCE.toMillis());
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    if (!done) {
      System.out.println("not everything was taken down in time; the next run sweeps the rest");
    }
  }
}
