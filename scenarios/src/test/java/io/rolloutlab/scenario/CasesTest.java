package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.read.FileText;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings out of public threads and files, files that are none, and what is no file. */
class CasesTest {
  private static final List<String> REFUSED =
      List.of("alias.yaml", "control-character.yaml", "deep.yaml");

  @TempDir Path folder;

  static Stream<Path> readable() throws IOException, URISyntaxException {
    try (Stream<Path> all = Files.list(cases())) {
      return all.filter(file -> !REFUSED.contains(file.getFileName().toString())).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("readable")
  void areRead(Path file) {
    assertThatCode(() -> new ScenarioReader().read(file)).doesNotThrowAnyException();
  }

  @Test
  void aliasesAreRefusedEachWithItsLine() throws URISyntaxException {
    Path file = cases().resolve("alias.yaml");

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().read(file))
        .withMessageContaining(file + ":3: question: the anchor &q is not understood")
        .withMessageContaining(file + ":6: app.v1.env.APP_LATENCY_MILLIS: the anchor &l is not")
        .withMessageContaining(file + ":7: app.v2.env.APP_LATENCY_MILLIS: the alias *l is not");
  }

  @Test
  void aControlCharacterIsRefusedWithItsPlace() throws URISyntaxException {
    Path file = cases().resolve("control-character.yaml");

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().read(file))
        .withMessage(file + ":2: the control character U+0001 stands in column 31; remove it");
  }

  @Test
  void whatIsNestedTooDeepIsRefusedWithItsLine() throws URISyntaxException {
    Path file = cases().resolve("deep.yaml");

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().read(file))
        .withMessage(file + ":1: nested too deep: no key stands deeper than 12 levels");
  }

  @Test
  void anotherEncodingIsRefusedWithTheByteThatSaysSo() throws IOException {
    Path file = folder.resolve("latin.yaml");
    Files.write(file, "name: x\nquestion: für wen?\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().read(file))
        .withMessage(file + ":2: the file is not UTF-8: byte 20 of it is 0xFC; save it as UTF-8");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void noMoreIsReadThanAScenarioCanHave() throws IOException {
    Path file = folder.resolve("huge.yaml");
    Files.write(file, new byte[FileText.MOST_BYTES + 1]);

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().read(file))
        .withMessage(file + ": has more than 1048576 bytes, which no scenario has");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void devicesAndFoldersAreNotRead() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().readAll(List.of(Path.of("/dev/zero"))))
        .withMessage("/dev/zero: is a folder, a device or a pipe; a scenario is a file");
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> new ScenarioReader().read(folder))
        .withMessageContaining("is a folder");
  }

  private static Path cases() throws URISyntaxException {
    return Path.of(CasesTest.class.getResource("/cases").toURI());
  }
}
