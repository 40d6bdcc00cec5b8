package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.twin.manager.Recent;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent recent = new Recent();

  @Test
  void onlyTheSecondBeforeIsCounted() {
    recent.add("v1", 5);
    recent.add("v1", 5);
    recent.add("v2", 6);

    assertThat(recent.of("v1", 6)).isEqualTo(2);
    assertThat(recent.of("v2", 6)).isZero();
    assertThat(recent.of("v1", 7)).isZero();
    assertThat(recent.of("v2", 7)).isEqualTo(1);
  }

  @Test
  void afterASecondWithoutAnswersNothingIsLeft() {
    recent.add("v1", 5);

    assertThat(recent.of("v1", 7)).isZero();
  }
}
