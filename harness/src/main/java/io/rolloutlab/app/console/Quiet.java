package io.rolloutlab.app.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standard output and standard error that can be turned into the log: where Maven has gone, a line
 * of the lab would stand behind the prompt of the shell.
 */
public final class Quiet extends OutputStream {
  private static final Logger LOG = LoggerFactory.getLogger(Quiet.class);
  private static volatile boolean quiet;

  private final OutputStream terminal;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private Quiet(OutputStream terminal) {
    this.terminal = terminal;
  }

  /** Puts itself before both streams of this process. */
  public static void beReady() {
    System.setOut(new PrintStream(new Quiet(System.out), true));
    System.setErr(new PrintStream(new Quiet(System.err), true));
  }

  /** What is written from now on goes to the log alone, line by line. */
  static void fromNowOn() {
    quiet = true;
  }

  @Override
  public synchronized void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    if (!quiet) {
      terminal.write(bytes, from, length);
      return;
    }
    for (int i = from; i < from + length; i++) {
      // A carriage return ends what a progress line said before it draws itself again.
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        logLine();
      } else {
        line.write(bytes[i]);
      }
    }
  }

  @Override
  public void flush() throws IOException {
    if (!quiet) {
      terminal.flush();
    }
  }

  private void logLine() {
    String said = line.toString(Charset.defaultCharset()).replace(ProgressLine.ERASE, "").strip();
    line.reset();
    if (!said.isEmpty()) {
      LOG.info("said: {}", said);
    }
  }
}
