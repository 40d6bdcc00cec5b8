package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code docker/engine} where there are no other programs than it needs to look. */
class EngineScriptTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("lab.home", "..")).resolve("docker").resolve("engine");

  @TempDir Path programs;

  private record Ended(int exitCode, String output) {}

  private Ended status(String dockerHost) throws IOException, InterruptedException {
    Files.createSymbolicLink(programs.resolve("dirname"), found("dirname"));
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", SCRIPT.toString(), "status").redirectErrorStream(true);
    builder.environment().put("PATH", programs.toString());
    builder.environment().put("DOCKER_HOST", dockerHost);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static Path found(String program) {
    Path here = Path.of("/usr/bin").resolve(program);
    return Files.exists(here) ? here : Path.of("/bin").resolve(program);
  }

  @Test
  void overSshWithoutADockerClientNoOtherEngineIsTaken() throws IOException, InterruptedException {
    Ended ended = status("ssh://me@192.0.2.7");

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output())
        .contains("DOCKER_HOST=ssh://me@192.0.2.7: no docker client is on this machine")
        .doesNotContain("looking elsewhere", "answers at");
  }
}
