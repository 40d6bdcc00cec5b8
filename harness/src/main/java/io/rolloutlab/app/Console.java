package io.rolloutlab.app;

import io.rolloutlab.testbed.Traffic;
import io.rolloutlab.trial.Watcher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Tells people how it goes: one line that redraws itself on a terminal, a plain line now and then
 * elsewhere. The bar counts seconds, done against expected.
 */
final class Console implements Watcher, AutoCloseable {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
  private static final int PLAIN_WIDTH = 150;

  /** What every terminal has. */
  private static final int NARROW = 79;

  private final PrintStream out;
  private final boolean terminal;
  private final ProgressBar bar;
  private final long startedNanos = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "console");
            thread.setDaemon(true);
            return thread;
          });
  private volatile String scenario = "";
  private volatile String phase = "";
  private volatile Supplier<Traffic.Counts> counts = () -> Traffic.Counts.NONE;

  /**
   * @param out standard output
   * @param terminal whether it is one
   * @param expected how long everything will take, as far as it can be known
   */
  Console(PrintStream out, boolean terminal, Duration expected) {
    this.out = out;
    this.terminal = terminal;
    // The library's own consumer for terminals asks JLine for one, and JLine gives Ctrl-C back to
    // the
    // system: the JVM would end at once, without its shutdown hooks, and leave the cluster behind.
    ProgressBarConsumer consumer =
        terminal
            ? new DelegatingProgressBarConsumer(this::redraw, terminalWidth())
            : new DelegatingProgressBarConsumer(out::println, PLAIN_WIDTH);
    bar =
        new ProgressBarBuilder()
            .setTaskName("lab")
            .setInitialMax(expected.toSeconds())
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" s", 1)
            .setConsumer(consumer)
            .setUpdateIntervalMillis((int) (terminal ? 1000 : PLAIN_EVERY.toMillis()))
            .build();
    clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** Which scenario is running now. */
  void scenario(String name) {
    scenario = name;
    counts = () -> Traffic.Counts.NONE;
  }

  @Override
  public void phase(String label) {
    phase = label;
    if (!terminal) {
      note(scenario + ": " + label);
    }
  }

  @Override
  public void note(String line) {
    if (terminal) {
      out.print("\r\033[K");
    }
    out.println(line);
    out.flush();
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

  private void redraw(String line) {
    out.print("\r\033[K" + line);
    out.flush();
  }

  private static int terminalWidth() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      return size.length == 2 && Integer.parseInt(size[1]) > 0
          ? Integer.parseInt(size[1]) - 1
          : NARROW;
    } catch (IOException | NumberFormatException unknown) {
      return NARROW;
    }
  }

  private void tick() {
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
