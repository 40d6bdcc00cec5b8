package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.swarm.cluster.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the lab says stays as it is while its house is rebuilt: every file of the report on the
 * delivered scenarios on the twin, and on two recorded real runs, against the files in {@code
 * golden}. Drawings, styles and long lists of numbers stand there as their digests; what differs
 * from one commit to the next by its nature (the commit) is left out. {@code -Dlab.write-golden}
 * writes the files anew: look at the difference before you commit it.
 */
class GoldenTest {
  private static final Path GOLDEN = Engine.home().resolve("harness/src/test/resources/golden");

  private static final Pattern COMMIT =
      Pattern.compile("\\b[0-9a-f]{40}\\b(?: (?:with|\\+) uncommitted changes)?");
  private static final Pattern DIRTY = Pattern.compile("(\"dirty\" : )(?:true|false)");
  private static final Pattern JAVA = Pattern.compile("(\"java\" : )\"[^\"]*\"");
  private static final List<Pattern> BULKY =
      List.of(
          Pattern.compile("<svg.*?</svg>", Pattern.DOTALL),
          Pattern.compile("<style.*?</style>", Pattern.DOTALL),
          Pattern.compile("\\[[^\\[\\]{}\"]{200,}\\]"));

  @TempDir Path folder;

  @Test
  void theDeliveredScenariosOnTheTwin() throws IOException {
    LabRuns.Call call = LabRuns.call("simulate", "--into", folder.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    sameAs("twin", folder.resolve("twin/report"));
  }

  @Test
  void twoRecordedRealRuns() throws IOException {
    Path recorded = GOLDEN.resolveSibling("recorded");

    LabRuns.Call call = LabRuns.call("report", recorded.toString(), "--into", folder.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    sameAs("recorded", folder.resolve("report"));
  }

  private static void sameAs(String name, Path report) throws IOException {
    Path golden = GOLDEN.resolve(name);
    if (Boolean.getBoolean("lab.write-golden")) {
      for (String file : files(report)) {
        Files.createDirectories(golden);
        Files.writeString(golden.resolve(file), told(report.resolve(file)));
      }
    }
    assertThat(files(report)).isEqualTo(files(golden));
    for (String file : files(report)) {
      assertThat(told(report.resolve(file)))
          .as(file)
          .isEqualTo(Files.readString(golden.resolve(file)));
    }
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private static String told(Path file) throws IOException {
    String text = COMMIT.matcher(Files.readString(file)).replaceAll("COMMIT");
    text = DIRTY.matcher(text).replaceAll("$1DIRTY");
    text = JAVA.matcher(text).replaceAll("$1JAVA");
    for (Pattern bulky : BULKY) {
      text = bulky.matcher(text).replaceAll(GoldenTest::digest);
    }
    return text;
  }

  private static String digest(MatchResult part) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(part.group().getBytes(StandardCharsets.UTF_8));
      return "DIGEST-" + HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
