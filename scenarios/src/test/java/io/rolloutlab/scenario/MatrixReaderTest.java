package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.scenario.matrix.MatrixReader;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixReaderTest {
  private static final String HEAD = "name: x\nquestion: Which?\n";
  @TempDir Path folder;
  private final MatrixReader reader = new MatrixReader();

  @Test
  void everyStrategyMeetsEverySituationOnTopOfTheBase() {
    Matrix matrix =
        read(
            """
            seeds: 4
            base:
              seed: 7
              app: {replicas: 6, v2: {env: {APP_LATENCY_MILLIS: "5", APP_ERROR_SHARE: "0.1"}}}
              load: {users: 50}
            strategies:
              one: {strategy: rolling, rolling: {update: {delay: 3s}}}
              both: {strategy: blue-green, app: {replicas: 2}}
            situations:
              good: {}
              bad: {app: {v2: {env: {APP_ERROR_SHARE: "0.5"}}}, load: {ratePerSecond: 9}}
            """);

    assertThat(matrix.strategies()).containsExactly("one", "both");
    assertThat(matrix.situations()).containsExactly("good", "bad");
    assertThat(matrix.seeds()).isEqualTo(4);
    assertThat(matrix.repeats()).isEqualTo(1);
    assertThat(matrix.cells())
        .extracting(cell -> cell.scenario().name())
        .containsExactly("one--good", "one--bad", "both--good", "both--bad");
    Scenario bad = matrix.cells().get(1).scenario();
    assertThat(bad.question()).isEqualTo("Which? (one × bad)");
    assertThat(bad.strategy()).isEqualTo(Strategy.ROLLING);
    assertThat(bad.settings(RollingPlan.class).orElseThrow().update().delay())
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(bad.app().replicas()).isEqualTo(6);
    assertThat(bad.app().v2().env())
        .containsEntry("APP_LATENCY_MILLIS", "5")
        .containsEntry("APP_ERROR_SHARE", "0.5");
    assertThat(bad.load().users()).isEqualTo(50);
    assertThat(bad.load().ratePerSecond()).isEqualTo(9);
    assertThat(matrix.cells().get(0).scenario().app().v2().env())
        .containsEntry("APP_ERROR_SHARE", "0.1");
    assertThat(matrix.cells().get(3).scenario().app().replicas()).isEqualTo(2);
    assertThat(matrix.cells().get(3).scenario(2).seed()).isEqualTo(9);
  }

  @Test
  void listsReplaceAndWhatHasNoValueIsTheDefaultAgain() {
    Matrix matrix =
        read(
            """
            base: {strategy: rolling, app: {healthCheck: {interval: 1s}, constraints: [node.role == worker]}}
            strategies: {a: {}, b: {app: {healthCheck: }}}
            situations:
              anywhere: {app: {constraints: []}}
              elsewhere: {app: {constraints: [node.hostname != workerN1, node.hostname != workerN2]}}
              as-it-is: {}
            """);

    assertThat(matrix.cells())
        .extracting(cell -> cell.scenario().app().constraints().size())
        .containsExactly(0, 2, 1, 0, 2, 1);
    assertThat(matrix.cells().get(2).scenario().app().constraints())
        .containsExactly("node.role == worker");
    assertThat(matrix.cells().get(0).scenario().app().healthCheck()).isNotNull();
    assertThat(matrix.cells().get(3).scenario().app().healthCheck()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          strategies: {a: {strategy: rolling}} | 1 | situations: is missing: a name each stands under it
          situations: {a: {}} | 1 | strategies: is missing: a name each stands under it
          strategies: {}\\nsituations: {a: {}} | 3 | strategies: names nothing: give at least one
          strategies: {a: {}}\\nsituations: {b: {}} | 3 | strategies.a.strategy: is missing
          strategies: {A: {strategy: rolling}}\\nsituations: {b: {}} | 3 | strategies.A: is no name: it must be lower-case
          strategies: {a--b: {strategy: rolling}}\\nsituations: {b: {}} | 3 | strategies.a--b: is no name
          strategies: {a: {strategy: rolling, name: y}}\\nsituations: {b: {}} | 3 | strategies.a.name: cannot be given here
          strategies: {a: {strategy: rolling}}\\nsituations:\\n  b: {}\\n  c:\\n    app: {v2: {envv: {}}} | 7 | situations.c.app.v2.envv: unknown key (did you mean "env"?)
          strategies: {a: {strategy: rolling}}\\nsituations: {b: {}}\\nbase: {app: {replcas: 3}} | 5 | base.app.replcas: unknown key (did you mean "replicas"?)
          strategies: {a: {strategy: rollin}}\\nsituations: {b: {}} | 3 | strategies.a.strategy: "rollin" is not known (did you mean "rolling"?)
          strategies: {a: {strategy: rolling}}\\nsituations: {b: }   | 4 | situations.b: has no value
          strategies: {a: {strategy: rolling}}\\nsituations: [b]     | 4 | situations: wrong type: a block of keys is wanted here
          strategies: {a: {strategy: rolling}}\\nsituations: {b: 3}  | 4 | situations.b: wrong type: a block of keys is wanted here
          strategies: {a: {strategy: rolling}}\\nsituations: {b: {}}\\nseeds: 21 | 5 | seeds: must be from 1 to 20, but is 21
          strategies: {a: {strategy: rolling}}\\nsituation: {b: {}}  | 4 | situation: unknown key (did you mean "situations"?)
          strategies: {a: {strategy: rolling}}\\nsituations: {b: {load: {users: 0}}} | 4 | situations.b.load.users: must be from 1 to 60000, but is 0
          """)
  void refusesWithFileLineAndKey(String lines, int number, String complaint) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(lines.replace("\\n", "\n") + "\n"))
        .withMessageStartingWith(folder.resolve("x.yaml") + ":" + number + ": ")
        .withMessageContaining(complaint);
  }

  @Test
  void aMistakeOfTheBaseIsSaidOnceAndAContradictionNamesItsCells() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(
            () ->
                read(
                    """
                    base: {load: {users: 0}}
                    strategies:
                      a: {strategy: rolling}
                      b: {strategy: blue-green}
                    situations:
                      c: {}
                      d:
                        rolling: {update: {delay: 1s}}
                    """))
        .satisfies(
            refused ->
                assertThat(refused.getMessage().replace(folder + "/", "").lines())
                    .containsExactly(
                        "x.yaml:3: base.load.users: must be from 1 to 60000, but is 0",
                        "x.yaml:10: situations.d.rolling: has settings, but the strategy is"
                            + " blue-green (in the cell b × d)"));
  }

  @Test
  void moreCellsThanAFewAreCounted() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(
            () ->
                read(
                    """
                    strategies:
                      a: {strategy: rolling}
                      b: {strategy: blue-green}
                      c: {strategy: blue-green}
                    situations: {d: {canary: {steps: []}}, e: {}}
                    base: {rolling: {update: {delay: 1s}}}
                    """))
        .withMessageContaining("(in the cells b × d, b × e, c × d and 1 more)");
  }

  @Test
  void moreRunsThanAnybodyWaitsForAreRefused() {
    StringBuilder many = new StringBuilder("strategies: {");
    for (int i = 0; i < 101; i++) {
      many.append("s%s: {strategy: rolling}, ".formatted(i));
    }

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(many + "}\nsituations: {a: {}}\nseeds: 20\n"))
        .withMessageContaining("these are 2020 runs; a matrix makes at most 2000: name fewer");
  }

  @Test
  void whatHasNoEffectInAnyCellIsWarnedOfOnce() {
    Matrix matrix =
        read(
            """
            base: {balancing: dnsrr, edge: {maxFails: 3}, rolling: {}}
            strategies: {a: {strategy: rolling}}
            situations: {b: {}, c: {}}
            """);

    assertThat(reader.warnings(matrix))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("x.yaml") + ":3: base.edge.maxFails has no effect");
  }

  private Matrix read(String text) {
    try {
      Path file = Files.writeString(folder.resolve("x.yaml"), HEAD + text);
      return reader.readAll(List.of(file)).get(0);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
