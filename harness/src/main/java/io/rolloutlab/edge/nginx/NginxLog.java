package io.rolloutlab.edge.nginx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The access log of {@code docker/edge/nginx.conf}: one JSON object a line. */
final class NginxLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** nginx's times are seconds with three decimals, one for each try. */
  private static final Pattern ID = Pattern.compile("\\d{1,18}");

  private static final Pattern SECONDS = Pattern.compile("\\d+\\.\\d+");

  private NginxLog() {}

  /**
   * Reads a line; those of images before it said how many bytes it sent are read as well.
   *
   * @throws IOException when it is none
   */
  static Hit hit(String line, String edge) throws IOException {
    JsonNode entry = JSON.readTree(line);
    if (!entry.path("t").isNumber() || !entry.path("id").isTextual()) {
      throw new IOException("it has no time and no id");
    }
    return new Hit(
        Math.round(entry.path("t").asDouble() * 1000),
        id(entry.path("id").asText()),
        entry.path("client").asText(),
        new Hit.Answer(
            entry.path("status").asInt(),
            (int) Math.round(entry.path("seconds").asDouble() * 1000),
            entry.path("bytes").asLong()),
        new Hit.Tries(
            blankIfDash(entry.path("upstream").asText()),
            blankIfDash(entry.path("upstreamStatus").asText()),
            millis(blankIfDash(entry.path("upstreamConnectSeconds").asText())),
            millis(blankIfDash(entry.path("upstreamSeconds").asText()))),
        new AppHeaders(
            blankIfDash(entry.path("version").asText()), blankIfDash(entry.path("host").asText())),
        new Hit.Connection(
            edge,
            entry.path("worker").asInt(),
            entry.path("connection").asLong(),
            entry.path("connectionRequest").asLong()));
  }

  private static long id(String text) {
    return ID.matcher(text).matches() ? Long.parseLong(text) : 0;
  }

  private static String blankIfDash(String text) {
    return text.equals("-") ? "" : text;
  }

  private static String millis(String seconds) {
    return SECONDS
        .matcher(seconds)
        .replaceAll(one -> new BigDecimal(one.group()).movePointRight(3).toBigInteger().toString());
  }
}
