package io.rolloutlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.requests.GoodAnswer;
import io.rolloutlab.scenario.requests.RequestPlan;
import io.rolloutlab.scenario.requests.StatusRange;
import io.rolloutlab.scenario.users.UserMark;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
  @TempDir Path folder;

  @Test
  void theClassPathIsAbsolute() {
    String classPath =
        LoadCommand.classPath(
            ClassLoader.getSystemClassLoader(), "a.jar" + File.pathSeparator + "/b.jar");

    assertThat(classPath.split(File.pathSeparator))
        .containsExactly(Path.of("a.jar").toAbsolutePath().toString(), "/b.jar");
  }

  @Test
  void aBuildToolsClassLoaderIsAsked() throws IOException {
    Path jar = folder.resolve("with space.jar");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      assertThat(LoadCommand.classPath(loader, "maven.jar")).isEqualTo(jar.toString());
    }
  }

  @Test
  void theJobReachesTheChild() throws IOException {
    LoadPlan plan =
        new LoadPlan(
            12.3,
            0.25,
            7,
            null,
            null,
            Duration.ofMillis(1500),
            Duration.ofSeconds(77),
            List.of(
                new RequestPlan(
                    3,
                    "POST",
                    "/a?b",
                    Map.of("X-A", "b"),
                    "{}",
                    null,
                    new GoodAnswer(
                        List.of(StatusRange.parse("200-299"), StatusRange.parse("404")),
                        Map.of("X-B", "c"),
                        Map.of("/d", "e")),
                    "a post")));
    LoadJob job =
        new LoadJob(
            plan,
            -5,
            "run_1",
            List.of(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:2/")),
            folder,
            "/a?b=ü",
            30,
            new UserMark(UserMark.Kind.COOKIE, "group", "b", 3));
    LoadFolder files = new LoadFolder(job.folder());
    files.write(job);

    assertThat(files.readJob()).isEqualTo(job);
    assertThat(job.url(0)).isEqualTo("http://127.0.0.1:1/a?b=ü&work=30");
    assertThat(job.url(3)).isEqualTo("http://127.0.0.1:2/a?b=ü&work=30");
  }

  @Test
  void aJobThatCannotBeIsRefused() {
    URI elsewhere = URI.create("http://gatling.io");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LoadJob.of(LoadPlan.DEFAULT, 1, "r1", folder, elsewhere))
        .withMessage("target of a load cannot be \"http://gatling.io\"");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> LoadJob.of(LoadPlan.DEFAULT, 1, "a b", folder, URI.create("http://127.0.0.1")))
        .withMessageContaining("runId");
  }

  @Test
  void aFolderInUseIsRefused() throws IOException {
    Files.createFile(new LoadFolder(folder).recording());
    LoadJob job = LoadJob.of(LoadPlan.DEFAULT, 1, "r1", folder, URI.create("http://127.0.0.1:1"));

    assertThatExceptionOfType(LoadException.class)
        .isThrownBy(() -> LoadProcess.start(job))
        .withMessageContaining("holds another load");
  }
}
