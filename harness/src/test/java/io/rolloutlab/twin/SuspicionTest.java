package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.manager.Suspicion;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long a member's end stays unknown, worked out from who probes it when (suspicion.go). */
class SuspicionTest {
  private static final int SECOND_MICROS = 1_000_000;
  private static final int MEMBERS = 24;

  /** Four seconds for ten members, and more the more digits their number has. */
  private static final double LEAST_MICROS = 4 * SECOND_MICROS * Math.log10(MEMBERS);

  private static long micros(int members, long seed) {
    return Suspicion.micros(members, new Chance(seed, "test"));
  }

  /** It probes at any time of a second, waits a second, and suspects for four. */
  @Test
  void theOnlyOtherMemberNoticesAfterFiveAndAHalfSecondsOnAverage() {
    double mean =
        LongStream.rangeClosed(1, 1000).map(seed -> micros(2, seed)).average().orElseThrow();

    assertThat(mean).isCloseTo(5_500_000.0, within(50_000.0));
  }

  /** Who confirms a suspicion, in order: the twin draws a turn and a moment in it for each. */
  private static long[] suspects(long seed) {
    Chance chance = new Chance(seed, "test");
    long[] suspects = new long[MEMBERS - 1];
    for (int i = 0; i < suspects.length; i++) {
      long turn = chance.below(suspects.length);
      suspects[i] = SECOND_MICROS * (turn + 1) + chance.below(SECOND_MICROS);
    }
    Arrays.sort(suspects);
    return suspects;
  }

  /** The third one ends the suspicion, but not before its least length. */
  @Test
  void aSuspicionLastsUntilTwoOthersConfirmIt() {
    long[] wrong =
        LongStream.rangeClosed(1, 20_000)
            .filter(
                seed -> {
                  long[] suspects = suspects(seed);
                  double end = Math.max(suspects[0] + LEAST_MICROS, suspects[2]);
                  return Math.abs(micros(MEMBERS, seed) - end) > 1;
                })
            .toArray();

    assertThat(wrong).isEmpty();
    assertThat(LongStream.rangeClosed(1, 20_000).mapToObj(SuspicionTest::suspects))
        .anyMatch(suspects -> suspects[2] - suspects[0] > 1.6 * LEAST_MICROS);
  }
}
