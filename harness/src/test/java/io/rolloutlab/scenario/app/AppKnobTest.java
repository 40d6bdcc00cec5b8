package io.rolloutlab.scenario.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The app, its README and the lab have one list of knobs. */
public class AppKnobTest {
  private static final Path APP = Path.of("..", "docker", "app");

  @Test
  void theAppHasTheseKnobs() throws IOException {
    String server = Files.readString(APP.resolve("server.py"));
    Pattern read =
        Pattern.compile("= (number|whole|flag)\\(\"(APP_\\w+)\"(?:, (\\w+), 0, ([\\d_]+))?\\)");

    List<String> all = read.matcher(server).results().map(AppKnobTest::knob).sorted().toList();

    assertThat(all)
        .isEqualTo(
            Arrays.stream(AppKnob.values())
                .map(k -> "%s %s %s".formatted(k.variable(), k.absent(), k.range()))
                .sorted()
                .toList());
    String known = server.substring(server.indexOf("KNOWN = {"), server.indexOf("def __init__"));
    assertThat(Pattern.compile("APP_\\w+").matcher(known).results().map(MatchResult::group))
        .containsExactlyInAnyOrderElementsOf(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("APP_VERSION"),
                    Arrays.stream(AppKnob.values()).map(AppKnob::variable))
                .toList());
  }

  /** What is told twice is told in two ways some day. */
  @Test
  void itsOwnTextPointsToTheReadme() throws IOException {
    String server = Files.readString(APP.resolve("server.py"));
    String told = server.substring(0, server.indexOf("\"\"\"", 3));

    assertThat(told).startsWith("\"\"\"").contains("README.md").doesNotContain("APP_");
  }

  private static String knob(MatchResult read) {
    String most = read.group(4) == null ? "" : read.group(4).replace("_", "");
    String absent = read.group(3) == null ? "false" : read.group(3).replace("None", "never");
    String range =
        read.group(1).equals("flag")
            ? ""
            : "0.." + most + (read.group(1).equals("whole") ? ", whole" : "");
    return "%s %s %s".formatted(read.group(2), absent, range);
  }

  @Test
  void itsReadmeListsThem() throws IOException {
    List<String> rows =
        Files.readAllLines(APP.resolve("README.md")).stream()
            .filter(line -> line.startsWith("| `APP_"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(Arrays.stream(AppKnob.values()).map(AppKnobTest::row).toList());
  }

  /** A row of a table: variable, default, range, what it does. */
  public static String row(AppKnob knob) {
    return "| `%s` | %s | %s| %s |"
        .formatted(
            knob.variable(),
            knob.absent(),
            knob.range().isEmpty() ? "" : knob.range() + " ",
            knob.sentence());
  }
}
