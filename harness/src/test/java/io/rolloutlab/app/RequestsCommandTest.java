package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log becomes a load, and a scenario with that load is simulated. */
class RequestsCommandTest {
  private static final String LINE =
      "10.0.0.1 - - [28/Nov/2026:10:00:%02d +0000] \"GET %s HTTP/1.1\" 200 17 \"-\" \"-\"\n";

  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void write() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int second = 0; second < 60; second++) {
      text.append(LINE.formatted(second, "/orders/" + second).repeat(20));
      text.append(LINE.formatted(second, "/style.css"));
      text.append(LINE.formatted(second, "/").repeat(5));
    }
    log = Files.writeString(folder.resolve("access.log"), text);
  }

  @Test
  void whatIsPrintedIsWhatIsWritten() throws IOException {
    Path list = folder.resolve("load.yaml");

    LabRuns.Call printed = LabRuns.call("requests", log.toString());
    LabRuns.Call written = LabRuns.call("requests", log.toString(), "--to", list.toString());

    assertThat(printed.exitCode()).isEqualTo(Lab.PASSED);
    assertThat(printed.output())
        .contains("# Left out: 60 requests for static files, which the lab's nginx answers itself.")
        .contains("  ratePerSecond: 25.42\n")
        .contains(
            "    - {weight: 1200, method: GET, path: \"/orders/0\", name: \"GET /orders/*\"}\n")
        .contains("    - {weight: 300, method: GET, path: \"/\", name: \"GET /\"}\n");
    assertThat(written.exitCode()).isEqualTo(Lab.PASSED);
    assertThat(written.output()).isEqualTo("written to " + list + System.lineSeparator());
    assertThat(list).hasContent(printed.output());
  }

  @Test
  void theListIsALoadThatCanBeSimulated() throws IOException {
    String load = LabRuns.call("requests", log.toString()).output();
    Path scenario = LabRuns.file(folder.resolve("mine"), "seen", "strategy: baseline\n" + load);

    LabRuns.Call simulate =
        LabRuns.call("simulate", scenario.toString(), "--into", folder.resolve("work").toString());

    assertThat(simulate.output()).contains("seen").doesNotContain("Exception");
    assertThat(LabRuns.history(folder.resolve("work/twin"), "seen").requests())
        .extracting("name")
        .containsOnly("GET /orders/*", "GET /");
  }

  @Test
  void whatCannotBeReadIsASentence() throws IOException {
    Path none = Files.writeString(folder.resolve("none.log"), "words\n");
    LabRuns.Call call = LabRuns.call("requests", none.toString());

    assertThat(call.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output())
        .startsWith(none + ": holds no request that can be read, the first line 1: give a HAR file")
        .doesNotContain("Exception");
    assertThat(
            LabRuns.call("requests", log.toString(), "--to", folder.resolve("a/b").toString())
                .exitCode())
        .isEqualTo(Lab.NOT_PASSED);
  }
}
