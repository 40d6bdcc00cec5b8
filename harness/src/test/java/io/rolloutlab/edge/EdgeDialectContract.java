package io.rolloutlab.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.Routes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link EdgeDialect} promises; what it does to users is {@code EdgeContract}'s. */
public abstract class EdgeDialectContract {
  private static final Hit HIT =
      new Hit(
          1795449655931L,
          4,
          "10.77.0.138",
          new Hit.Answer(200, 61, 312),
          new Hit.Tries("10.0.1.4:5000, 10.0.1.5:5000", "502, 200", "-, 1"),
          new AppHeaders("v1", "d43f07f10d31"),
          new Hit.Connection("edge1", 42, 5, 2));

  protected abstract EdgeDialect dialect();

  /** The line that its image would log of a hit. */
  protected abstract String line(Hit hit);

  private EdgePlan plan() {
    return new EdgePlan(dialect().kind(), null, null, null, null, null, null, null);
  }

  /** Else an answer of the edge's own would be taken for a task's. */
  @Test
  void whatItAnswersWhereNobodyDidIsKnownToSayThat() {
    EdgeBehaviour.Unanswered its = dialect().behaviour(plan()).unanswered();

    assertThat(dialect().unanswered()).contains("" + its.nobody(), "" + its.late());
  }

  @Test
  void itIsFoundByItsKind() {
    assertThat(EdgeDialects.of(plan())).hasSameClassAs(dialect());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void theSameRoutesAreTheSameTextAndOtherRoutesAnother(Balancing balancing) {
    Set<String> texts = new HashSet<>();
    for (Routes routes : SomeRoutes.ALL) {
      String text = dialect().render(routes, plan(), balancing);

      assertThat(dialect().render(routes, plan(), balancing)).isEqualTo(text);
      texts.add(text);
    }
    assertThat(texts).hasSameSizeAs(SomeRoutes.ALL);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void everyTargetStandsInTheText(Balancing balancing) {
    for (Routes routes : SomeRoutes.ALL) {
      assertThat(dialect().render(routes, plan(), balancing)).contains(SomeRoutes.hosts(routes));
    }
  }

  @Test
  void theCommandNamesTheFileItTakes() {
    assertThat(dialect().takeOver("/tmp/x.conf")).hasSizeGreaterThan(1).contains("/tmp/x.conf");
    assertThat(dialect().file()).matches("[a-z][a-z0-9.-]*");
    assertThat(dialect().takeOverByHand()).isNotBlank();
    assertThat(dialect().place()).matches("(/[A-Za-z0-9.-]+)+");
  }

  @Test
  void aLineOfItsLogIsRead() throws IOException {
    assertThat(dialect().hit(line(HIT), "edge1")).isEqualTo(HIT);
    assertThat(HIT.tries()).isEqualTo(2);
  }

  @Test
  void aRequestThatNobodyTookIsReadAsWell() throws IOException {
    Hit nobody =
        new Hit(
            1795449655931L,
            7,
            "10.77.0.1",
            new Hit.Answer(502, 0),
            Hit.Tries.NONE,
            AppHeaders.NONE,
            new Hit.Connection("e", 42, 1, 1));

    assertThat(dialect().hit(line(nobody), "e")).isEqualTo(nobody);
    assertThat(nobody.tries()).isZero();
  }

  @Test
  void aTornLineIsNone() {
    String whole = line(HIT);
    for (int length = 0; length < whole.length(); length++) {
      String torn = whole.substring(0, length);
      assertThatExceptionOfType(IOException.class)
          .as(torn)
          .isThrownBy(() -> dialect().hit(torn, "edge1"));
    }
    for (String other : List.of("hello", "{}", "{\"t\":1.5}", "[]", "at=1")) {
      assertThatExceptionOfType(IOException.class)
          .as(other)
          .isThrownBy(() -> dialect().hit(other, "edge1"));
    }
  }

  @Test
  void whatTheTwinIsToDoMakesSense() {
    EdgeBehaviour behaviour = dialect().behaviour(plan());

    assertThat(behaviour.workers()).isPositive();
    assertThat(behaviour.namesValid()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(behaviour.connectLimit()).isPositive();
    assertThat(behaviour.answerLimit()).isPositive();
    assertThat(behaviour.tries()).isNotNegative();
    assertThat(behaviour.kept()).isNotNegative();
  }
}
