package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.matrix.MatrixReader;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.read.StrictYaml;
import io.rolloutlab.scenario.read.SweepReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The delivered files with faults in them: whatever comes of them is a scenario or a refusal in
 * words. {@code -Dlab.mutations=1000000} tries more of them.
 */
class MutationTest {
  private static final int MUTATIONS = Integer.getInteger("lab.mutations", 100_000);
  private static final Path FILE = Path.of("mutated.yaml");
  private static final Pattern LINE =
      Pattern.compile("mutated\\.yaml:(?:\\d+:| the file is empty; a| and \\d+ more).*");
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:java|org|com|io)\\.[a-z]+\\.|[a-z](?:Exception|Error)\\b");

  /** What people and accidents put into YAML. */
  private static final List<String> WORDS =
      List.of(
          "&a ",
          "*a",
          "!!str ",
          "!x ",
          "<<: ",
          "~",
          "null",
          "{",
          "}",
          "[",
          "]",
          "[[[[[[[[[[[[[[[[",
          "- ",
          "? ",
          ": ",
          ",",
          "|\n",
          ">-\n",
          "---\n",
          "...\n",
          "%YAML 9.9\n",
          "#",
          "\"",
          "'",
          "\t",
          "\n",
          "\r",
          "  ",
          "@",
          "`",
          "0",
          "-1",
          "1e999",
          ".inf",
          ".nan",
          "NaN",
          "0x1f",
          "9999999999999999999",
          "99999999999999999h",
          "1500ms",
          "0s",
          "10",
          "24h",
          "true",
          "yes",
          "app: ",
          "replicas: ",
          "steps: ",
          "\\x00",
          "\"\\x1b\"",
          "\"\\ud800\"",
          "\u0000",
          "\u001b",
          "\ufeff",
          "é",
          "node.hostname == nowhere",
          "name",
          "vip",
          "dnsrr",
          "4KiB");

  private final SplittableRandom chance = new SplittableRandom(20261101);

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void nothingButScenariosAndRefusals() throws IOException {
    List<byte[]> scenarios = files(Path.of("."));
    List<byte[]> sweeps = files(Path.of("sweeps"));
    List<byte[]> matrices = files(Path.of("matrix"));
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      boolean ofSweep = i % 16 == 0;
      // A matrix is read cell by cell, so it takes as long as thirty others.
      boolean ofMatrix = i % 256 == 1;
      byte[] mutated = mutated(ofMatrix ? matrices : ofSweep ? sweeps : scenarios);
      StrictYaml<?> yaml =
          ofMatrix ? MatrixReader.YAML : ofSweep ? SweepReader.YAML : ScenarioReader.YAML;
      read += isRead(yaml, mutated) ? 1 : 0;
    }

    System.out.printf("%s mutations: %s read, %s refused%n", MUTATIONS, read, MUTATIONS - read);
    assertThat(read).isBetween(MUTATIONS / 100, MUTATIONS - MUTATIONS / 100);
  }

  private static boolean isRead(StrictYaml<?> yaml, byte[] text) {
    try {
      yaml.read(FILE, text);
      return true;
    } catch (InvalidScenarioException refused) {
      for (String line : refused.getMessage().split("\n")) {
        if (!LINE.matcher(line).matches() || CLASS_NAME.matcher(line).find()) {
          throw new AssertionError("no refusal in words: " + line, refused);
        }
      }
      return false;
    } catch (RuntimeException | StackOverflowError other) {
      throw new AssertionError(
          "neither a scenario nor a refusal:\n" + new String(text, StandardCharsets.UTF_8), other);
    }
  }

  private static List<byte[]> files(Path folder) throws IOException {
    List<byte[]> texts = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(one -> one.toString().endsWith(".yaml")).sorted().toList()) {
        texts.add(Files.readAllBytes(file));
      }
    }
    assertThat(texts).isNotEmpty();
    return texts;
  }

  private byte[] mutated(List<byte[]> all) {
    byte[] text = all.get(chance.nextInt(all.size()));
    for (int times = 1 + chance.nextInt(3); times > 0; times--) {
      text = chance.nextBoolean() ? byBytes(text) : byWords(text);
    }
    return text;
  }

  private byte[] byBytes(byte[] text) {
    int from = chance.nextInt(text.length + 1);
    int to = Math.min(text.length, from + chance.nextInt(12));
    byte[] put = new byte[chance.nextInt(3)];
    for (int i = 0; i < put.length; i++) {
      put[i] = (byte) (chance.nextInt(4) == 0 ? chance.nextInt(256) : 32 + chance.nextInt(95));
    }
    return switch (chance.nextInt(4)) {
      case 0 -> splice(text, from, from, put);
      case 1 -> splice(text, from, to, put);
      case 2 -> splice(text, from, from, Arrays.copyOfRange(text, from, to));
      default -> splice(text, from, text.length, new byte[0]);
    };
  }

  /** A word becomes another, or a line is doubled, left out or moved. */
  private byte[] byWords(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int at = chance.nextInt(lines.size());
    String line = lines.get(at);
    switch (chance.nextInt(4)) {
      case 0 -> lines.add(chance.nextInt(lines.size()), line);
      case 1 -> lines.remove(at);
      case 2 -> lines.add(chance.nextInt(lines.size()), lines.remove(at));
      default -> {
        String[] words = line.split("(?<=[ ,:{}\\[\\]])|(?=[,:{}\\[\\]])", -1);
        words[chance.nextInt(words.length)] = word();
        lines.set(at, String.join("", words));
      }
    }
    return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String word() {
    String word = WORDS.get(chance.nextInt(WORDS.size()));
    return new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static byte[] splice(byte[] text, int from, int to, byte[] put) {
    byte[] all = new byte[text.length - (to - from) + put.length];
    System.arraycopy(text, 0, all, 0, from);
    System.arraycopy(put, 0, all, from, put.length);
    System.arraycopy(text, to, all, from + put.length, text.length - to);
    return all;
  }
}
