package io.rolloutlab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.LoadPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings written by hand: lines, and the requests they make. */
class LoadRecordingTest {
  // 20 requests a second of each population; the REUSED ones 25 ms later.
  private static final LoadPlan PLAN = LoadPlan.DEFAULT;

  @TempDir Path folder;

  @Test
  void linesBecomeRequests() throws IOException {
    write(
        "S 1 5 NEW 0 10003",
        "S 2 6 REUSED 0 10026",
        "A 1 10004 10016 200 v1 c1",
        "S 3 7 NEW 1 10050",
        "S 4 8 REUSED 1 10080",
        "A 3 10050 10055 503  ",
        "F 2 10099");

    LoadRecording recording = LoadRecording.read(folder, PLAN);

    // The start is 10000: request 3, due after 50 ms, is the most punctual.
    assertThat(recording.requests())
        .containsExactly(
            new Request(
                1,
                5,
                Population.NEW,
                new Request.Times(10000, 10004),
                new Request.End(12, Outcome.OK, "", 200),
                new AppHeaders("v1", "c1")),
            new Request(
                2,
                6,
                Population.REUSED,
                new Request.Times(10025, 10026),
                new Request.End(73, Outcome.FAILED, "other", 0),
                AppHeaders.NONE),
            new Request(
                3,
                7,
                Population.NEW,
                new Request.Times(10050, 10050),
                new Request.End(5, Outcome.FAILED, "http-503", 503),
                AppHeaders.NONE),
            new Request(
                4,
                8,
                Population.REUSED,
                new Request.Times(10075, 10080),
                new Request.End(-1, Outcome.UNKNOWN, "", 0),
                AppHeaders.NONE));
    assertThat(recording.damage()).containsExactly("simulation.log: missing");
  }

  /** What was asked for stands behind the time, and what was wrong behind the headers. */
  @Test
  void whichRequestItWasAndWhatWasWrongIsKept() throws IOException {
    List<RecordingLine> lines =
        List.of(
            new RecordingLine.Sent(new Arrival(1, 5, Population.NEW, 0, "GET /a b"), 10_000),
            new RecordingLine.Answered(
                1, 10_000, 10_020, 200, "v2", "c1", "answered 200, but with no\tJSON"));
    try (RecordingWriter writer = new RecordingWriter(new LoadFolder(folder).recording())) {
      lines.forEach(writer::write);
    }

    assertThat(LoadRecording.read(folder, PLAN).requests())
        .containsExactly(
            new Request(
                1,
                5,
                Population.NEW,
                new Request.Times(10_000, 10_000),
                new Request.End(20, Outcome.FAILED, Request.NOT_GOOD, 200),
                new AppHeaders("v2", "c1"),
                new Request.Listed("GET /a b", "answered 200, but with no JSON")));
  }

  /** It follows an answer, and no schedule. */
  @Test
  void anAssetIsWantedWhenItIsSentAndKeepsItsPage() throws IOException {
    String wrong = "answered 404, and only 200 is good";
    List<RecordingLine> lines =
        List.of(
            new RecordingLine.Sent(new Arrival(1, 5, Population.NEW, 0, "page"), 10_000),
            new RecordingLine.Answered(1, 10_000, 10_020, 200, "v1", "c1"),
            new RecordingLine.Sent(new Arrival(2, 5, Population.NEW, 0, "page", 1), 10_021),
            new RecordingLine.Answered(2, 10_022, 10_030, 404, "v2", "c2", wrong));
    try (RecordingWriter writer = new RecordingWriter(new LoadFolder(folder).recording())) {
      lines.forEach(writer::write);
    }

    List<Request> requests = LoadRecording.read(folder, PLAN).requests();

    assertThat(requests).extracting(Request::visit).containsExactly(0L, 1L);
    assertThat(requests.get(1))
        .isEqualTo(
            new Request(
                2,
                5,
                Population.NEW,
                new Request.Times(10_022, 10_022),
                new Request.End(8, Outcome.FAILED, Request.NOT_GOOD, 404),
                new AppHeaders("v2", "c2"),
                new Request.Listed("page", wrong, 1)));
  }

  @Test
  void aTornEndAndNonsenseAreNamed() throws IOException {
    write("S 1 5 NEW 0 10003", "nonsense", "S 2 6 NEW x 10003");
    Files.writeString(new LoadFolder(folder).recording(), "A\t1\t10", StandardOpenOption.APPEND);

    LoadRecording recording = LoadRecording.read(folder, PLAN);

    assertThat(recording.requests())
        .singleElement()
        .extracting("outcome")
        .isEqualTo(Outcome.UNKNOWN);
    assertThat(recording.damage())
        .contains(
            "recording.tsv: the last line is incomplete", "recording.tsv: 2 lines cannot be read");
  }

  @Test
  void nothingRecordedIsNoRequest() {
    assertThat(LoadRecording.read(folder, PLAN).requests()).isEmpty();
  }

  @Test
  void theTailHandsOverEachLineOnce() throws IOException {
    RecordingTail tail = new RecordingTail(new LoadFolder(folder).recording());
    List<RecordingLine> lines = new ArrayList<>();
    tail.forEachNew(lines::add);
    write("F 1 10", "F 2 20");
    tail.forEachNew(lines::add);
    write("F 3 30");
    tail.forEachNew(lines::add);

    assertThat(lines.stream().map(RecordingLine::id)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void liveCountsAreOfTheLastSecond() {
    LiveTally tally = new LiveTally();
    tally.add(new RecordingLine.Sent(new Arrival(1, 0, Population.NEW, 0), 900));
    tally.add(new RecordingLine.Answered(1, 900, 1000, 200, "v1", "c"));
    tally.add(new RecordingLine.Answered(2, 900, 1500, 200, "v2", "c"));
    tally.add(new RecordingLine.Answered(3, 900, 1600, 200, "v2", "c"));
    tally.add(new RecordingLine.Answered(4, 900, 1999, 502, "", ""));
    assertThat(tally.counts()).isEqualTo(new LiveCounts(1, 3, 1, Map.of("v1", 1, "v2", 2)));

    tally.add(new RecordingLine.Failed(5, 2000));
    assertThat(tally.counts()).isEqualTo(new LiveCounts(1, 3, 2, Map.of("v2", 2)));
  }

  @Test
  void aHeaderCannotBreakALine() {
    RecordingLine.Answered strange = new RecordingLine.Answered(1, 2, 3, 200, "v\t1", "a\nb");

    assertThat(RecordingLine.parse(strange.print()))
        .isEqualTo(new RecordingLine.Answered(1, 2, 3, 200, "v 1", "a b"));
  }

  private void write(String... lines) throws IOException {
    for (String line : lines) {
      Files.writeString(
          new LoadFolder(folder).recording(),
          line.replace(' ', '\t') + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
