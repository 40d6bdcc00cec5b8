package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void whatALiveProcessOwnsIsNeverSwept() {
    assertThat(Labels.isDead(Labels.owner())).isFalse();
  }

  @Test
  void aProcessIdThatWasGivenToSomebodyElseIsNoOwner() {
    String[] mine = Labels.owner().split("/");

    assertThat(Labels.isDead(mine[0] + "/" + mine[1] + "/12345")).isTrue();
  }

  @Test
  void whatCannotBeLookedAtIsLeftAlone() {
    assertThat(Labels.isDead("another-host/1/1")).isFalse();
    assertThat(Labels.isDead(null)).isFalse();
    assertThat(Labels.isDead("nonsense")).isFalse();
  }
}
