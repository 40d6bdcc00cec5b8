package io.rolloutlab.app.console;

import io.rolloutlab.scenario.check.Durations;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the main thread is told to end its run, and given the time to take everything
 * down before the JVM ends. Where the system property {@code lab.stopWithParent} is true, the end
 * of the parent process counts as a signal too: who started the lab (Maven) may be killed without a
 * chance to pass one on.
 */
public final class StopSignal implements AutoCloseable {
  /**
   * What an orderly end may usually take beside the requests in flight and the edge's lines about
   * them: a node that is starting is waited for (90 s) and then the nodes for each other (60 s),
   * where no stop is seen; Gatling winds up (15 s), the nodes go (some seconds).
   */
  public static final Duration ORDERLY_END = Duration.ofMinutes(3);

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Duration patience;
  private volatile boolean asked;

  /**
   * @param lastRequests how long the requests in flight may take to end and to be logged, which is
   *     waited for
   */
  public StopSignal(Duration lastRequests) {
    patience = ORDERLY_END.plus(lastRequests);
    Runtime.getRuntime().addShutdownHook(new Thread(this::beforeTheEnd, "stop-signal"));
    if (Boolean.getBoolean("lab.stopWithParent")) {
      ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(this::orphaned));
    }
  }

  /** Whether somebody asked to stop. */
  public boolean asked() {
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
      System.out.println(
          "\nstopping: taking everything down, keeping what was recorded ..."
              + (Boolean.getBoolean("lab.stopWithParent")
                  ? " The lab ends after Maven; its log says how."
                  : ""));
    }
  }

  /**
   * Maven is gone, and with it who would read: the terminal belongs to the shell's prompt again.
   */
  private void orphaned() {
    ask();
    Quiet.fromNowOn();
  }

  /** Runs when the JVM is about to end, be it by a signal or because all is done. */
  private void beforeTheEnd() {
    if (finished.getCount() == 0) {
      return;
    }
    ask();
    try {
      if (!finished.await(patience.toSeconds(), TimeUnit.SECONDS)) {
        System.out.printf(
            "not everything was taken down within %s; the next run sweeps the rest%n",
            Durations.print(patience));
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
