package io.rolloutlab.load;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gatling's own log of its requests. The format is private to Gatling and changes between versions,
 * so only {@link #SUPPORTED} is read.
 *
 * @param entries one for each request that ended, in the order of their ends
 * @param torn whether the file ends within a record, or before its first: the process was killed
 */
record SimulationLog(List<Entry> entries, boolean torn) {
  static final String SUPPORTED = "3.15.1";

  /**
   * @param name of the request
   * @param startAtMillis since 1970
   * @param endAtMillis since 1970
   * @param message of the error, empty without one
   */
  record Entry(String name, long startAtMillis, long endAtMillis, String message) {}

  /**
   * @throws LoadException when another version of Gatling wrote it, or it is no such file
   */
  static SimulationLog read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return new Reader(file, in).read();
    }
  }

  /** The records of a file, big-endian, a byte with their kind in front. */
  private static final class Reader {
    private static final int RUN = 0;
    private static final int REQUEST = 1;
    private static final int USER = 2;
    private static final int GROUP = 3;
    private static final int ERROR = 4;
    // Nothing that this lab makes Gatling write is longer: a larger number is damage.
    private static final int LONGEST_STRING = 1 << 20;
    // Gatling copies the inside of Java's strings, in the byte order of the machine.
    private static final Charset TWO_BYTES =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
            ? StandardCharsets.UTF_16BE
            : StandardCharsets.UTF_16LE;

    private final Path file;
    private final DataInputStream in;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, String> cache = new HashMap<>();
    private long startMillis;

    Reader(Path file, DataInputStream in) {
      this.file = file;
      this.in = in;
    }

    SimulationLog read() throws IOException {
      try {
        int kind = in.read();
        if (kind == -1) {
          return new SimulationLog(entries, true);
        }
        if (kind != RUN) {
          throw damage("starts with a record of kind " + kind);
        }
        run();
        while ((kind = in.read()) != -1) {
          record(kind);
        }
        return new SimulationLog(entries, false);
      } catch (EOFException torn) {
        return new SimulationLog(entries, true);
      }
    }

    private void run() throws IOException {
      String version = string();
      if (!version.equals(SUPPORTED)) {
        throw new LoadException(
            "%s was written by Gatling \"%s\"; this lab reads the log of Gatling %s only"
                .formatted(file, version, SUPPORTED));
      }
      string();
      startMillis = in.readLong();
      string();
      for (int scenarios = in.readInt(); scenarios > 0; scenarios--) {
        string();
      }
      for (int assertions = in.readInt(); assertions > 0; assertions--) {
        in.skipNBytes(length());
      }
    }

    private void record(int kind) throws IOException {
      switch (kind) {
        case REQUEST -> entries.add(request());
        case USER -> in.skipNBytes(Integer.BYTES + 1 + Integer.BYTES);
        case GROUP -> {
          groups();
          in.skipNBytes(3 * Integer.BYTES + 1);
        }
        case ERROR -> {
          cached();
          in.readInt();
        }
        default -> throw damage("has a record of kind " + kind);
      }
    }

    private Entry request() throws IOException {
      groups();
      String name = cached();
      long start = startMillis + in.readInt();
      long end = startMillis + in.readInt();
      in.readBoolean();
      return new Entry(name, start, end, cached());
    }

    private void groups() throws IOException {
      for (int groups = in.readInt(); groups > 0; groups--) {
        cached();
      }
    }

    /** A positive number precedes a string at its first use, the negative stands for it later. */
    private String cached() throws IOException {
      int index = in.readInt();
      if (index > 0) {
        String text = string();
        cache.put(index, text);
        return text;
      }
      String text = cache.get(-index);
      if (text == null) {
        throw damage("refers to string " + -index + ", which it does not have");
      }
      return text;
    }

    private String string() throws IOException {
      int length = length();
      if (length == 0) {
        return "";
      }
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      boolean latin = in.readByte() == 0;
      return new String(bytes, latin ? StandardCharsets.ISO_8859_1 : TWO_BYTES);
    }

    private int length() throws IOException {
      int length = in.readInt();
      if (length < 0 || length > LONGEST_STRING) {
        throw damage("has a string of length " + length);
      }
      return length;
    }

    private LoadException damage(String what) {
      return new LoadException(
          "%s is not a log of Gatling %s: it %s".formatted(file, SUPPORTED, what));
    }
  }
}
