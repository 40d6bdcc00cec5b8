package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.testbed.StepFailedException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortRangeTest {
  @Test
  void aRangeIsTwoPortsAndAnAddressMayStandBeforeThem() {
    assertThat(PortRange.parse(" 24000-24063 "))
        .isEqualTo(new PortRange(Optional.empty(), 24_000, 24_063));
    assertThat(PortRange.parse("0.0.0.0:1-1"))
        .isEqualTo(new PortRange(Optional.of("0.0.0.0"), 1, 1));
    assertThat(PortRange.parse("24000-24063").size()).isEqualTo(64);
    assertThat(PortRange.parse("10.0.2.15:80-90").print()).isEqualTo("10.0.2.15:80-90");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          24000             | this must be the first and the last port with a hyphen between them
          24000-            | this must be the first and the last port
          24000 - 24063     | this must be the first and the last port
          -1-5              | this must be the first and the last port
          a:24000-24063     | this must be the first and the last port
          10.0.2:1-9        | this must be the first and the last port
          10.0.2.256:1-9    | 10.0.2.256 is no IPv4 address
          0-9               | ports are from 1 to 65535
          65000-65536       | ports are from 1 to 65535
          24063-24000       | the first port must not be above the last one
          """)
  void whatIsNoneIsRefusedWithItsWords(String text, String why) {
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> PortRange.parse(text))
        .withMessageStartingWith("--ports %s: %s", text, why);
  }

  @Test
  void oneThatIsTooSmallSaysHowManyItTakes() {
    int needed = SwarmCluster.ports(new ClusterPlan(1, 3));

    assertThat(needed)
        .as("each of four nodes publishes its API, the edge and its probes")
        .isEqualTo(12);
    assertThatCode(() -> PortRange.parse("1000-1011").refuseFewerThan(needed))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> PortRange.parse("1000-1010").refuseFewerThan(needed))
        .withMessage(
            "--ports 1000-1010: these are 11 ports, and what is asked for needs 12 at once, 3 for"
                + " each node of a cluster");
  }
}
