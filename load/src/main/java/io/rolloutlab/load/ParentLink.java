package io.rolloutlab.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/**
 * The child's link to its parent: standard input is the order to go on, and ends when the parent
 * closes it or dies; standard output says, once, that the first request is being sent. There is one
 * a process, and Gatling makes the simulation that uses it, so it is static.
 */
final class ParentLink {
  /** What the child says on standard output. */
  static final String STARTED = "started";

  private static PrintStream toParent;
  private static Runnable atEnd = () -> {};
  private static boolean ended;
  private static boolean started;

  private ParentLink() {}

  /**
   * Takes hold of standard output, so that nobody else writes to it, and listens to input. Of
   * Ctrl-C, which a terminal sends to both processes, it leaves the consequences to the parent.
   */
  static void open(Duration limitAfterEnd) {
    toParent = System.out;
    System.setOut(System.err);
    ignoreInterrupts();
    Thread main = Thread.currentThread();
    Thread listener = new Thread(() -> listen(System.in, main, limitAfterEnd), "parent-link");
    listener.setDaemon(true);
    listener.start();
  }

  /** What to do when input ends; at once when it has ended already. */
  static synchronized void atEnd(Runnable action) {
    atEnd = action;
    if (ended) {
      action.run();
    }
  }

  /** Tells the parent, the first time. */
  static synchronized void sayStarted() {
    if (!started) {
      started = true;
      toParent.println(STARTED);
      toParent.flush();
    }
  }

  /** By reflection, because the compiler warns of the only class that can do it. */
  private static void ignoreInterrupts() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object interrupt = signal.getConstructor(String.class).newInstance("INT");
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException unknownHere) {
      System.err.println("Ctrl-C will cut requests in flight: " + unknownHere);
    }
  }

  private static void listen(InputStream in, Thread main, Duration limitAfterEnd) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException broken) {
      // The same as its end.
    }
    synchronized (ParentLink.class) {
      ended = true;
      atEnd.run();
    }
    try {
      main.join(limitAfterEnd.toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    System.err.println("The load has not ended in time after its parent let go: halted");
    Runtime.getRuntime().halt(LoadMain.EXIT_HALTED);
  }
}
