package io.rolloutlab.load;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Appends lines to {@code recording.tsv}, each with one unbuffered write: what is recorded outlives
 * a kill of this process. Safe for use by many threads.
 */
final class RecordingWriter implements Closeable {
  private final OutputStream out;

  RecordingWriter(Path file) throws IOException {
    out = new FileOutputStream(file.toFile(), true);
  }

  /**
   * Ends this process when the line cannot be written (a full disk): a load that is not recorded
   * measures nothing.
   */
  void write(RecordingLine line) {
    byte[] bytes = (line.print() + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      synchronized (out) {
        out.write(bytes);
      }
    } catch (IOException failed) {
      System.err.println("The load cannot be recorded, so it ends: " + failed);
      Runtime.getRuntime().halt(LoadMain.EXIT_UNRECORDED);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
