package io.rolloutlab.scenario.seen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads files with requests: recordings of browsers (HAR 1.2) and access logs, {@link LogLine} by
 * line. Bytes that are no UTF-8 are read as replacement characters.
 */
public final class TrafficReader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of a whole document, or of its first line; the logs of docker have a text under that key. */
  private static final Pattern HAR = Pattern.compile("\\{\\s*(?:\"log\"\\s*:\\s*(?:\\{.*)?)?");

  private static final Pattern AUTHORITY = Pattern.compile("https?://([^/?#]*).*");

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final Consumer<SeenRequest> each;
  private long unread;
  private long firstUnread;
  private long elsewhere;
  private long all;

  private TrafficReader(Path file, Consumer<SeenRequest> each) {
    this.file = file;
    this.each = each;
  }

  /**
   * What a file holds beside requests.
   *
   * @param unit what it is made of: line or entry
   * @param all of them, blank lines left out
   * @param unread of them, that tell of no request
   * @param first of those, counted from 1; 0 without any
   * @param elsewhere of them, that went to other hosts than the first request: a recording of a
   *     browser has them, and they are left out
   */
  public record Rest(String unit, long all, long unread, long first, long elsewhere) {}

  /**
   * Reads a file.
   *
   * @param each is shown every request, in the order of the file
   * @throws UnreadableTrafficException when it cannot be read, or holds no request
   */
  public static Rest read(Path file, Consumer<SeenRequest> each) {
    if (!Files.isRegularFile(file)) {
      throw new UnreadableTrafficException(file + ": there is no such file");
    }
    try {
      return new TrafficReader(file, each).read();
    } catch (IOException failed) {
      throw new UnreadableTrafficException(
          "%s: cannot be read: %s".formatted(file, failed.getMessage()));
    }
  }

  private Rest read() throws IOException {
    boolean har = isHar();
    if (har) {
      readHar();
    } else {
      readLines();
    }
    String unit = har ? "entry" : "line";
    if (all == unread) {
      throw new UnreadableTrafficException(
          ("%s: holds no request that can be read%s: give a HAR file, an access log in nginx's format"
                  + " combined, or one with a JSON object a line that has a method, a path or uri, and"
                  + " a time or ts")
              .formatted(file, all == 0 ? "" : ", the first %s %s".formatted(unit, firstUnread)));
    }
    return new Rest(unit, all, unread, firstUnread, elsewhere);
  }

  private boolean isHar() throws IOException {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".har")) {
      return true;
    }
    try (BufferedReader text = text()) {
      String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
      return HAR.matcher(first.strip()).matches();
    }
  }

  private void readLines() throws IOException {
    try (BufferedReader text = text()) {
      long number = 0;
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        number++;
        if (!line.isBlank()) {
          take(number, LogLine.request(line.strip()));
        }
      }
    }
  }

  private void readHar() throws IOException {
    JsonNode entries;
    try (BufferedReader text = text()) {
      entries = JSON.readTree(text).path("log").path("entries");
    } catch (JsonProcessingException broken) {
      throw new UnreadableTrafficException(
          "%s:%s: is no HAR file: %s"
              .formatted(
                  file,
                  broken.getLocation() == null ? 1 : broken.getLocation().getLineNr(),
                  broken.getOriginalMessage().lines().findFirst().orElse("")));
    }
    String own = "";
    for (JsonNode entry : entries) {
      Optional<SeenRequest> request = ofEntry(entry);
      String host = host(entry);
      own = own.isEmpty() && request.isPresent() ? host : own;
      if (request.isPresent() && !host.equals(own)) {
        all++;
        elsewhere++;
      } else {
        take(all + 1, request);
      }
    }
  }

  private static String host(JsonNode entry) {
    Matcher url = AUTHORITY.matcher(entry.path("request").path("url").asText());
    return url.matches() ? url.group(1) : "";
  }

  private static Optional<SeenRequest> ofEntry(JsonNode entry) {
    String method = entry.path("request").path("method").asText();
    return SeenRequest.target(entry.path("request").path("url").asText())
        .filter(target -> !method.isEmpty())
        .map(
            target ->
                new SeenRequest(
                    method,
                    target,
                    entry.path("response").path("status").asInt(),
                    LogTime.of(entry.get("startedDateTime"))));
  }

  private void take(long number, Optional<SeenRequest> request) {
    all++;
    if (request.isEmpty()) {
      unread++;
      firstUnread = firstUnread == 0 ? number : firstUnread;
    }
    request.ifPresent(each);
  }

  private BufferedReader text() throws IOException {
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }
}
