package io.rolloutlab.scenario.seen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of logs and recordings: blocks that the strict reader reads. */
class LoadFragmentTest {
  private static final String LINE =
      "10.0.0.1 - jo [28/Nov/2026:10:00:%s +0100] \"%s HTTP/1.1\" 200 17 \"-\" \"curl/8 \\\"x\\\"\"\n";

  @TempDir Path folder;

  private String fragment(String name, String text, boolean query) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    RequestTally tally = new RequestTally(query);
    TrafficReader.Rest rest = TrafficReader.read(file, tally);
    return LoadFragment.of(file, rest, tally);
  }

  private String fragment(String text) throws IOException {
    return fragment("access.log", text, false);
  }

  /** As a person would: below the head of a scenario. */
  private LoadPlan read(String fragment) throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, "name: x\nquestion: Why?\nstrategy: rolling\n" + fragment);
    return new ScenarioReader().read(file).load();
  }

  private static String combined(String second, String request) {
    return LINE.formatted(second, request);
  }

  @Test
  void aLogBecomesAListByWeightWithItsRate() throws IOException {
    String text =
        fragment(
            combined("00", "GET /orders/17?page=2")
                + combined("01", "GET /orders/18")
                + combined("02", "POST /orders")
                + combined("03", "GET /users/0f8fad5b-d9cb-469f-a165-70867728950e/name")
                + "\n"
                + combined("04", "GET /orders/4")
                + "nothing\n"
                + combined("05", "-")
                + combined("06", "GET /style.css"));

    LoadPlan load = read(text);
    assertThat(load.requests())
        .extracting(RequestPlan::weight, RequestPlan::method, RequestPlan::path, RequestPlan::name)
        .containsExactly(
            tuple(3, "GET", "/orders/17", "GET /orders/*"),
            tuple(1, "POST", "/orders", "POST /orders"),
            tuple(
                1, "GET", "/users/0f8fad5b-d9cb-469f-a165-70867728950e/name", "GET /users/*/name"),
            tuple(1, "GET", "/style.css", "GET /style.css"));
    assertThat(load.ratePerSecond()).isEqualTo(1);
    assertThat(text.lines())
        .contains(
            "# Made by lab requests of access.log: 6 requests are counted here.",
            "# 2 lines hold no request that can be read, the first is line 7.",
            "# They came from 2026-11-28T09:00:00Z to 2026-11-28T09:00:06Z: 1 a second on average.")
        .anySatisfy(line -> assertThat(line).contains("add body"));
  }

  /** As those who try a server out with bytes that are no text leave it; nginx takes 8 KB. */
  @Test
  void aLineOfEscapesAloneCostsTheOthersNothing() throws IOException {
    String hostile = combined("01", "\\x16\\\"".repeat(4000));

    assertThat(fragment(hostile + combined("02", "GET /orders"))).contains("/orders");
  }

  @Test
  void queriesAreKeptWhereSomebodyAsksForThem() throws IOException {
    String log =
        combined("00", "GET /a?b=1") + combined("01", "GET /a?b=2") + combined("02", "GET /a?b=1");

    assertThat(read(fragment("a.log", log, true)).requests())
        .extracting(RequestPlan::path)
        .containsExactly("/a?b=1", "/a?b=2");
    assertThat(read(fragment("a.log", log, false)).requests())
        .extracting(RequestPlan::path)
        .containsExactly("/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // nginx, with names of its variables
        "{\"time_iso8601\":\"2026-11-28T10:00:00+00:00\",\"request_method\":\"GET\",\"request_uri\":\"/a/1?b\",\"uri\":\"/x\",\"status\":200}",
        "{\"msec\":\"1795860000.000\",\"request\":\"GET /a/1 HTTP/1.1\",\"status\":\"200\"}",
        // Caddy
        "{\"level\":\"info\",\"ts\":1795860000.0,\"request\":{\"method\":\"GET\",\"host\":\"x\",\"uri\":\"/a/1\"},\"status\":200}",
        // Traefik
        "{\"DownstreamStatus\":200,\"RequestMethod\":\"GET\",\"RequestPath\":\"/a/1\",\"StartUTC\":\"2026-11-28T10:00:00.0Z\",\"time\":\"2026-11-28T10:00:09Z\"}",
        // docker's json-file around a line of nginx
        "{\"log\":\"10.0.0.1 - - [28/Nov/2026:10:00:00 +0000] \\\"GET /a/1 HTTP/1.1\\\" 200 1 \\\"-\\\" \\\"-\\\"\\n\",\"stream\":\"stdout\"}",
        // docker service logs
        "web.1.x@node | 10.0.0.1 - - [28/Nov/2026:10:00:00 +0000] \"GET http://x/a/1 HTTP/2.0\" 200 1",
        // the common format
        "::1 - - [28/Nov/2026:10:00:00 +0000] \"GET /a/1 HTTP/1.0\" 200 2326",
        "{\"time\": 1795860000000, \"method\": \"GET\", \"path\": \"/a/1\", \"status\": 200}"
      })
  void linesOfManyKindsAreRead(String line) {
    SeenRequest request = LogLine.request(line).orElseThrow();

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo("/a/1");
    assertThat(request.status()).isEqualTo(200);
    assertThat(request.atMillis()).hasValue(1_795_860_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"level\":\"info\",\"msg\":\"started\"}",
        "{\"method\":\"GET\"",
        "{}",
        "[28/Nov/2026:10:00:00 +0000] \"\\x16\\x03\" 400 0",
        "10.0.0.1 - - [28/Nov/2026:10:00:00 +0000] \"GET relative HTTP/1.0\" 400 0",
        "plain words"
      })
  void whatTellsOfNoRequestIsNone(String line) {
    assertThat(LogLine.request(line)).isEmpty();
  }

  private static String entry(int second, String url) {
    return "{\"startedDateTime\": \"2026-11-28T10:00:%02d.000+01:00\", \"request\": {\"method\": \"GET\", \"url\": \"%s\"}, \"response\": {\"status\": 200}}"
        .formatted(second, url);
  }

  @Test
  void aRecordingOfABrowserBecomesAListOfItsOwnHostsRequests() throws IOException {
    String har =
        "\uFEFF{\n  \"log\": {\"entries\": [%s]}\n}\n"
            .formatted(
                String.join(
                    ",",
                    entry(0, "https://shop.example/"),
                    entry(1, "https://shop.example/api/items/7#top"),
                    entry(2, "https://cdn.example/x"),
                    entry(3, "data:text/plain,x"),
                    entry(4, "https://shop.example/api/items/8?x=y")));

    String text = fragment("shop.har", har, false);

    assertThat(read(text).requests())
        .extracting(RequestPlan::weight, RequestPlan::path)
        .containsExactly(tuple(2, "/api/items/7"), tuple(1, "/"));
    assertThat(text)
        .contains("# 1 entry holds no request that can be read, the first is entry 4.")
        .contains("# Left out: 1 request to other hosts than the first one.");
    assertThat(fragment("renamed.log", har, false)).contains("/api/items/7");
  }

  @Test
  void theBusiestMinuteIsTold() throws IOException {
    String text =
        IntStream.range(0, 240)
            .mapToObj(
                i ->
                    "{\"method\": \"GET\", \"path\": \"/\", \"ts\": %s}\n"
                        .formatted(1_795_860_000 + (i < 180 ? i / 3 : i)))
            .collect(Collectors.joining());

    assertThat(fragment(text))
        .contains("The busiest minute, from 2026-11-28T10:00:00Z on, had 3 a second.")
        .contains(": 1 a second on average.");
  }

  @Test
  void withoutTimesThereIsNoRate() throws IOException {
    String text = fragment("{\"method\": \"GET\", \"path\": \"/\"}\n");

    assertThat(text).contains("  # ratePerSecond: the times of the requests are not known");
    assertThat(read(text).ratePerSecond()).isEqualTo(LoadPlan.DEFAULT.ratePerSecond());
  }

  @Test
  void theMostFrequentAreListedAndTheRestIsTold() throws IOException {
    String text =
        fragment(
            IntStream.range(0, 40)
                .mapToObj(
                    i ->
                        "{\"method\": \"GET\", \"path\": \"/%s/page-of-a-name-that-is-long-enough-to-be-cut-%s\"}\n"
                            .formatted("x".repeat(20), i)
                            .repeat(i + 1))
                .collect(Collectors.joining()));

    List<RequestPlan> requests = read(text).requests();
    assertThat(requests).hasSize(30);
    assertThat(requests.get(0).weight()).isEqualTo(40);
    assertThat(requests).extracting(RequestPlan::name).doesNotHaveDuplicates();
    assertThat(text)
        .contains(
            "# The 30 most frequent are listed; 10 more, with 6.7 % of the requests, are not.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "nothing\nof use\n", "{\"log\": {\"entries\": []}}"})
  void aFileWithoutRequestsIsRefusedWithASentence(String text) {
    assertThatExceptionOfType(UnreadableTrafficException.class)
        .isThrownBy(() -> fragment(text))
        .withMessageStartingWith(
            folder.resolve("access.log") + ": holds no request that can be read")
        .withMessageContaining("give a HAR file");
  }

  @Test
  void aFileWithoutRequestsThatCanBeSentIsRefusedAsWell() {
    assertThatExceptionOfType(UnreadableTrafficException.class)
        .isThrownBy(
            () -> fragment(combined("00", "CONNECT /x") + combined("01", "GET /%s".formatted("é"))))
        .withMessageContaining("holds no request that the load could send")
        .withMessageContaining("1 request with other methods than [GET, HEAD,")
        .withMessageContaining("1 request for paths that are too long, or no printable ASCII");
    assertThatExceptionOfType(UnreadableTrafficException.class)
        .isThrownBy(() -> TrafficReader.read(folder.resolve("none"), request -> {}))
        .withMessage(folder.resolve("none") + ": there is no such file");
    assertThatExceptionOfType(UnreadableTrafficException.class)
        .isThrownBy(() -> fragment("x.har", "{\"log\":\n{\"entries\": [}", false))
        .withMessageStartingWith(folder.resolve("x.har") + ":2: is no HAR file: ");
  }
}
