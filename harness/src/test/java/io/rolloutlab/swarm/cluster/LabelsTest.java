package io.rolloutlab.swarm.cluster;

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

    assertThat(Labels.isDead(mine[0] + "/" + mine[1] + "/12345/" + mine[3])).isTrue();
  }

  @Test
  void labelsOfBeforeAreStillRead() {
    String[] mine = Labels.owner().split("/");

    assertThat(Labels.isDead(mine[0] + "/" + mine[1] + "/12345")).isTrue();
    assertThat(Labels.isDead(mine[0] + "/" + mine[1] + "/" + mine[2])).isFalse();
  }

  /** Two containers with the host's network have one name, and each its own process 1. */
  @Test
  void aProcessOfAnotherPidNamespaceIsNotTakenForDead() {
    String[] mine = Labels.owner().split("/");

    assertThat(Labels.isDead(mine[0] + "/" + mine[1] + "/12345/4026539999")).isFalse();
  }

  @Test
  void whatCannotBeLookedAtIsLeftAlone() {
    assertThat(Labels.isDead("another-host/1/1")).isFalse();
    assertThat(Labels.isDead(null)).isFalse();
    assertThat(Labels.isDead("nonsense")).isFalse();
    String host = Labels.owner().split("/")[0];
    assertThat(Labels.isDead(host + "/me/today")).isFalse();
    assertThat(Labels.isDead(host + "/99999999999999999999/1/1")).isFalse();
    assertThat(Labels.isDead(host + "/1/1/1/1")).isFalse();
  }
}
