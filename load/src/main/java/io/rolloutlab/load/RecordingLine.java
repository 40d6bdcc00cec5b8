package io.rolloutlab.load;

import io.rolloutlab.history.Population;

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
      return "S\t%s\t%s\t%s\t%s\t%s"
          .formatted(arrival.id(), arrival.user(), arrival.population(), arrival.index(), atMillis);
    }
  }

  /** A whole answer came. Version and replica are empty when the answer does not name them. */
  record Answered(
      long id, long startAtMillis, long endAtMillis, int status, String version, String replica)
      implements RecordingLine {

    @Override
    public String print() {
      return "A\t%s\t%s\t%s\t%s\t%s\t%s"
          .formatted(id, startAtMillis, endAtMillis, status, clean(version), clean(replica));
    }

    /** The class of the failure, empty when the user was served. */
    String error() {
      return status >= 500 ? "http-" + status : "";
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

  /**
   * @throws IllegalArgumentException when it is no such line
   */
  static RecordingLine parse(String line) {
    String[] part = line.split("\t", -1);
    String shape = part[0] + part.length;
    return switch (shape) {
      case "S6" ->
          new Sent(
              new Arrival(
                  Long.parseLong(part[1]),
                  Integer.parseInt(part[2]),
                  Population.valueOf(part[3]),
                  Long.parseLong(part[4])),
              Long.parseLong(part[5]));
      case "A7" ->
          new Answered(
              Long.parseLong(part[1]),
              Long.parseLong(part[2]),
              Long.parseLong(part[3]),
              Integer.parseInt(part[4]),
              part[5],
              part[6]);
      case "F3" -> new Failed(Long.parseLong(part[1]), Long.parseLong(part[2]));
      default -> throw new IllegalArgumentException("not a line of a recording: " + line);
    };
  }
}
