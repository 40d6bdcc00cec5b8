package io.rolloutlab.html;

import io.rolloutlab.change.ChangeFiles;
import io.rolloutlab.change.Changes;
import io.rolloutlab.html.change.ChangeView;
import io.rolloutlab.text.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What changed between two lots of runs, as a page and as files. */
public final class ComparePage {
  private ComparePage() {}

  /**
   * Writes {@code index.html}, {@code compare.md} and {@code compare.json}.
   *
   * @param into the folder; made where it is missing
   * @return the page
   * @throws UncheckedIOException when a file cannot be written
   */
  public static Path render(Changes changes, Path into) {
    try {
      Files.createDirectories(into);
      put(into.resolve("compare.md"), ChangeFiles.markdown(changes));
      put(into.resolve("compare.json"), ChangeFiles.json(changes));
      return put(
          into.resolve(Runs.INDEX + ".html"),
          Pages.fill("compare.ftlh", Map.of("view", ChangeView.of(changes))));
    } catch (IOException e) {
      throw new UncheckedIOException("The comparison cannot be written to " + into, e);
    }
  }

  private static Path put(Path file, String text) throws IOException {
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
