package io.rolloutlab.app.choice;

import io.rolloutlab.testbed.StepFailedException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Which of what has names is taken: what is called by one of these names, or by what fits one of
 * these patterns. A pattern is a glob, as {@link FileSystems} has them: {@code *} stands for any
 * letters but a slash, {@code ?} for one, {@code [ab]} for one of these.
 *
 * @param asked names and patterns; none where everything is taken
 */
public record Selection(List<String> asked) {
  /** Maven passes an empty text where nothing was chosen. */
  public Selection {
    asked = asked.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  /** Whether something of this name is taken. */
  public boolean takes(String name) {
    return asked.isEmpty() || asked.stream().anyMatch(one -> fits(one, name));
  }

  /**
   * Lets it pass where each of its names and patterns takes something.
   *
   * @param what has the names, for people: {@code scenario}
   * @param known names, by which something can be asked for
   * @throws StepFailedException when one takes nothing, with the names that there are
   */
  public void check(String what, List<String> known) {
    for (String one : asked) {
      if (known.stream().noneMatch(name -> fits(one, name))) {
        throw new StepFailedException(
            "--only %s: there is no such %s; known are %s"
                .formatted(one, what, String.join(", ", known)));
      }
    }
  }

  private static boolean fits(String asked, String name) {
    return asked.equals(name) || glob(asked).matches(Path.of(name));
  }

  private static PathMatcher glob(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException broken) {
      throw new StepFailedException(
          ("--only %s: this is no pattern of names, in which * stands for any letters, ? for one, and"
                  + " [ab] for one of these")
              .formatted(pattern),
          broken);
    }
  }
}
