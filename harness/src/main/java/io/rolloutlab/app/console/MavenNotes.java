package io.rolloutlab.app.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Maven is told beside the exit code, where it is Maven that calls: files named by system
 * properties, so that a build that fails can say which report says why.
 */
public final class MavenNotes {
  private MavenNotes() {}

  /**
   * The lab has passed.
   *
   * @return whether this could be noted
   */
  public static boolean passed() {
    return note("lab.passed", "");
  }

  /** Where the page is that says what was found. */
  public static void page(Path page) {
    note("lab.report", page.toString());
  }

  /** Where it is, told to Maven and, as the last line, to people. */
  public static void page(Path page, PrintStream out) {
    page(page.toAbsolutePath());
    out.println("\npage: " + page.toAbsolutePath());
  }

  private static boolean note(String property, String text) {
    String file = System.getProperty(property, "");
    if (file.isEmpty()) {
      return true;
    }
    try {
      Files.writeString(Path.of(file), text);
      return true;
    } catch (IOException failed) {
      System.err.printf("%s: cannot be written: %s%n", file, failed.getMessage());
      return false;
    }
  }
}
