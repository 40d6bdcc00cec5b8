package io.rolloutlab.app.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody asked for by its name. */
public final class TextFile {
  private TextFile() {}

  /**
   * Writes it, over what was there.
   *
   * @throws IOException when that cannot be done; {@link #why} tells it to people
   */
  public static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  /** Why a file is not written, and what to do, as the end of a sentence. */
  public static String why(Path file, IOException unwritten) {
    Path folder = file.toAbsolutePath().getParent();
    if (unwritten instanceof FileAlreadyExistsException) {
      return "is there already, and is not written over: move it away first";
    } else if (Files.isDirectory(file)) {
      return "cannot be written: it is a folder; name a file in it";
    } else if (!Files.isDirectory(folder)) {
      return "cannot be written: there is no folder %s; make it, or name a file elsewhere"
          .formatted(folder);
    } else if (unwritten instanceof AccessDeniedException) {
      return "cannot be written: the permissions of %s do not allow it; name a file elsewhere"
          .formatted(Files.exists(file) ? file : folder);
    }
    return "cannot be written: " + unwritten.getMessage();
  }
}
