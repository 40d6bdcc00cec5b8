package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.read.SweepReader;
import io.rolloutlab.scenario.requests.GoodAnswer;
import io.rolloutlab.scenario.requests.RequestDraw;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users ask for: how it is written, drawn, and judged. */
class RequestsTest {
  private static final String HEAD = "name: x\nquestion: Why?\nstrategy: rolling\n";

  @TempDir Path folder;

  private List<RequestPlan> requests(String list) throws IOException {
    return read("load:\n  requests:\n" + list).load().requests();
  }

  private Scenario read(String rest) throws IOException {
    return new ScenarioReader().read(Files.writeString(folder.resolve("x.yaml"), HEAD + rest));
  }

  @Test
  void oneThatSaysNothingIsAGetOfTheFirstPage() throws IOException {
    assertThat(requests("    - {}\n"))
        .containsExactly(
            new RequestPlan(1, "GET", "/", Map.of(), null, null, GoodAnswer.DEFAULT, "GET /"));
    assertThat(read("").load().requests()).isEmpty();
  }

  @Test
  void itSaysWhatIsSentAndWhatIsGood() throws IOException {
    RequestPlan order =
        requests(
                "    - weight: 3\n"
                    + "      method: POST\n"
                    + "      path: /orders?dry=1\n"
                    + "      headers: {Content-Type: application/json, X-Flag: true}\n"
                    + "      body: '{\"item\": 7}'\n"
                    + "      good: {status: [200-299, 404], header: {X-A: b}, json: {/state: up}}\n"
                    + "      name: order\n")
            .get(0);

    assertThat(order.weight()).isEqualTo(3);
    assertThat(order.headers())
        .containsExactly(
            Map.entry("Content-Type", "application/json"), Map.entry("X-Flag", "true"));
    assertThat(order.body()).isEqualTo("{\"item\": 7}");
    assertThat(order.good().status()).hasToString("[200-299, 404]");
    assertThat(order.mayBeSentAgain()).isFalse();
    assertThat(requests("    - {method: PUT}\n").get(0).mayBeSentAgain()).isTrue();
  }

  /** Each is item 1 of the list, in line 7. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {weight: 0}                       | [1].weight: must be from 1 to 1000000, but is 0
          {method: get}                     | [1].method: "get" is not known
          {method: PSOT}                    | [1].method: "PSOT" is not known (did you mean "POST"?)
          {path: orders}                    | [1].path: must begin with a slash
          {path: "/a b"}                    | [1].path: must begin with a slash and be printable ASCII without spaces
          {path: "/a#b"}                    | [1].path: must begin with a slash
          {headers: {X-Request-Id: 1}}      | [1].headers.X-Request-Id: is set by the lab itself: leave it out
          {headers: {connection: close}}    | [1].headers.connection: is set by the lab itself
          {headers: {"X A": b}}             | [1].headers.X A: is no name that a header could have
          {headers: {X-A: "ü"}}             | [1].headers.X-A: is "ü", and a header holds printable ASCII
          {headers: {X-A: }}                | [1].headers.X-A: has no value
          {good: {status: 200}}             | [1].good.status: wrong type: a list is wanted here
          {good: {status: []}}              | [1].good.status: names no status
          {good: {status: [2xx]}}           | [1].good.status[0]: "2xx" is no status and no range of them
          {good: {status: [200, 500]}}      | [1].good.status[1]: "500" is no range from 100 to 499
          {good: {status: [299-200]}}       | [1].good.status[0]: "299-200" is no range from 100 to 499
          {good: {json: {$.state: up}}}     | [1].good.json.$.state: is no JSON pointer: it begins with a slash
          {method: HEAD, good: {json: {/a: b}}} | [1].good.json: is asked of the answer to a HEAD
          {good: {body: up}}                | [1].good.body: unknown key
          {bodyfile: x}                     | [1].bodyfile: unknown key (did you mean "bodyFile"?)
          {bodyFile: none.json}             | [1].bodyFile: FOLDER/none.json: there is no such body file
          {bodyFile: ../}                   | is a folder, a device or a pipe; a body is a file
          {bodyFile: a, body: b}            | [1].bodyFile: is given beside body: keep only one of them
          {assets: 0}                       | [1].assets: must be from 1 to 20, but is 0
          {assets: 21}                      | [1].assets: must be from 1 to 20, but is 21
          {assets: two}                     | [1].assets: wrong type
          {method: POST, assets: 2}         | [1].assets: are named by the page that a GET brings, and this is a POST
          {name: ""}                        | [1].name: must be 1 to 60 characters in one line
          {path: /first}                    | [1]: is called "GET /first", as another one is
          """)
  void refusesWithFileLineAndKey(String request, String complaint) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> requests("    - {path: /first}\n    - " + request + "\n"))
        .withMessageStartingWith(folder.resolve("x.yaml") + ":7: load.requests[1]")
        .withMessageContaining(complaint.replace("FOLDER", folder.toString()));
  }

  /** Nobody else's app knows the paths by which they are asked for. */
  @Test
  void assetsAreAskedOfTheLabsOwnAppAlone() {
    String images = "app: {v1: {image: \"mine:1\"}, v2: {image: \"mine:2\"}}\n";
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(images + "load: {requests: [{path: /a}, {assets: 3}]}\n"))
        .withMessageStartingWith(
            "%s:5: load.requests[1].assets: are asked of the lab's own app alone, which knows their"
                    .formatted(folder.resolve("x.yaml"))
                + " paths, but app.v1.image is \"mine:1\": leave them out");
  }

  /** The rate counts what arrives; assets come on top of it. */
  @Test
  void assetsComeOnTopOfTheRate() throws IOException {
    LoadPlan plan =
        read("load: {ratePerSecond: 20, requests: [{assets: 6, weight: 1}, {path: /a, weight: 3}]}")
            .load();

    assertThat(plan.requestsPerSecond()).isEqualTo(50);
    assertThat(plan.namesAssets()).isTrue();
    assertThat(plan.requests()).extracting(RequestPlan::namedAssets).containsExactly(6, 0);
    assertThat(read("load: {ratePerSecond: 20}").load().requestsPerSecond()).isEqualTo(20);
  }

  @Test
  void tooManyAreRefused() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(
            () ->
                requests(
                    IntStream.range(0, 101)
                        .mapToObj(i -> "    - {path: /%s}\n".formatted(i))
                        .collect(Collectors.joining())))
        .withMessageContaining("load.requests: are 101, and 100 can be listed");
  }

  /** The run's record has to be whole without the file. */
  @Test
  void aBodyOfAFileIsReadFromTheFolderOfTheScenario() throws IOException {
    Files.createDirectories(folder.resolve("bodies"));
    Files.writeString(folder.resolve("bodies/order.json"), "{\n  \"item\": 7\n}\n");

    RequestPlan order = requests("    - {method: POST, bodyFile: bodies/order.json}\n").get(0);

    assertThat(order.body()).isEqualTo("{\n  \"item\": 7\n}\n");
    assertThat(order.bodyFile()).isEqualTo("bodies/order.json");
    assertThat(sweep("{bodyFile: bodies/order.json}").body()).isEqualTo(order.body());
  }

  private RequestPlan sweep(String request) throws IOException {
    String text =
        "name: x\nquestion: Why?\nvary: {delay: [1s]}\nscenario: {load: {requests: [%s]}}\n"
            .formatted(request);
    return new SweepReader()
        .read(Files.writeString(folder.resolve("sweep.yaml"), text))
        .cells()
        .get(0)
        .scenario()
        .load()
        .requests()
        .get(0);
  }

  @Test
  void aBodyThatIsTooLongIsRefusedWhereItsFileIsNamed() throws IOException {
    Files.writeString(folder.resolve("long"), "x".repeat(65_537));

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> requests("    - {}\n    - path: /a\n      bodyFile: long\n"))
        .withMessage(
            "%s:8: load.requests[1].body: has 65537 characters, and may have 65536"
                .formatted(folder.resolve("x.yaml")));
  }

  @Test
  void weightsDecideHowOftenEachIsDrawn() {
    List<RequestPlan> plans = List.of(plan("/a", 1), plan("/b", 8), plan("/c", 1));
    RequestDraw draw = new RequestDraw(plans, 3);

    Map<String, Long> drawn =
        IntStream.range(0, 10_000)
            .mapToObj(i -> draw.next().orElseThrow().path())
            .collect(Collectors.groupingBy(path -> path, Collectors.counting()));

    assertThat(drawn.get("/a")).isBetween(900L, 1_100L);
    assertThat(drawn.get("/b")).isBetween(7_850L, 8_150L);
    assertThat(new RequestDraw(List.of(), 3).next()).isEmpty();
  }

  private static RequestPlan plan(String path, int weight) {
    return new RequestPlan(weight, null, path, null, null, null, null, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "good",
      textBlock =
          """
          {status: [200-299]}   | 204 |                      | good
          {status: [200-299, 404]} | 403 |                   | answered 403, and only 200-299, 404 is good
          {}                    | 499 |                      | good
          {header: {X-Cache: HIT}}  | 200 |                  | good
          {header: {X-Cache: MISS}} | 200 |                  | answered 200, but its header X-Cache was "HIT" instead of "MISS"
          {header: {X-Else: a}} | 200 |                      | answered 200, but without the header X-Else
          {json: {/state: up}}  | 200 | {"state": "up"}      | good
          {json: {/state: up}}  | 200 | {"state": "down"}    | answered 200, but /state was "down" instead of "up"
          {json: {/state: up}}  | 201 | {"else": "up"}       | answered 201, but without a value at /state
          {json: {/state: up}}  | 200 | {"state": {"a": 1}}  | answered 200, but /state was {"a":1} instead of "up"
          {json: {/a/1: 2}}     | 200 | {"a": [1, 2.0]}      | good
          {json: {/a/1: 3}}     | 200 | {"a": [1, 2]}        | answered 200, but /a/1 was 2 instead of "3"
          {json: {/a: up}}      | 200 | {"a": 1}             | answered 200, but /a was 1 instead of "up"
          {json: {/a: "true"}}  | 200 | {"a": true}          | good
          {json: {/a: "null"}}  | 200 | {"a": null}          | good
          {json: {/a: b}}       | 200 | <p>                  | answered 200, but with no JSON
          {json: {/a: b}}       | 200 |                      | answered 200, but with no JSON
          """)
  void whatIsWrongIsSaid(String good, int status, String body, String complaint)
      throws IOException {
    GoodAnswer answer = requests("    - {good: %s}\n".formatted(good)).get(0).good();
    byte[] bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);

    assertThat(
            answer.complaint(
                status, name -> name.equals("X-Cache") ? List.of("HIT") : List.of(), bytes))
        .isEqualTo(Optional.ofNullable(complaint));
  }

  @Test
  void whatIsSaidIsOfABearableLength() throws IOException {
    GoodAnswer answer = requests("    - {good: {json: {/a: b}}}\n").get(0).good();
    byte[] body = "{\"a\": \"%s\"}".formatted("x\\n".repeat(500)).getBytes(StandardCharsets.UTF_8);

    assertThat(answer.complaint(200, name -> List.of(), body).orElseThrow())
        .hasSizeLessThan(600)
        .doesNotContain("\n");
  }
}
