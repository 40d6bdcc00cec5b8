package io.rolloutlab.edge.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.edge.EdgeDialectContract;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NginxDialectTest extends EdgeDialectContract {
  /** As images before this one logged it. */
  private static final String EARLIER =
      """
      {"t":1795449655.931,"id":"4","client":"10.77.0.138","method":"GET","uri":"/","status":200,\
      "seconds":0.004,"upstream":"10.0.1.4:5000, 10.0.1.5:5000","upstreamStatus":"502, 200",\
      "upstreamSeconds":"0.001, 0.002","upstreamConnectSeconds":"-","version":"v1",\
      "host":"d43f07f10d31","connection":5,"connectionRequest":1,"worker":42}""";

  @Override
  protected EdgeDialect dialect() {
    return new NginxDialect();
  }

  /** By the log_format of docker/edge/nginx.conf; what is empty is a dash to nginx. */
  @Override
  protected String line(Hit hit) {
    return String.format(
        Locale.ROOT,
        "{\"t\":%.3f,\"id\":\"%s\",\"client\":\"%s\",\"method\":\"GET\",\"uri\":\"/\","
            + "\"status\":%s,\"seconds\":%.3f,\"upstream\":\"%s\",\"upstreamStatus\":\"%s\","
            + "\"upstreamSeconds\":\"%s\",\"upstreamConnectSeconds\":\"%s\",\"bytes\":%s,"
            + "\"version\":\"%s\",\"host\":\"%s\",\"connection\":%s,\"connectionRequest\":%s,"
            + "\"worker\":%s}",
        hit.atMillis() / 1000.0,
        hit.id(),
        hit.client(),
        hit.status(),
        hit.latencyMillis() / 1000.0,
        dashed(hit.upstream()),
        dashed(hit.upstreamStatus()),
        dashed(seconds(hit.upstreamMillis())),
        dashed(seconds(hit.connectMillis())),
        hit.bytes(),
        dashed(hit.version()),
        dashed(hit.replica()),
        hit.connection(),
        hit.connectionRequest(),
        hit.worker());
  }

  private static String dashed(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static String seconds(String millis) {
    return Pattern.compile("\\d+")
        .matcher(millis)
        .replaceAll(one -> String.format(Locale.ROOT, "%.3f", Long.parseLong(one.group()) / 1e3));
  }

  @Test
  void aLineThatSaysNoBytesIsStillRead() throws IOException {
    assertThat(dialect().hit(EARLIER, "edge1"))
        .isEqualTo(
            new Hit(
                1795449655931L,
                4,
                "10.77.0.138",
                new Hit.Answer(200, 4),
                new Hit.Tries("10.0.1.4:5000, 10.0.1.5:5000", "502, 200", "", "1, 2"),
                new AppHeaders("v1", "d43f07f10d31"),
                new Hit.Connection("edge1", 42, 5, 1)));
  }

  @Test
  void anIdThatIsNotOursIsZero() throws IOException {
    assertThat(dialect().hit(EARLIER.replace("\"id\":\"4\"", "\"id\":\"abc\""), "e").id()).isZero();
    assertThat(dialect().hit(EARLIER.replace("\"id\":\"4\"", "\"id\":\"\""), "e").id()).isZero();
  }
}
