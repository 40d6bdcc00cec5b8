package io.rolloutlab.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the lines of a recording that have come since it last looked. */
final class RecordingTail {
  private final Path file;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;
  private long unreadable;

  RecordingTail(Path file) {
    this.file = file;
  }

  /** Hands over every whole line that is new; none when there is no file yet. */
  void forEachNew(Consumer<RecordingLine> reader) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(position);
      while (channel.read(buffer.clear()) > 0) {
        position = channel.position();
        buffer.flip();
        while (buffer.hasRemaining()) {
          take(buffer.get(), reader);
        }
      }
    } catch (NoSuchFileException notYet) {
      // Gatling is still starting.
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether the file ended within a line when it was last read. */
  boolean torn() {
    return line.size() > 0;
  }

  /** How many lines could not be understood. */
  long unreadable() {
    return unreadable;
  }

  private void take(byte next, Consumer<RecordingLine> reader) {
    if (next != '\n') {
      line.write(next);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    try {
      reader.accept(RecordingLine.parse(text));
    } catch (IllegalArgumentException damaged) {
      unreadable++;
    }
  }
}
