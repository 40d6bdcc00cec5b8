package io.rolloutlab.app.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of pages that is made beside the old one, and takes its place when it is whole. Until
 * then the old one is as it was, whatever fails.
 */
public final class FreshFolder {
  private final Path folder;
  private final Path fresh;
  private final Path old;

  /**
   * @param folder that is to be replaced; nobody else's files belong into it
   */
  public FreshFolder(Path folder) {
    this.folder = folder;
    fresh = folder.resolveSibling(folder.getFileName() + ".new");
    old = folder.resolveSibling(folder.getFileName() + ".old");
    bringBack();
    Folders.remove(fresh);
  }

  /** Where it is to be made. */
  public Path path() {
    return fresh;
  }

  /**
   * Puts it in the place of the old one.
   *
   * @throws UncheckedIOException when it cannot be moved; the old one is back then
   */
  public void takePlace() {
    if (Files.exists(folder)) {
      move(folder, old);
    }
    try {
      move(fresh, folder);
    } catch (UncheckedIOException failed) {
      bringBack();
      throw failed;
    }
    Folders.remove(old);
  }

  /** Removes it; the old one stays. */
  public void discard() {
    Folders.remove(fresh);
  }

  /**
   * Moves its files into another folder, where others may lie beside them; they replace those of
   * their names.
   *
   * @throws UncheckedIOException when one cannot be moved
   */
  public void addFilesTo(Path other) {
    for (Path file : Folders.entries(fresh)) {
      Path target = other.resolve(file.getFileName());
      Folders.remove(target);
      move(file, target);
    }
    Folders.remove(fresh);
  }

  /** Who was killed between two moves has left none in place. */
  private void bringBack() {
    if (Files.exists(old) && !Files.exists(folder)) {
      move(old, folder);
    }
    Folders.remove(old);
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "%s: cannot be moved to %s; is a file in it open elsewhere?".formatted(from, to), failed);
    }
  }
}
