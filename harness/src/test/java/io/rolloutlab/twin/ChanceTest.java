package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.twin.clock.Chance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChanceTest {
  private static final int DRAWS = 200;

  /**
   * Runs with seeds side by side are repeats: none may be another one that began a little later.
   */
  @Test
  void seedsAndPartsShareNoDraws() {
    List<Integer> drawn = new ArrayList<>();
    for (long seed = 0; seed < 10; seed++) {
      for (String part : List.of("edge", "agents")) {
        drawn.addAll(draws(new Chance(seed, part)));
      }
    }

    // Some few are equal by chance; of a stream that is only shifted nearly all would be.
    assertThat(drawn.stream().distinct().count()).isGreaterThan(drawn.size() - 10);
  }

  @Test
  void theSameSeedAndPartDrawTheSame() {
    assertThat(draws(new Chance(7, "edge"))).isEqualTo(draws(new Chance(7, "edge")));
  }

  private static List<Integer> draws(Chance chance) {
    List<Integer> draws = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      draws.add(chance.below(Integer.MAX_VALUE));
    }
    return draws;
  }
}
