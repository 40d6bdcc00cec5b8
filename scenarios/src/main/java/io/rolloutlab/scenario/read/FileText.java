package io.rolloutlab.scenario.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.reader.StreamReader;

/** The text of a settings file: UTF-8 of a regular file of bounded size, and printable. */
public final class FileText {
  /** Ten thousand times as much as the delivered ones have. */
  public static final int MOST_BYTES = 1 << 20;

  private FileText() {}

  /**
   * Reads no more than it may.
   *
   * @param kind what people call such a file, for example {@code scenario}
   * @throws InvalidScenarioException when there is no such file or it cannot be read
   */
  public static byte[] read(Path file, String kind) {
    if (!Files.exists(file)) {
      throw new InvalidScenarioException("%s: there is no such %s file".formatted(file, kind));
    }
    if (!Files.isRegularFile(file)) {
      throw new InvalidScenarioException(
          "%s: is a folder, a device or a pipe; a %s is a file".formatted(file, kind));
    }
    byte[] bytes = read(file);
    if (bytes.length > MOST_BYTES) {
      throw new InvalidScenarioException(
          "%s: has more than %s bytes, which no %s has".formatted(file, MOST_BYTES, kind));
    }
    return bytes;
  }

  /** One byte more than a file may have tells that it has too many. */
  private static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES + 1);
    } catch (AccessDeniedException denied) {
      throw new InvalidScenarioException(
          file + ": cannot be read: its permissions do not allow it");
    } catch (IOException unreadable) {
      throw new InvalidScenarioException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * Decodes it.
   *
   * @throws InvalidScenarioException when it is not UTF-8, or holds what cannot be printed
   */
  public static String decode(Path file, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    String text = out.toString();
    if (result.isError()) {
      throw new InvalidScenarioException(
          "%s:%s: the file is not UTF-8: byte %s of it is 0x%02X; save it as UTF-8"
              .formatted(file, lineOf(text, text.length()), in.position() + 1, in.get()));
    }
    refuseControls(file, text);
    return text;
  }

  private static void refuseControls(Path file, String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!StreamReader.isPrintable(text.codePointAt(i))) {
        throw new InvalidScenarioException(
            "%s:%s: the control character U+%04X stands in column %s; remove it"
                .formatted(
                    file,
                    lineOf(text, i),
                    text.codePointAt(i),
                    i - text.lastIndexOf('\n', Math.max(0, i - 1))));
      }
    }
  }

  private static long lineOf(String text, int index) {
    return 1 + text.chars().limit(index).filter(c -> c == '\n').count();
  }
}
