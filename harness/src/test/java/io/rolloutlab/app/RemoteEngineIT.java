package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerPort;
import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Labels;
import io.rolloutlab.swarm.cluster.LeftBehind;
import io.rolloutlab.swarm.cluster.TlsEntrance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine that is not the local default: it is reached over TLS on the loopback address, and what
 * is published comes from a fixed range, as where an engine elsewhere is forwarded.
 */
class RemoteEngineIT {
  private static final int FIRST = 24_100;
  private static final int LAST = 24_111;

  @TempDir Path folder;

  @Test
  void aRunOverTlsWithPortsOfARangeIsAsOneOnTheLocalEngine() throws Exception {
    URI local = Engine.locate(Engine.home(), line -> {});
    assumeThat(local.getScheme()).isEqualTo("unix");
    Path output = folder.resolve("output");
    LabRuns.scenario(
        folder.resolve("scenarios"),
        "calm",
        "baseline",
        "app: {replicas: 1, constraints: []}\nbaseline: {hold: 4s}\nexpect: {errorShareAtMost: 0}\n");

    try (TlsEntrance entrance =
        new TlsEntrance(Path.of(local.getPath()), folder.resolve("certificates"))) {
      Process lab = LabRuns.fork(output, environment(entrance), call());
      StoppedRunsIT.await(lab, output, "nothing changes");
      List<Integer> published = publishedBy(lab);
      assertThat(lab.waitFor(3, TimeUnit.MINUTES)).isTrue();

      assertThat(entrance.visitors()).isPositive();
      assertThat(published)
          .as("two nodes publish three ports each")
          .hasSize(6)
          .doesNotHaveDuplicates()
          .allSatisfy(port -> assertThat(port).isBetween(FIRST, LAST));
      assertThat(lab.exitValue()).as(Files.readString(output)).isEqualTo(Lab.PASSED);
    }
    assertThat(output)
        .content()
        .contains("from %s to %s; they are reached at 127.0.0.1.".formatted(FIRST, LAST))
        .contains("calm: PASS")
        .doesNotContain("\tat ");
    assertThat(LeftBehind.names()).isEmpty();
    theRecordIsWhole(LabRuns.history(folder.resolve("lab"), "calm"));
    assertThat(Files.readString(folder.resolve("lab/report/calm.html")))
        .contains("2: every limit of the lab");
  }

  private static Map<String, String> environment(TlsEntrance entrance) {
    return Map.of(
        "DOCKER_HOST", entrance.address().toString(),
        "DOCKER_TLS_VERIFY", "1",
        "DOCKER_CERT_PATH", entrance.certificates().toString());
  }

  private String[] call() {
    return new String[] {
      "run",
      folder.resolve("scenarios").toString(),
      "--into",
      folder.resolve("lab").toString(),
      "--ports",
      "%s-%s".formatted(FIRST, LAST),
      "--patience",
      "2"
    };
  }

  /** The ports of the nodes that a lab has started. */
  private static List<Integer> publishedBy(Process lab) throws IOException {
    String owner = "/%s/".formatted(lab.pid());
    try (DockerClient docker = Engine.client()) {
      return docker.listContainersCmd().withLabelFilter(List.of(Labels.OWNER)).exec().stream()
          .filter(container -> container.getLabels().get(Labels.OWNER).contains(owner))
          .flatMap(container -> Arrays.stream(container.getPorts()))
          .map(ContainerPort::getPublicPort)
          .filter(Objects::nonNull)
          .toList();
    }
  }

  private static void theRecordIsWhole(History history) {
    Findings findings = Analysis.analyse(history);
    assertThat(history.end().map(Event.RunEnded::end)).contains(Event.End.COMPLETED);
    assertThat(findings.verdict()).isEqualTo(Verdict.PASS);
    assertThat(findings.reconciled()).isTrue();
    assertThat(history.requests()).isNotEmpty();
    assertThat(history.hits()).isNotEmpty();
    assertThat(history.events(Event.Fault.class)).isEmpty();
    assertThat(history.manifest().scenario().patience()).isEqualTo(2);
    assertThat(history.resources())
        .filteredOn(sample -> sample.kind() == ResourceSample.Kind.NODE)
        .extracting(ResourceSample::name)
        .contains("managerN", "workerN1");
    assertThat(history.resources())
        .as("which machine the engine works on is not known")
        .noneMatch(sample -> sample.kind() == ResourceSample.Kind.MACHINE);
  }
}
