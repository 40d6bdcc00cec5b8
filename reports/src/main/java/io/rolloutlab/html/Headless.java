package io.rolloutlab.html;

/** Nothing is shown: a DISPLAY that does not answer must not cost a report. */
final class Headless {
  private Headless() {}

  /** Has to come before the first class of java.awt. */
  static void be() {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }
}
