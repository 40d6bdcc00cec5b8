package io.rolloutlab.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Hit;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Four replicas of v2, behind an edge whose answers are written by hand. */
class SmokeTestTest {
  private static final ServiceSpec V2 =
      new Stage(new ScenarioReader().read(Path.of("..", "scenarios", "rolling.yaml")), null)
          .updated();

  private static final String VIRTUAL = "10.0.1.100:5000";

  /** Answers one after the other, then the last one for ever; null is none. */
  private static final class Answers implements Edge {
    private final Iterator<Answer> next;
    private Answer last;

    Answers(Stream<Answer> answers) {
      next = answers.iterator();
    }

    @Override
    public void apply(Routes routes) {
      throw new UnsupportedOperationException("a smoke test changes no routes");
    }

    @Override
    public int changes() {
      return 0;
    }

    @Override
    public void watch(Consumer<Hit> watcher) {
      throw new UnsupportedOperationException("a smoke test is in no log");
    }

    @Override
    public String configuration(Routes routes) {
      throw new UnsupportedOperationException("a smoke test changes no routes");
    }

    @Override
    public Answer probe(String service, int port) {
      last = next.hasNext() ? next.next() : last;
      if (last == null) {
        throw new StepFailedException(
            "a probe of %s was answered with status 502".formatted(service));
      }
      return last;
    }
  }

  private static Edge edge(Edge.Answer... answers) {
    return new Answers(Stream.of(answers));
  }

  private static Edge.Answer from(String replica) {
    return new Edge.Answer("v2", replica, VIRTUAL);
  }

  /** Says nothing of itself, as most apps do. */
  private static Edge.Answer at(String address) {
    return new Edge.Answer("", "", address + ":5000");
  }

  private static Probe probe(Edge edge) {
    return new Probe(edge, Balancing.VIP, List::of, V2);
  }

  private static Probe probe(Edge.Answer... answers) {
    return probe(edge(answers));
  }

  /** Under dnsrr, with four tasks that have 10.0.1.1 to 10.0.1.4. */
  private static Probe resolving(String version, Edge.Answer... answers) {
    return new Probe(edge(answers), Balancing.DNSRR, () -> four(version), V2);
  }

  private static List<TaskView> four(String version) {
    return IntStream.rangeClosed(1, 4)
        .mapToObj(
            slot ->
                new TaskView(
                    new TaskRef("task" + slot, "pyapp", slot, "workerN1", version),
                    "running",
                    "running",
                    new TaskView.Attached("container" + slot, "10.0.1." + slot),
                    ""))
        .toList();
  }

  @Test
  void underDnsrrTheAddressTellsTaskAndVersionWithoutAnyHeader() {
    SmokeTest three =
        new SmokeTest(
            resolving("v2", at("10.0.1.1"), at("10.0.1.2"), at("10.0.1.2"), at("10.0.1.3")), V2, 4);
    SmokeTest all =
        new SmokeTest(
            resolving("v2", at("10.0.1.1"), at("10.0.1.2"), at("10.0.1.3"), at("10.0.1.4")), V2, 4);

    assertThat(three.missing())
        .hasValueSatisfying(
            why -> assertThat(why).contains("from 3 of 4 replicas by their tasks' addresses"));
    assertThat(all.missing()).isEmpty();
    assertThat(all.untold()).isEmpty();
  }

  @Test
  void underDnsrrATaskOfAnotherVersionIsFoundByItsAddress() {
    assertThat(new VersionProbe(resolving("v1", at("10.0.1.3"))).missing())
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains("10.0.1.3:5000", "pyapp.3 (v1) on workerN1", "instead of v2"));
  }

  @Test
  void aHeaderThatContradictsTheAddressIsWrong() {
    SmokeTest test =
        new SmokeTest(resolving("v2", new Edge.Answer("v1", "abc", "10.0.1.3:5000")), V2, 4);

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(test::missing)
        .withMessageContaining("\"X-App-Version: v1\"")
        .withMessageContaining("10.0.1.3:5000, the address of pyapp.3 (v2) on workerN1");
  }

  @Test
  void anAddressThatIsNotKnownYetIsWaitedFor() {
    SmokeTest test = new SmokeTest(resolving("v2", at("10.0.1.9")), V2, 4);

    assertThat(test.missing())
        .hasValueSatisfying(why -> assertThat(why).contains("10.0.1.9:5000", "not yet known"));
  }

  @Test
  void anAddressThatNobodyIsKnownToHaveConfirmsNoVersion() {
    assertThat(new VersionProbe(resolving("v2", at("10.0.1.9"))).missing())
        .hasValueSatisfying(why -> assertThat(why).contains("10.0.1.9:5000", "not yet known"));
    assertThat(new VersionProbe(resolving("v2", at("10.0.1.3"))).missing()).isEmpty();
  }

  @Test
  void everyReplicaMustBeMet() {
    SmokeTest three = new SmokeTest(probe(from("a"), from("b"), from("c")), V2, 4);
    SmokeTest four = new SmokeTest(probe(from("a"), from("b"), from("c"), from("d")), V2, 4);

    assertThat(three.missing())
        .hasValueSatisfying(why -> assertThat(why).contains("from 3 of 4 replicas", "X-App-Host"));
    assertThat(four.missing()).isEmpty();
    assertThat(four.untold()).isEmpty();
  }

  /** An app of a dozen lines does not know its container's name. */
  @Test
  void answersCountWhereTheyDoNotSayWhoTheyAreOf() {
    SmokeTest test = new SmokeTest(probe(from("")), V2, 4);

    assertThat(test.missing()).isEmpty();
    assertThat(test.untold().orElseThrow())
        .contains("no header X-App-Host", "12 good answers in a row");
  }

  @Test
  void anotherVersionIsWrongAtOnceAndQuoted() {
    SmokeTest test = new SmokeTest(probe(new Edge.Answer("2", "", VIRTUAL)), V2, 4);

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(test::missing)
        .withMessageContaining("pyapp answered with \"X-App-Version: 2\"")
        .withMessageContaining("\"X-App-Version: v2\"");
  }

  @Test
  void aMissingVersionIsCalledThat() {
    SmokeTest test = new SmokeTest(probe(new Edge.Answer("", "abc", VIRTUAL)), V2, 4);

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(test::missing)
        .withMessageContaining("pyapp (abc) answered with no header X-App-Version")
        .withMessageContaining("balancing: vip, where a virtual address stands for all tasks");
  }

  @Test
  void whoDoesNotAnswerYetBeginsAnew() {
    Edge edge =
        new Answers(
            Stream.concat(
                Stream.of(from("a"), null),
                Stream.of("a", "b", "c", "d").map(SmokeTestTest::from)));
    SmokeTest test = new SmokeTest(probe(edge), V2, 4);

    assertThat(test.missing()).hasValueSatisfying(why -> assertThat(why).contains("502"));
    assertThat(test.missing()).isEmpty();
  }

  @Test
  void afterTheUpdateTheServiceMustNameItsVersion() {
    assertThat(new VersionProbe(probe(from(""))).missing()).isEmpty();
    assertThat(new VersionProbe(probe(new Edge.Answer("2", "", VIRTUAL))).missing())
        .hasValueSatisfying(why -> assertThat(why).contains("\"X-App-Version: 2\""));
    assertThat(new VersionProbe(probe((Edge.Answer) null)).missing())
        .as("errors are for users to measure")
        .isEmpty();
  }
}
