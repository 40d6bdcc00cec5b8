package io.rolloutlab.app.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** The one line that redraws itself on a terminal; elsewhere a plain line now and then. */
public final class ProgressLine {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
  private static final int PLAIN_WIDTH = 150;

  /** What every terminal has. */
  private static final int NARROW = 79;

  /** Erases what stands to the right of the cursor. */
  static final String ERASE = "\033[K";

  private static final String CLEAR = "\r" + ERASE;

  private final PrintStream out;
  private final boolean terminal;

  /**
   * @param out standard output
   * @param terminal whether it is one
   */
  public ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  boolean terminal() {
    return terminal;
  }

  /** A bar that is drawn here; the rest is up to the caller. */
  public ProgressBarBuilder bar() {
    // The library's own consumer for terminals asks JLine for one, and JLine gives Ctrl-C back to
    // the system: the JVM would end at once, without its shutdown hooks, and leave all behind.
    ProgressBarConsumer consumer =
        terminal
            ? new DelegatingProgressBarConsumer(this::redraw, terminalWidth())
            : new DelegatingProgressBarConsumer(out::println, PLAIN_WIDTH);
    return new ProgressBarBuilder()
        .setTaskName("lab")
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(consumer)
        .setUpdateIntervalMillis((int) (terminal ? 1000 : PLAIN_EVERY.toMillis()));
  }

  /** Writes a line of its own above the bar. */
  public synchronized void note(String line) {
    if (terminal) {
      out.print(CLEAR);
    }
    out.println(line);
    out.flush();
  }

  private synchronized void redraw(String line) {
    out.print(CLEAR + line);
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
}
