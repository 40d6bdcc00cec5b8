package io.rolloutlab.analysis.causes.slow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import org.junit.jupiter.api.Test;

/** The parts of what a user waited add up to it, whatever the log says. */
class WaitsTest {
  private static Waits of(int userMillis, int atEdge, Hit.Tries tries) {
    return Waits.of(
        userMillis,
        new Hit(
            9_000,
            1,
            "10.77.0.1",
            new Hit.Answer(200, atEdge),
            tries,
            AppHeaders.NONE,
            new Hit.Connection("edge1", 30, 1, 1)));
  }

  private static Hit.Tries one(String connect, String length) {
    return new Hit.Tries("10.0.1.5:5000", "200", connect, length);
  }

  private static Hit.Tries three(String lengths) {
    return new Hit.Tries(
        "10.0.1.5:5000, 10.0.1.6:5000, 10.0.1.7:5000", "504, 502, 200", "-, -, 2", lengths);
  }

  @Test
  void eachPartIsWhatTheLogSays() {
    assertThat(of(400, 390, one("20", "300"))).isEqualTo(new Waits(10, 90, 0, 20, 280, -1, true));
    assertThat(of(400, 390, three("100, 200, 60")))
        .isEqualTo(new Waits(10, 30, 300, 2, 58, 1, true));
  }

  @Test
  void aLogWithoutTheLengthsOfTriesSaysAllOfTheOnlyOne() {
    assertThat(of(400, 390, one("20", ""))).isEqualTo(new Waits(10, 0, 0, 20, 370, -1, true));
    assertThat(of(400, 390, one("", ""))).isEqualTo(new Waits(10, 0, 0, 0, 390, -1, true));
    assertThat(of(400, 390, three(""))).isEqualTo(new Waits(10, 0, 0, 0, 390, -1, false));
  }

  @Test
  void noPartIsLongerThanWhatTheUserWaited() {
    assertThat(of(400, 900, one("500", "800"))).isEqualTo(new Waits(0, 0, 0, 400, 0, -1, true));
    assertThat(of(400, 390, three("300, 200, 60"))).isEqualTo(new Waits(10, 0, 390, 0, 0, 0, true));
  }

  @Test
  void aTryWithoutALengthTookNone() {
    assertThat(of(400, 390, three("-, -, 60"))).isEqualTo(new Waits(10, 330, 0, 2, 58, 0, true));
  }

  @Test
  void thePlaceIsWhereMostOfTheTimeWent() {
    assertThat(of(400, 190, one("0", "180")).place()).isEqualTo(Waits.Place.OUTSIDE);
    assertThat(of(400, 390, one("0", "180")).place()).isEqualTo(Waits.Place.IN_EDGE);
    assertThat(of(400, 390, one("100", "300")).place()).isEqualTo(Waits.Place.TASK);
    assertThat(of(400, 390, three("100, 100, 90")).place()).isEqualTo(Waits.Place.EARLIER_TRIES);
    assertThat(of(400, 390, three("")).place()).isEqualTo(Waits.Place.NOT_TOLD);
    assertThat(of(400, 90, three("")).place()).isEqualTo(Waits.Place.OUTSIDE);
  }
}
