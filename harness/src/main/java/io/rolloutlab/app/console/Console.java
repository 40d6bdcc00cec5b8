package io.rolloutlab.app.console;

import io.rolloutlab.testbed.Traffic;
import io.rolloutlab.trial.Watcher;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people how it goes: one line that redraws itself on a terminal, a plain line now and then
 * elsewhere. The bar counts seconds, done against expected.
 */
public final class Console implements Watcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final ProgressLine line;
  private final ProgressBar bar;
  private final long startedNanos = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "console");
            thread.setDaemon(true);
            return thread;
          });
  private boolean failedBefore;
  private volatile String scenario = "";
  private volatile String phase = "";
  private volatile Supplier<Traffic.Counts> counts = () -> Traffic.Counts.NONE;

  /**
   * @param out standard output
   * @param terminal whether it is one
   * @param expected how long everything will take, as far as it can be known
   */
  public Console(PrintStream out, boolean terminal, Duration expected) {
    line = new ProgressLine(out, terminal);
    bar = line.bar().setInitialMax(expected.toSeconds()).setUnit(" s", 1).build();
    clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** Which scenario is running now. */
  public void scenario(String name) {
    scenario = name;
    counts = () -> Traffic.Counts.NONE;
  }

  @Override
  public void phase(String label) {
    phase = label;
    if (!line.terminal()) {
      note(scenario + ": " + label);
    }
  }

  @Override
  public void note(String text) {
    line.note(text);
  }

  @Override
  public void traffic(Supplier<Traffic.Counts> source) {
    counts = source;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    bar.close();
  }

  /** A look that fails must not end the schedule in silence: it is said once, and time goes on. */
  private void tick() {
    try {
      draw();
    } catch (RuntimeException | Error failed) {
      LOG.warn("the progress line cannot be drawn", failed);
      if (!failedBefore) {
        failedBefore = true;
        note(
            "the progress line is not to be trusted from here on (%s); the run goes on"
                .formatted(failed));
      }
    }
  }

  private void draw() {
    long elapsed = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos);
    if (elapsed > bar.getMax()) {
      bar.maxHint(elapsed);
    }
    bar.stepTo(elapsed);
    bar.setExtraMessage(message());
  }

  private String message() {
    Traffic.Counts now = counts.get();
    return now.sent() == 0
        ? " %s: %s".formatted(scenario, phase)
        : " %s: %s, %s sent, %s failed, v1 %s/s v2 %s/s"
            .formatted(scenario, phase, now.sent(), now.failed(), now.recentV1(), now.recentV2());
  }
}
