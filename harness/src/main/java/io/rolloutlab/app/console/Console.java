package io.rolloutlab.app.console;

import io.rolloutlab.testbed.Traffic;
import io.rolloutlab.trial.Watcher;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people how it goes: one line that redraws itself on a terminal, a plain line now and then
 * elsewhere. The bar counts seconds, done against expected, of all runs together; beside it stands
 * where those are that are being made.
 */
public final class Console implements AutoCloseable {
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
  private final List<Run> going = new CopyOnWriteArrayList<>();
  private boolean failedBefore;

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

  /**
   * A run begins; it is shown until it is closed.
   *
   * @param name of its scenario
   */
  public Run run(String name) {
    Run run = new Run(name);
    going.add(run);
    return run;
  }

  /** Writes a line of its own. */
  public void note(String text) {
    line.note(text);
  }

  /** How one of the runs goes. */
  public final class Run implements Watcher, AutoCloseable {
    private final String name;
    private volatile String phase = "";
    private volatile Supplier<Traffic.Counts> counts = () -> Traffic.Counts.NONE;

    private Run(String name) {
      this.name = name;
    }

    @Override
    public void phase(String label) {
      phase = label;
      if (!line.terminal()) {
        Console.this.note(name + ": " + label);
      }
    }

    /** Where several go on, the line says of which it is. */
    @Override
    public void note(String text) {
      Console.this.note(going.size() > 1 ? name + ": " + text : text);
    }

    @Override
    public void traffic(Supplier<Traffic.Counts> source) {
      counts = source;
    }

    @Override
    public void close() {
      going.remove(this);
    }

    private String inWords() {
      Traffic.Counts now = counts.get();
      return now.sent() == 0
          ? "%s: %s".formatted(name, phase)
          : "%s: %s, %s sent, %s failed".formatted(name, phase, now.sent(), now.failed());
    }

    private String versions() {
      Traffic.Counts now = counts.get();
      return now.sent() == 0 ? "" : ", v1 %s/s v2 %s/s".formatted(now.recentV1(), now.recentV2());
    }
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

  /** The versions only where one run has the line for itself. */
  private String message() {
    List<Run> now = List.copyOf(going);
    return now.stream().map(Run::inWords).collect(Collectors.joining(" | ", " ", ""))
        + (now.size() == 1 ? now.get(0).versions() : "");
  }
}
