package io.rolloutlab.load;

import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;

/**
 * One line of {@code recording.tsv}: a letter and values between tabs. Times are milliseconds since
 * 1970.
 */
sealed interface RecordingLine {

  /** The request it is about. */
  long id();

  /** The line as it is written, without its end. */
  String print();

  /** A request is about to be sent. */
  record Sent(Arrival arrival, long atMillis) implements RecordingLine {
    @Override
    public long id() {
      return arrival.id();
    }

    @Override
    public String print() {
      return "S\t%s\t%s\t%s\t%s\t%s%s%s"
          .formatted(
              arrival.id(),
              arrival.user(),
              arrival.population(),
              arrival.index(),
              atMillis,
              unlessEmpty(arrival.request()),
              arrival.isAsset() ? "\t" + arrival.visit() : "");
    }
  }

  /**
   * A whole answer came. Version and replica are empty when the answer does not name them; {@code
   * wrong} says why an answer below 500 was not good, and is empty for every other one.
   */
  record Answered(
      long id,
      long startAtMillis,
      long endAtMillis,
      int status,
      String version,
      String replica,
      String wrong)
      implements RecordingLine {
    /** From here on an answer has always failed. */
    static final int SERVER_ERROR = 500;

    /** One with which nothing was wrong but perhaps its status. */
    Answered(
        long id, long startAtMillis, long endAtMillis, int status, String version, String replica) {
      this(id, startAtMillis, endAtMillis, status, version, replica, "");
    }

    @Override
    public String print() {
      return "A\t%s\t%s\t%s\t%s\t%s\t%s%s"
          .formatted(
              id,
              startAtMillis,
              endAtMillis,
              status,
              clean(version),
              clean(replica),
              unlessEmpty(clean(wrong)));
    }

    /** The class of the failure, empty when the user was served. */
    String error() {
      return status >= SERVER_ERROR ? "http-" + status : wrong.isEmpty() ? "" : Request.NOT_GOOD;
    }

    private static String clean(String header) {
      return header.replaceAll("[\\p{Cntrl}]", " ");
    }
  }

  /** It ended without a whole answer; why is in Gatling's log only. */
  record Failed(long id, long atMillis) implements RecordingLine {
    @Override
    public String print() {
      return "F\t%s\t%s".formatted(id, atMillis);
    }
  }

  /** One more value at the end of a line, where there is one. */
  private static String unlessEmpty(String value) {
    return value.isEmpty() ? "" : "\t" + value;
  }

  /**
   * @throws IllegalArgumentException when it is no such line
   */
  static RecordingLine parse(String line) {
    String[] part = line.split("\t", -1);
    String shape = part[0] + part.length;
    return switch (shape) {
      case "S6", "S7", "S8" ->
          new Sent(
              new Arrival(
                  Long.parseLong(part[1]),
                  Integer.parseInt(part[2]),
                  Population.valueOf(part[3]),
                  Long.parseLong(part[4]),
                  part.length > 6 ? part[6] : "",
                  part.length > 7 ? Long.parseLong(part[7]) : 0),
              Long.parseLong(part[5]));
      case "A7", "A8" ->
          new Answered(
              Long.parseLong(part[1]),
              Long.parseLong(part[2]),
              Long.parseLong(part[3]),
              Integer.parseInt(part[4]),
              part[5],
              part[6],
              part.length == 8 ? part[7] : "");
      case "F3" -> new Failed(Long.parseLong(part[1]), Long.parseLong(part[2]));
      default -> throw new IllegalArgumentException("not a line of a recording: " + line);
    };
  }
}
