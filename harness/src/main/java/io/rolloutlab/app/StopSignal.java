package io.rolloutlab.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the main thread is told to end its run, and given the time to take everything
 * down before the JVM ends. Where the system property {@code lab.stopWithParent} is true, the end
 * of the parent process counts as a signal too: who started the lab (Maven) may be killed without a
 * chance to pass one on.
 */
final class StopSignal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean asked;

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::beforeTheEnd, "stop-signal"));
    if (Boolean.getBoolean("lab.stopWithParent")) {
      ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(this::ask));
    }
  }

  /** Whether somebody asked to stop. */
  boolean asked() {
    return asked;
  }

  /** Everything is taken down: the JVM may end. */
  @Override
  public void close() {
    finished.countDown();
  }

  private synchronized void ask() {
    if (!asked) {
      asked = true;
      System.out.println("\nstopping: taking everything down, keeping what was recorded ...");
    }
  }

  /** Runs when the JVM is about to end, be it by a signal or because all is done. */
  private void beforeTheEnd() {
    if (finished.getCount() == 0) {
      return;
    }
    ask();
    try {
      if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.out.println("not everything was taken down in time; the next run sweeps the rest");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
