package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.history.Hit;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeLogTest {
  private static final String LINE =
      """
      {"t":1795449655.931,"id":"4","client":"10.77.0.138","method":"GET","uri":"/","status":200,\
      "seconds":0.004,"upstream":"10.0.1.4:5000, 10.0.1.5:5000","upstreamStatus":"502, 200",\
      "upstreamSeconds":"0.001, 0.002","upstreamConnectSeconds":"-","version":"v1",\
      "host":"d43f07f10d31","connection":5,"connectionRequest":1,"worker":42}""";

  @Test
  void readsALineOfTheLog() throws IOException {
    assertThat(EdgeLog.hit(LINE, "edge1"))
        .isEqualTo(
            new Hit(
                1795449655931L,
                4,
                "10.77.0.138",
                200,
                4,
                "10.0.1.4:5000, 10.0.1.5:5000",
                "502, 200",
                "v1",
                "d43f07f10d31",
                "edge1",
                5,
                1,
                42));
  }

  @Test
  void whatIsNoLineOfTheLogIsRefused() {
    for (String line : List.of("", "{}", "nginx: hello", LINE.substring(0, 60), "{\"t\":1.5}")) {
      assertThatExceptionOfType(IOException.class)
          .as(line)
          .isThrownBy(() -> EdgeLog.hit(line, "edge1"));
    }
  }

  @Test
  void anIdThatIsNotOursIsZero() throws IOException {
    assertThat(EdgeLog.hit(LINE.replace("\"id\":\"4\"", "\"id\":\"abc\""), "e").id()).isZero();
    assertThat(EdgeLog.hit(LINE.replace("\"id\":\"4\"", "\"id\":\"\""), "e").id()).isZero();
  }
}
