package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Causes stand in the order in which they matter. */
class ByCauseTest {
  private final List<Caused> failed = new ArrayList<>();

  private Caused failed(long at, Cause cause, String setting) {
    Scene scene = Scene.unlogged("nginx", "");
    failed.add(new Caused(failed.size(), at, 2, "http-502", cause, setting, scene));
    return failed.get(failed.size() - 1);
  }

  private Causes causes() {
    CauseTally<Caused> tally = new CauseTally<>(Integer.MAX_VALUE);
    failed.forEach(tally::add);
    return new Causes(tally.size(), tally.unknown(), tally.byCause(), tally.kept());
  }

  @Test
  void whatIsUnknownStandsLastHoweverOftenItIs() {
    failed(1, Cause.UNKNOWN, "");
    failed(2, Cause.UNKNOWN, "");
    failed(4, Cause.LOAD, "");
    failed(3, Cause.GONE, "");
    failed(6, Cause.GONE, "edge.dnsValid: 5s");
    failed(5, Cause.GONE, "edge.dnsValid: 5s");

    Causes causes = causes();

    assertThat(causes.byCause())
        .extracting(
            Causes.ByCause::cause,
            Causes.ByCause::requests,
            Causes.ByCause::firstMillis,
            Causes.ByCause::lastMillis)
        .containsExactly(
            tuple(Cause.GONE, 2, 5L, 6L),
            tuple(Cause.GONE, 1, 3L, 3L),
            tuple(Cause.LOAD, 1, 4L, 4L),
            tuple(Cause.UNKNOWN, 2, 1L, 2L));
    assertThat(causes.failed()).isEqualTo(6);
    assertThat(causes.unknown()).isEqualTo(2);
    assertThat(causes.requests()).as("as they came").isEqualTo(failed);
  }

  @Test
  void aRowHasTheRequestsOfItsCauseAndSetting() {
    Caused own = failed(1, Cause.GONE, "edge.dnsValid: 5s");
    Causes.ByCause row = causes().byCause().get(0);

    assertThat(row.has(own)).isTrue();
    assertThat(row.has(failed(2, Cause.GONE, ""))).isFalse();
    assertThat(row.has(failed(3, Cause.LOAD, "edge.dnsValid: 5s"))).isFalse();
  }

  @Test
  void eachCauseIsSaidInASentence() {
    assertThat(Cause.values())
        .extracting(Cause::sentence)
        .allMatch(one -> one.matches("[A-Z].+\\."));
    assertThat(new CauseAnalysis().words()).isEqualTo("causes of failed requests");
  }
}
