package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.edge.EdgeKind;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The edge logs all tries of a request in one line, at 9 s, when it had it for 2 s. */
class TryTest {
  private static final long ZERO = 1_000_000;

  private static Try decisive(Hit.Tries tries, Set<String> unanswered) {
    Hit line =
        new Hit(
            ZERO + 9_000,
            1,
            "10.77.0.1",
            new Hit.Answer(502, 2_000),
            tries,
            AppHeaders.NONE,
            new Hit.Connection("edge1", 30, 1, 1));
    return Try.decisive(line, ZERO, unanswered);
  }

  private static Try decisive(String addresses, String statuses, String connects) {
    return decisive(new Hit.Tries(addresses, statuses, connects), EdgeKind.GATEWAY);
  }

  @Test
  void theOnlyTryBeganWithTheRequest() {
    assertThat(decisive("10.0.1.5:5000", "502", ""))
        .isEqualTo(new Try("10.0.1.5", Try.End.REFUSED, 7_000, 9_000));
    assertThat(decisive("10.0.1.5:5000", "502", "1"))
        .isEqualTo(new Try("10.0.1.5", Try.End.RESET, 7_000, 9_000));
  }

  @Test
  void theLastOfSeveralBeganWhenTheOthersWereOver() {
    assertThat(decisive("10.0.1.5:5000, 10.0.1.6:5000", "502, 502", ""))
        .isEqualTo(new Try("10.0.1.6", Try.End.REFUSED, 9_000, 9_000));
    assertThat(decisive("10.0.1.5:5000, 10.0.1.6:5000", "502, 500", "-, 1"))
        .isEqualTo(new Try("10.0.1.6", Try.End.ANSWERED, 9_000, 9_000));
    assertThat(decisive("10.0.1.5:5000 : 10.0.1.6:5000", "502 : 502", "- : -"))
        .as("sent elsewhere")
        .isEqualTo(new Try("10.0.1.6", Try.End.REFUSED, 9_000, 9_000));
  }

  /** The log's times are of the tries, the request's own is not theirs. */
  @Test
  void theLastOneBeganAsLongBeforeTheEndAsItTook() {
    Hit.Tries tries = new Hit.Tries("10.0.1.5:5000, 10.0.1.6:5000", "502, 502", "-, -", "1900, 40");

    assertThat(decisive(tries, EdgeKind.GATEWAY))
        .isEqualTo(new Try("10.0.1.6", Try.End.REFUSED, 8_960, 9_000));

    Hit.Tries fewer = new Hit.Tries("10.0.1.5:5000, 10.0.1.6:5000", "502, 502", "-, -", "40");
    assertThat(decisive(fewer, EdgeKind.GATEWAY))
        .as("whose time that is, nobody knows")
        .isEqualTo(new Try("10.0.1.6", Try.End.REFUSED, 9_000, 9_000));
  }

  @Test
  void whoTookTheTimeHadTheRequestForAllOfIt() {
    assertThat(decisive("10.0.1.5:5000, 10.0.1.6:5000", "502, -", ""))
        .isEqualTo(new Try("10.0.1.6", Try.End.UNCONNECTED, 7_000, 9_000));
    assertThat(decisive("10.0.1.5:5000, 10.0.1.6:5000", "502, -", "-, 3"))
        .isEqualTo(new Try("10.0.1.6", Try.End.UNANSWERED, 7_000, 9_000));
    assertThat(decisive("10.0.1.5:5000, 10.0.1.6:5000", "502", ""))
        .as("the log says nothing of the second one")
        .isEqualTo(new Try("10.0.1.6", Try.End.UNCONNECTED, 7_000, 9_000));
  }

  @Test
  void theFirstTryThatTookTooLongDecides() {
    assertThat(decisive("10.0.1.5:5000, 10.0.1.6:5000", "504, 502", "0, -"))
        .isEqualTo(new Try("10.0.1.5", Try.End.UNANSWERED, 7_000, 9_000));
    assertThat(decisive("10.0.1.4:5000, 10.0.1.5:5000, 10.0.1.6:5000", "502, 504, 502", ""))
        .isEqualTo(new Try("10.0.1.5", Try.End.UNCONNECTED, 7_000, 9_000));
  }

  @Test
  void anEdgeThatDoesNotSayGatewayTimeoutMeansNoneByIt() {
    Hit.Tries tries = new Hit.Tries("10.0.1.5:5000, 10.0.1.6:5000", "504, 503", "0, -");

    assertThat(decisive(tries, Set.of("503")))
        .isEqualTo(new Try("10.0.1.6", Try.End.REFUSED, 9_000, 9_000));
  }
}
