package io.rolloutlab.doctor.fix;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.rolloutlab.doctor.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a stack file.
 *
 * @param file the original, as it was named
 * @param beside the changed one; empty where nothing could be changed, and nothing is written
 * @param before text of the original
 * @param after text of the changed one
 * @param fixed the findings that it does not have any more
 * @param left sentences with file and line about those that it still has
 */
public record Fixed(
    Path file,
    Optional<Path> beside,
    String before,
    String after,
    List<Finding> fixed,
    List<String> left) {
  private static final int CONTEXT = 3;

  public Fixed {
    fixed = List.copyOf(fixed);
    left = List.copyOf(left);
  }

  /** What is different in the changed one, as a unified diff. */
  public List<String> diff() {
    List<String> old = before.lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(
        file.toString(),
        beside.map(Path::toString).orElse(file.toString()),
        old,
        DiffUtils.diff(old, after.lines().toList()),
        CONTEXT);
  }

  /** For the console. */
  public String print() {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(diff());
    left.forEach(lines::add);
    lines.add(
        beside
            .map(
                path ->
                    "%s finding%s fixed, %s left; written to %s, and nothing to %s"
                        .formatted(
                            fixed.size(), fixed.size() == 1 ? "" : "s", left.size(), path, file))
            .orElse(
                "%s: nothing can be changed with certainty, so no file is written"
                    .formatted(file)));
    return String.join("\n", lines) + "\n";
  }
}
