package io.rolloutlab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarmTest {
  @TempDir private Path folder;
  private final Histories history =
      Histories.of(Strategy.ROLLING).phase(-1000, PhaseKind.WARM_UP).phase(0, PhaseKind.ROLLOUT);

  private Harm harm() {
    return Analysis.analyse(history.build()).harm().orThrow();
  }

  private void failed(long id, int user, String version) {
    history.user(user).request(id, id, 7, Outcome.FAILED, "http-500", 500, version);
    history.hit(id, id + 7, 500, version);
  }

  @Test
  void failuresAreThoseOfTheVersionThatAnswered() {
    for (int i = 1; i <= 6; i++) {
      history.user(i).ok(i, i, 4, "v1");
    }
    for (int i = 11; i <= 13; i++) {
      history.user(i - 10).ok(i, i, 4, "v2");
    }
    failed(21, 1, "v2");
    failed(22, 1, "v2");
    failed(23, 2, "v2");

    assertThat(harm().users().count()).isEqualTo(2);
    assertThat(harm().users().total()).isEqualTo(6);
    assertThat(harm().sentence())
        .isEqualTo(
            "2 of 6 users had a failure; all 3 failures were v2's (50 % of 6), none v1's (of 6).");
    assertThat(harm().byVersion())
        .extracting(Harm.ByVersion::version, one -> one.failed().count())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("v1", 0),
            org.assertj.core.groups.Tuple.tuple("v2", 3));
  }

  @Test
  void whatFailedBeforeTheRolloutHurtNobodyByIt() {
    failed(1, 0, "v1");
    history.add(
        new Request(
            2,
            0,
            Population.NEW,
            new Request.Times(Histories.ZERO - 500, Histories.ZERO - 500),
            new Request.End(5, Outcome.FAILED, "refused", 0),
            AppHeaders.NONE));

    assertThat(harm().sentence())
        .isEqualTo(
            "1 of 1 user had a failure; the one failure was v1's (100 % of 1), none v2's (of 0).");
  }

  @Test
  void whereNobodyAnsweredNoVersionIsBlamed() {
    history.user(1).ok(1, 1, 4, "v1").user(2).lost(2, 2, 5, "refused");

    assertThat(harm().sentence())
        .isEqualTo(
            "1 of 2 users had a failure; no version is known to have answered the one request that"
                + " failed.");

    failed(3, 3, "v1");

    assertThat(harm().sentence())
        .isEqualTo(
            "2 of 3 users had a failure; of 2 failures 1 were v1's (50 % of 2), 1 had no version's"
                + " answer.");
  }

  @Test
  void nobodyHurtIsSaid() {
    history.ok(1, 1, 4, "v1");

    assertThat(harm().sentence()).isEqualTo("None of 1 user had a failure.");
    assertThat(harm().byVersion().get(1).latency()).isEmpty();
  }

  @Test
  void twoHumpsAreABlendThatIsNotRanked() {
    for (int i = 1; i <= 10; i++) {
      history.ok(i, i, 4, "v1").ok(i + 10, i + 10, 304, "v2");
    }
    Findings run = Analysis.analyse(history.build());

    assertThat(run.harm().orThrow().blend()).isPresent();
    assertThat(run.harm().orThrow().blend().get()).contains("v1 with a median of 4 ms", "304 ms");
    assertThat(run.doubtOf("p50Millis")).contains("304 ms");
    assertThat(run.doubtOf("p99Millis")).contains("304 ms");
    assertThat(run.doubtOf("errorPercent")).isEmpty();
  }

  @Test
  void latenciesThatAreNearAreNoBlend() {
    history.ok(1, 1, 4, "v1").ok(2, 2, 15, "v2").ok(3, 3, 100, "v1").ok(4, 4, 190, "v2");

    assertThat(harm().blend()).isEmpty();
  }

  @Test
  void theSettingsThatDifferStandBesideIt() throws IOException {
    Path file = folder.resolve("slow.yaml");
    Files.writeString(
        file,
        "name: slow\nquestion: Who is hurt?\nstrategy: rolling\napp:\n"
            + "  v1: {env: {APP_START_DELAY_SECONDS: \"1\", APP_LATENCY_MILLIS: \"3\"}}\n"
            + "  v2: {image: \"mine:2\", env: {APP_START_DELAY_SECONDS: \"1\", APP_ERROR_SHARE: \"0.05\"}}\n");
    Histories slow = Histories.of(new ScenarioReader().read(file)).phase(0, PhaseKind.ROLLOUT);

    assertThat(Analysis.analyse(slow.ok(1, 1, 4, "v1").build()).harm().orThrow().settings())
        .isEqualTo(
            List.of(
                new Harm.Setting("image", "pyapp", "mine:2"),
                new Harm.Setting("APP_ERROR_SHARE", "", "0.05"),
                new Harm.Setting("APP_LATENCY_MILLIS", "3", "")));
  }

  @Test
  void aRequestThatWasSentAtTheCommandCounts() {
    history.user(1).request(1, 0, 7, Outcome.FAILED, "http-500", 500, "v2").hit(1, 7, 500, "v2");
    history.user(2).ok(2, 0, 9, "v1");

    assertThat(harm().users().count()).isEqualTo(1);
    assertThat(harm().byVersion().get(0).latency().orElseThrow().maxMillis()).isEqualTo(9);
  }

  private boolean blends(int v1Millis, int v2Millis) {
    Histories run =
        Histories.of(Strategy.ROLLING)
            .phase(0, PhaseKind.ROLLOUT)
            .ok(1, 1, v1Millis, "v1")
            .ok(2, 2, v2Millis, "v2");
    Harm harm = Analysis.analyse(run.build()).harm().orThrow();
    assertThat(harm.blendsByPhase())
        .as("the first phase is all that there is")
        .hasSize(harm.blend().isPresent() ? 1 : 0);
    return harm.blend().isPresent();
  }

  @Test
  void aMedianOfMoreThanTwiceTheOtherIsABlend() {
    assertThat(blends(40, 80)).isFalse();
    assertThat(blends(40, 81)).isTrue();
    assertThat(blends(81, 40)).isTrue();
  }

  @Test
  void twentyMillisecondsMakeABlend() {
    assertThat(blends(4, 23)).isFalse();
    assertThat(blends(4, 24)).isTrue();
  }

  @Test
  void withoutRequestsItIsSaidThatThereWereNone() {
    assertThat(harm().sentence()).isEqualTo("No requests were made.");
    assertThat(Analysis.analyse(history.build()).whoWasHurt()).isEmpty();
  }

  @Test
  void failuresOfAThirdVersionAreAnotherVersions() {
    failed(1, 1, "v2");
    failed(2, 2, "v3");

    assertThat(harm().sentence())
        .isEqualTo(
            "2 of 2 users had a failure; of 2 failures 1 were v2's (100 % of 1), 1 were another"
                + " version's.");
  }
}
