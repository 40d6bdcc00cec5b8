package io.rolloutlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.app.AppKnob;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.check.Percent;
import io.rolloutlab.scenario.json.Json;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AppFaultTest {
  private static final String HEAD = "name: x\nquestion: Why?\nstrategy: rolling\n";

  /** With what every kind needs to be seen. */
  private static final String SEEN =
      HEAD
          + "app: {healthCheck: {interval: 1s}, limits: {memory: 128MiB},\n"
          + "  v2: {fault: %s}}\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          crashes-at-start | APP_CRASH_AFTER_SECONDS=0
          crashes          | APP_CRASH_AFTER_SECONDS=10
          never-healthy    | APP_NEVER_HEALTHY=true
          sours            | APP_UNHEALTHY_AFTER_SECONDS=10
          starts-slowly    | APP_START_DELAY_SECONDS=20
          errors           | APP_ERROR_SHARE=0.2
          slow             | APP_LATENCY_MILLIS=500
          leaks            | APP_MEMORY_GROWTH_MIB_PER_SECOND=8
          deaf             | APP_IGNORE_SIGTERM=true
          cuts             | APP_DRAIN_SECONDS=0 APP_LATENCY_MILLIS=3000 APP_LATENCY_SHARE=0.2
          fails-later      | APP_ERROR_AFTER_SECONDS=15 APP_ERROR_SHARE=1
          {crashes-at-start: 5s}         | APP_CRASH_AFTER_SECONDS=0 APP_START_DELAY_SECONDS=5
          {crashes: {after: 1500ms}}     | APP_CRASH_AFTER_SECONDS=1.5
          {never-healthy: {}}            | APP_NEVER_HEALTHY=true
          {errors: {share: 0.5%}}        | APP_ERROR_SHARE=0.005
          {errors: 100 %}                | APP_ERROR_SHARE=1
          {leaks: {perSecond: 512KiB}}   | APP_MEMORY_GROWTH_MIB_PER_SECOND=0.5
          {cuts: {latency: 1s}}          | APP_DRAIN_SECONDS=0 APP_LATENCY_MILLIS=1000 APP_LATENCY_SHARE=0.2
          {fails-later: {share: 50 %}}   | APP_ERROR_AFTER_SECONDS=15 APP_ERROR_SHARE=0.5
          """)
  void isReadAndBecomesVariablesOfTheVersion(String fault, String variables) {
    VersionPlan v2 = read(SEEN.formatted(fault)).app().v2();

    assertThat(
            v2.variables().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" ")))
        .isEqualTo(variables);
    assertThat(v2.env()).as("what the file says").isEmpty();
  }

  /** The table above has every kind. */
  @ParameterizedTest
  @EnumSource(AppFaultKind.class)
  void itsValuesAreThoseTheAppTakes(AppFaultKind kind) {
    Map<String, String> variables = new TreeMap<>();
    kind.byDefault().knobs().forEach((knob, value) -> variables.put(knob.variable(), value));

    assertThat(AppFaultKind.of(kind.byDefault())).isEqualTo(kind);
    assertThat(AppFaultKind.named(kind.word())).contains(kind);
    assertThat(kind.byDefault().words()).doesNotContain("%s", "null").doesNotEndWith(".");
    assertThat(variables)
        .isNotEmpty()
        .allSatisfy((name, value) -> assertThat(AppKnob.complaint(name, value)).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(AppFaultKind.class)
  void aHistoryKeepsIt(AppFaultKind kind) throws IOException {
    JsonMapper json = Json.strict(JsonMapper.builder()).build();
    Scenario scenario = read(SEEN.formatted(kind.word()));

    String text = json.writeValueAsString(scenario);

    assertThat(text).contains("\"fault\":{\"" + kind.word() + "\":{");
    assertThat(json.readValue(text, Scenario.class)).isEqualTo(scenario);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v2: {fault: error}                  | 5 | app.v2.fault: "error" is not known (did you mean "errors"?); known are crashes-at-start, crashes,
          v2: {fault: {erors: 5 %}}           | 5 | app.v2.fault.erors: unknown key (did you mean "errors"?)
          v2: {fault: {errors: 5 %, slow: 1s}}| 5 | app.v2.fault.slow: errors is there already, and a version has one fault
          v2: {fault: {}}                     | 5 | app.v2.fault: names no fault: give one of crashes-at-start,
          v2: {fault: [errors]}               | 5 | app.v2.fault: wrong type: one of crashes-at-start,
          v2: {fault: {errors: }}             | 5 | app.v2.fault.errors: has no value
          v2:\\n    fault:\\n      errors:\\n        share: 0.2 | 8 | app.v2.fault.errors.share: "0.2" is no share: write it in percent, as in 20 %
          v2: {fault: {errors: 120 %}}        | 5 | app.v2.fault.errors.share: a share must be from 0 % to 100 %, but is 120 %
          v2: {fault: {errors: 0 %}}          | 5 | app.v2.fault.errors.share: must be from 0.01 % to 100 %, but is 0 %
          v2: {fault: {errors: {shares: 1 %}}}| 5 | app.v2.fault.errors.shares: unknown key (did you mean "share"?)
          v2: {fault: {deaf: true}}           | 5 | app.v2.fault.deaf: wrong type: a block of keys is wanted here
          v2: {fault: {slow: 2m}}             | 5 | app.v2.fault.slow.latency: must be from 1ms to 1m, but is 2m
          v2: {fault: {crashes: {after: 25h}}}| 5 | app.v2.fault.crashes.after: must be from 0s to 24h, but is 25h
          v2:\\n    image: mine\\n    fault: errors | 7 | app.v2.fault: is made by knobs that only the lab's own app has, and the image is "mine"
          v2: {fault: never-healthy}          | 5 | app.v2.fault: shows in the health check alone, and there is none, so nobody would notice: add app.healthCheck: {interval: 2s}
          v1: {fault: sours}                  | 5 | app.v1.fault: shows in the health check alone
          v2: {fault: leaks}                  | 5 | app.v2.fault: leaks until a memory limit ends it, and there is none, so the machine itself would run out of memory: add app.limits: {memory: 128MiB}
          v2:\\n    env: {APP_ERROR_SHARE: "0.1"}\\n    fault: errors | 6 | app.v2.env.APP_ERROR_SHARE: is what makes the fault errors as well: keep only one of them
          limits: {memory: 5MiB}              | 5 | app.limits.memory: must be from 6MiB to 1024GiB, but is 5MiB
          limits: {cpus: 0.001}               | 5 | app.limits.cpus: must be from 0.01 to 1000, but is 0.001
          """)
  void whatCannotBeIsRefusedWithItsLine(String lines, int number, String complaint) {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "app:\n  " + lines.replace("\\n", "\n") + "\n"))
        .withMessageStartingWith(folder.resolve("x.yaml") + ":" + number + ": " + complaint)
        .satisfies(bad -> assertThat(bad.getMessage().lines()).hasSize(1));
  }

  @Test
  void aVersionOfOneImageIsAnotherOneByItsFault() {
    String app = "app: {v1: {image: \"pyapp:v1\"}, v2: {image: \"pyapp:v1\"%s}}\n";

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + app.formatted("")))
        .withMessageContaining("so there is nothing to roll out: give it another image, a fault,");
    assertThat(read(HEAD + app.formatted(", fault: slow")).app().v2().variables()).hasSize(1);
  }

  @Test
  void aBaselineSaysThatItsV2NeverRuns() {
    ScenarioReader reader = new ScenarioReader();
    Scenario scenario =
        reader.read(
            write("name: x\nquestion: Why?\nstrategy: baseline\napp: {v2: {fault: errors}}\n"));

    assertThat(reader.warnings(scenario))
        .containsExactly(
            folder.resolve("x.yaml")
                + ":4: app.v2.fault has no effect where strategy is baseline: v2 never runs");
  }

  @Test
  void aTooSlowAppCannotBeTestedAndTheFaultIsNamed() {
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "app: {v1: {fault: {slow: 10s}}}\n"))
        .withMessageContaining(
            ":4: app.v1.fault: adds 10000 ms, but the smoke test of v1 waits 10s for an answer");
    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(() -> read(HEAD + "app: {v1: {fault: {starts-slowly: 2m}}}\n"))
        .withMessageContaining("app.startLimit: is 1m, but v1 listens after 2m");
  }

  @Test
  void limitsHaveTheirDefaults() {
    TaskLimits limits = read(HEAD + "app: {limits: {memory: 64MiB}}\n").app().limits();

    assertThat(limits).isEqualTo(new TaskLimits(null, Memory.parse("64MiB")));
    assertThat(limits.nanoCpus()).isZero();
    assertThat(read(HEAD).app().limits()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"20 %, 0.2, 20 %", "0.5%, 0.005, 0.5 %", "100 %, 1, 100 %", "0 %, 0, 0 %"})
  void sharesAreReadAndPrinted(String text, double share, String printed) {
    assertThat(Percent.parse(text).share()).isEqualTo(share);
    assertThat(Percent.parse(text).print()).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({"29 %, 29, 100, false", "29 %, 30, 100, true", "0 %, 0, 9, false", "0 %, 1, 9, true"})
  void aShareIsLessThanOneThatIsMore(String text, long count, long all, boolean less) {
    assertThat(Percent.parse(text).isLessThan(count, all)).isEqualTo(less);
  }

  @Test
  void wordsNameTheSettings() {
    assertThat(new AppFault.FailsLater(Duration.ofSeconds(3), new Percent(0.5)).words())
        .isEqualTo("answers 50 % of the requests with an error (500) from 3s after it listens");
    assertThat(Arrays.stream(AppFaultKind.values()).map(kind -> kind.byDefault().words()))
        .doesNotHaveDuplicates();
    assertThat(List.of(AppFaultKind.values())).hasSize(11);
  }

  private Scenario read(String text) {
    return new ScenarioReader().read(write(text));
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("x.yaml"), text);
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }
}
