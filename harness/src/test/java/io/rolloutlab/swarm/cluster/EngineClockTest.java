package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a question takes is no difference of the clocks. */
class EngineClockTest {
  @Test
  void onlyWhatLiesOutsideQuestionAndAnswerIsADifference() {
    assertThat(new EngineClock(1000, 1000, 1900).apartMillis()).isZero();
    assertThat(new EngineClock(1000, 1900, 1900).apartMillis()).isZero();
    assertThat(new EngineClock(1000, 750, 1900).apartMillis()).isEqualTo(250);
    assertThat(new EngineClock(1000, 2150, 1900).apartMillis()).isEqualTo(250);
  }
}
