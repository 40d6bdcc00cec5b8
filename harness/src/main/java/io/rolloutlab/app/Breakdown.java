package io.rolloutlab.app;

import org.slf4j.LoggerFactory;

/**
 * What the lab did not foresee: a defect, an error of the JVM, a thread that dies. People get a
 * sentence on standard error, the log gets the details, and the exit code is {@link Lab#BROKEN}.
 */
final class Breakdown {
  private static final long MIB = 1024 * 1024;
  private static volatile boolean happened;

  private Breakdown() {}

  /** From now on a thread that dies is told of as well; who asks {@link #happened} knows of it. */
  static void watchAllThreads() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          happened = true;
          tell("the thread " + thread.getName(), failure);
        });
  }

  /** Whether a thread has died since {@link #watchAllThreads}. */
  static boolean happened() {
    return happened;
  }

  /**
   * Tells people and the log.
   *
   * @param who broke, as the beginning of a sentence
   * @return {@link Lab#BROKEN}
   */
  static int tell(String who, Throwable failure) {
    try {
      System.err.println(sentence(who, failure));
      LoggerFactory.getLogger(Breakdown.class).error("{} broke", who, failure);
    } catch (Throwable noRoomLeft) {
      // Even a sentence takes memory. This one is there already.
      System.err.println("the lab broke, and has no memory left to say how; see its log");
    }
    return Lab.BROKEN;
  }

  private static String sentence(String who, Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return ("%s ran out of memory (%s): %d MiB are all that the JVM may take. Ask for less, or give"
              + " it more: JAVA_TOOL_OPTIONS=-Xmx4g. What was recorded is kept%s")
          .formatted(who, failure.getMessage(), Runtime.getRuntime().maxMemory() / MIB, log());
    }
    return "%s broke: %s. This is a fault of the lab; what was recorded is kept%s"
        .formatted(who, failure, log());
  }

  private static String log() {
    String file = System.getProperty("lab.log", "");
    return file.isEmpty() ? "" : "; the details are in " + file;
  }
}
