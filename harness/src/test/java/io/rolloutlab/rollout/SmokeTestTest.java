package io.rolloutlab.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Four replicas of v2, behind an edge whose answers are written by hand. */
class SmokeTestTest {
  private static final ServiceSpec V2 =
      new Stage(new ScenarioReader().read(Path.of("..", "scenarios", "rolling.yaml")), null).v2();

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
    return new Edge.Answer("v2", replica);
  }

  @Test
  void everyReplicaMustBeMet() {
    SmokeTest three = new SmokeTest(edge(from("a"), from("b"), from("c")), V2, 4);
    SmokeTest four = new SmokeTest(edge(from("a"), from("b"), from("c"), from("d")), V2, 4);

    assertThat(three.missing())
        .hasValueSatisfying(why -> assertThat(why).contains("from 3 of 4 replicas", "X-App-Host"));
    assertThat(four.missing()).isEmpty();
    assertThat(four.untold()).isEmpty();
  }

  /** An app of a dozen lines does not know its container's name. */
  @Test
  void answersCountWhereTheyDoNotSayWhoTheyAreOf() {
    SmokeTest test = new SmokeTest(edge(from("")), V2, 4);

    assertThat(test.missing()).isEmpty();
    assertThat(test.untold().orElseThrow())
        .contains("no header X-App-Host", "12 good answers in a row");
  }

  @Test
  void anotherVersionIsWrongAtOnceAndQuoted() {
    SmokeTest test = new SmokeTest(edge(new Edge.Answer("2", "")), V2, 4);

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(test::missing)
        .withMessageContaining("pyapp answered with \"X-App-Version: 2\"")
        .withMessageContaining("\"X-App-Version: v2\"");
  }

  @Test
  void aMissingVersionIsCalledThat() {
    SmokeTest test = new SmokeTest(edge(new Edge.Answer("", "abc")), V2, 4);

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(test::missing)
        .withMessageContaining("pyapp (abc) answered with no header X-App-Version");
  }

  @Test
  void whoDoesNotAnswerYetBeginsAnew() {
    Edge edge =
        new Answers(
            Stream.concat(
                Stream.of(from("a"), null),
                Stream.of("a", "b", "c", "d").map(SmokeTestTest::from)));
    SmokeTest test = new SmokeTest(edge, V2, 4);

    assertThat(test.missing()).hasValueSatisfying(why -> assertThat(why).contains("502"));
    assertThat(test.missing()).isEmpty();
  }

  @Test
  void afterTheUpdateTheServiceMustNameItsVersion() {
    assertThat(new VersionProbe(edge(from("")), V2).missing()).isEmpty();
    assertThat(new VersionProbe(edge(new Edge.Answer("2", "")), V2).missing())
        .hasValueSatisfying(why -> assertThat(why).contains("\"X-App-Version: 2\""));
    assertThat(new VersionProbe(edge((Edge.Answer) null), V2).missing())
        .as("errors are for users to measure")
        .isEmpty();
  }
}
