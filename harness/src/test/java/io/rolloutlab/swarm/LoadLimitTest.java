package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.LoadPlan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadLimitTest {
  private static final Duration START = Duration.ofSeconds(60);

  private final AtomicLong waited = new AtomicLong();

  private static LoadPlan plan(Duration limit) {
    return new LoadPlan(20.0, null, null, null, null, null, limit);
  }

  @Test
  void aLoadAloneHasItsPlansLimit() {
    LoadLimit limit = LoadLimit.alone(plan(Duration.ofSeconds(90)));

    assertThat(limit.most(START)).isEqualTo(plan(Duration.ofSeconds(90)));
    assertThat(limit.hasPassed(90_000)).isFalse();
    assertThat(limit.hasPassed(90_001)).isTrue();
  }

  /** It is not known before how long the others take to start, so its process may go on longer. */
  @Test
  void whatARunWaitsForOthersIsNoPartOfIt() {
    LoadLimit limit = new LoadLimit(plan(Duration.ofSeconds(90)), 3, waited::get);

    assertThat(limit.most(START)).isEqualTo(plan(Duration.ofSeconds(90 + 3 * 60)));
    assertThat(limit.hasPassed(90_001)).isTrue();
    waited.set(20_000);
    assertThat(limit.hasPassed(110_000)).isFalse();
    assertThat(limit.hasPassed(110_001)).isTrue();
  }

  @Test
  void noPlanIsLongerThanAllMayBe() {
    LoadLimit limit = new LoadLimit(plan(Duration.ofMinutes(239)), 7, waited::get);

    assertThat(limit.most(START)).isEqualTo(plan(Duration.ofHours(4)));
  }
}
