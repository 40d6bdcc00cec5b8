package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeterminismTest {
  @TempDir Path folder;

  static List<Strategy> strategies() {
    return Strategy.known();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void theSameSeedGivesTheSameFiles(Strategy strategy) throws IOException {
    String is = "strategy: " + strategy.fileName();

    assertThat(files(TwinRun.of(folder.resolve("b"), is, "seed: 7")))
        .isEqualTo(files(TwinRun.of(folder.resolve("a"), is, "seed: 7")))
        .hasSize(5);
  }

  @Test
  void anotherSeedGivesAnotherRun() throws IOException {
    Map<String, String> one =
        files(TwinRun.of(folder.resolve("1"), "strategy: rolling", "seed: 1"));
    Map<String, String> two =
        files(TwinRun.of(folder.resolve("2"), "strategy: rolling", "seed: 2"));

    for (String name : one.keySet()) {
      assertThat(two.get(name)).as(name).isNotEqualTo(one.get(name));
    }
  }

  private static Map<String, String> files(TwinRun run) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(run.folder())) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
