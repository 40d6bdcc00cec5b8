package io.rolloutlab.stack.deploy;

import java.nio.file.Path;
import java.util.Locale;

/** How a stack is called that docker is to deploy. */
public final class StackName {
  /** A name in the network has 63 letters at most, the service's among them. */
  private static final int LONGEST = 20;

  private static final String NAMELESS = "stack";

  private StackName() {}

  /** The file's name in the letters that names in a network have. */
  public static String of(Path file) {
    String name =
        file.getFileName()
            .toString()
            .replaceFirst("\\.[^.]*$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    String cut = name.substring(0, Math.min(LONGEST, name.length()));
    String stack = cut.replaceAll("^-|-$", "");
    return stack.isEmpty() ? NAMELESS : stack;
  }
}
