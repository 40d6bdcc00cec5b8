package io.rolloutlab.html;

import io.rolloutlab.gap.GapResults;
import io.rolloutlab.gap.GapTable;
import io.rolloutlab.gap.Goal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The twin held against real runs: the one page that shows both. */
public final class GapPage {
  static {
    Headless.be();
  }

  private GapPage() {}

  /**
   * Writes {@code gap.html} and {@code gap.md}.
   *
   * @param into the folder; made where it is missing
   * @return the page
   * @throws UncheckedIOException when a file cannot be written
   */
  public static Path render(GapResults results, Path into) {
    List<GapView> views =
        IntStream.range(0, results.gaps().size())
            .mapToObj(i -> GapView.of(results.gaps().get(i), "gap-" + (i + 1)))
            .toList();
    Map<String, Object> model =
        Map.of("results", results, "views", views, "goals", List.of(Goal.Kind.values()));
    try {
      Files.createDirectories(into);
      put(into.resolve("gap.md"), GapTable.of(results));
      return put(into.resolve("gap.html"), Pages.fill("gap.ftlh", model));
    } catch (IOException e) {
      throw new UncheckedIOException("The page cannot be written to " + into, e);
    }
  }

  private static Path put(Path file, String text) throws IOException {
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
