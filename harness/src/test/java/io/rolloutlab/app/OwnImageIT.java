package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The app of README's section on images of one's own, as it stands there, and what it must not do.
 */
class OwnImageIT {
  private static final String ROLLING =
      "rolling: {update: {delay: 1s, monitor: 1s}, rollback: {monitor: 1s, delay: 0s}, hold: 4s}\n";

  private static final List<String> IMAGES =
      List.of("hello:1", "hello:2", "hello:odd", "hello:silent-1", "hello:silent-2");

  @TempDir static Path folder;

  private static DockerClient docker;

  @BeforeAll
  static void buildWhatReadmeShows() throws IOException, InterruptedException {
    Engine.locate(Engine.home(), line -> {});
    docker = Engine.client();
    String readme = Files.readString(Engine.home().resolve("README.md"));
    Files.writeString(folder.resolve("app.py"), block(readme, "python"));
    Files.writeString(folder.resolve("Dockerfile"), block(readme, "dockerfile"));
    build("hello:1", "v1");
    build("hello:2", "v2");
    build("hello:odd", "2");
    String app = Files.readString(folder.resolve("app.py"));
    String silent = app.replaceAll(".*X-App-Version.*\\n", "");
    assertThat(silent).isNotEqualTo(app);
    Files.writeString(folder.resolve("app.py"), silent);
    build("hello:silent-1", "v1");
    build("hello:silent-2", "v2");
  }

  /** The lab's own app stands for a Python from a registry, which tests do without. */
  private static void build(String tag, String version) throws IOException, InterruptedException {
    Path plain = folder.resolve("plain.yaml");
    Files.writeString(plain, "name: plain\nquestion: Which images?\nstrategy: baseline\n");
    String python =
        new Images(docker, Engine.home(), line -> {}, () -> false)
            .provide(new ScenarioReader().read(plain))
            .byName()
            .get("pyapp:v1");
    docker
        .buildImageCmd(folder.toFile())
        .withTags(Set.of(tag))
        .withBuildArg("BASE", python)
        .withBuildArg("VERSION", version)
        .exec(new BuildImageResultCallback())
        .awaitImageId(5, TimeUnit.MINUTES);
  }

  private static String block(String readme, String language) {
    Matcher block =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(block.find()).as("README has a block of " + language).isTrue();
    return block.group(1);
  }

  @AfterAll
  static void leaveNothing() {
    for (String tag : IMAGES) {
      docker.removeImageCmd(tag).withForce(true).exec();
    }
  }

  private static LabRuns.Call roll(String name, String stable, String candidate, String more) {
    LabRuns.scenario(
        folder.resolve(name),
        name,
        "rolling",
        "app: {replicas: 2, constraints: [], v1: {image: '%s'}, v2: {image: '%s'}}\n"
                .formatted(stable, candidate)
            + ROLLING
            + more
            + "expect: {endsIn: completed}\n");
    return LabRuns.call(
        "run", folder.resolve(name).toString(), "--into", folder.resolve(name + "-out").toString());
  }

  @Test
  void theAppOfReadmeIsRolledOutAndBack() {
    LabRuns.Call call = roll("hello", "hello:1", "hello:2", "");

    assertThat(call.output()).contains("hello: PASS");
    assertThat(call.exitCode()).isEqualTo(Lab.PASSED);
    History history = LabRuns.history(folder.resolve("hello-out"), "hello");
    assertThat(history.requests().stream().map(Request::version)).contains("v1", "v2");
    assertThat(LeftBehind.names()).isEmpty();
  }

  /** Where nginx speaks to the tasks, their addresses tell; no kernel needs IPVS for that. */
  @Test
  void underDnsrrAnAppWithoutAnyHeaderIsKnownByItsTasksAddresses() {
    LabRuns.Call call = roll("silent", "hello:silent-1", "hello:silent-2", "balancing: dnsrr\n");

    assertThat(call.output()).contains("silent: PASS");
    assertThat(call.exitCode()).isEqualTo(Lab.PASSED);
    History history = LabRuns.history(folder.resolve("silent-out"), "silent");
    assertThat(history.requests()).allMatch(request -> request.version().isEmpty());
    Findings findings = Analysis.analyse(history);
    TaskWitness tasks = findings.reconciliation().orThrow().tasks();
    assertThat(tasks.named()).isEqualTo(tasks.answers()).isPositive();
    assertThat(tasks.tasks()).extracting(TaskWitness.ByTask::version).contains("v1", "v2");
    assertThat(findings.versions().orThrow().others()).isEmpty();
    assertThat(LeftBehind.names()).isEmpty();
  }

  @Test
  void aCandidateThatNamesAnotherVersionIsNeverAPass() {
    LabRuns.Call call = roll("odd", "hello:1", "hello:odd", "");

    assertThat(call.exitCode()).isEqualTo(Lab.NOT_PASSED);
    assertThat(call.output()).contains("odd: UNKNOWN").contains("X-App-Version").contains("\"2\"");
  }
}
