package io.rolloutlab.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of the doctor's rules is what the rules say. {@code -Dlab.write-doctor-rules=true}
 * writes it anew.
 */
class DoctorRulesPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("lab.home", "..")).resolve("docs/doctor-rules.md");

  @Test
  void thePageIsWhatTheRulesSay() throws IOException {
    String page =
        """
        # The doctor's rules

        Made from the rules themselves, and checked by a test. `./lab doctor FILE` asks each of them about every service of a stack file
        whose tasks are to stay; jobs end by themselves. A finding is **certain** where it follows from the file and from what Swarm does,
        **likely** where something outside the file, such as the image, could prevent it, and **possible** where it depends on what the
        file does not tell.

        | rule | it speaks when | read or seen in |
        |---|---|---|
        """
            + Doctor.withAllRules().rules().stream()
                .map(rule -> row(rule.about()))
                .collect(Collectors.joining());

    if (Boolean.getBoolean("lab.write-doctor-rules")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("run this test with -Dlab.write-doctor-rules=true").hasContent(page);
  }

  private static String row(About about) {
    return "| `%s` | %s | %s |\n"
        .formatted(about.name(), about.looksFor(), String.join("; ", about.sources()));
  }

  @Test
  void aRuleHasANameASentenceAndASource() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new About("All at once", "Something.", List.of("somewhere")))
        .withMessageContaining("\"All at once\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new About("all-at-once", "Something.", List.of()));
  }
}
