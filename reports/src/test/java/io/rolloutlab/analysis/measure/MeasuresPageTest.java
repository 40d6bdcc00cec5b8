package io.rolloutlab.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of all measures is what their list says. {@code -Dlab.write-measures=true} writes it
 * anew.
 */
class MeasuresPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lab.home", "..")).resolve("docs/measures.md");

  @Test
  void thePageIsWhatTheListSays() throws IOException {
    String page =
        """
        # All measures

        Made from the list that comparisons, files, sweeps and `expect` use, and checked by a test. Any of them can be expected:
        `expect: {p99Millis: {atMost: 200}}`, in its unit. A limit may be counted from the baseline run of the same batch
        (`atMost: baseline + 20`; of several baselines their mean). Where "per phase" says yes, `in: rollback` looks at every phase of
        that kind by itself.

        | key | unit | best | per phase | shown in | how it is measured |
        |---|---|---|---|---|---|
        """
            + Measures.all().stream().map(MeasuresPageTest::row).collect(Collectors.joining());

    if (Boolean.getBoolean("lab.write-measures")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("run this test with -Dlab.write-measures=true").hasContent(page);
  }

  private static String row(Measure measure) {
    Heading its = measure.heading();
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            its.key(),
            its.unit(),
            measure.ranks().best() == Best.NONE ? "" : word(measure.ranks().best()),
            measure.reads().inPhase().isPresent() ? "yes" : "",
            measure.tables().stream()
                .sorted()
                .map(MeasuresPageTest::word)
                .collect(Collectors.joining(", ")),
            its.howMeasured());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void aKeyIsOneThatFilesCanHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Heading("Bad seconds", "Bad seconds", "s", 0, "How"))
        .withMessageContaining("\"Bad seconds\"");
  }

  /** A comparison of two batches has all measures in one table. */
  @Test
  void noTwoMeasuresAreCalledTheSame() {
    assertThat(Measures.all())
        .extracting(measure -> measure.heading().label() + ", " + measure.heading().unit())
        .doesNotHaveDuplicates();
  }

  @Test
  void aMeasureIsFoundByItsKey() {
    assertThat(Measures.find("p99Millis")).contains(HarmMeasures.P99_MILLIS);
    assertThat(Measures.find("p99Milis")).isEmpty();
  }
}
