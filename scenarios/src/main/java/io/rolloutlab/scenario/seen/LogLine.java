package io.rolloutlab.scenario.seen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an access log: nginx's formats combined and common, or a JSON object with the keys that
 * nginx, Caddy and Traefik write.
 */
final class LogLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Anybody, and the time in brackets, up to the request's first quote. */
  private static final Pattern BEFORE = Pattern.compile("[^\\[]*\\[([^\\]]{1,40})\\] \"");

  /** From the request's last quote on: the status. */
  private static final Pattern AFTER = Pattern.compile("\" (\\d{3})(?: .*)?");

  private static final Pattern REQUEST = Pattern.compile("([A-Z]{1,20}) (\\S+)(?: HTTP/[0-9.]+)?");

  // Without underscores, hyphens and @, in lower case; the first that is there counts.
  private static final List<String> METHODS = List.of("method", "requestmethod", "verb");
  private static final List<String> TARGETS =
      List.of("requesturi", "uri", "requestpath", "path", "url");
  private static final List<String> STATUSES = List.of("status", "downstreamstatus", "statuscode");
  private static final List<String> TIMES =
      List.of("ts", "msec", "startutc", "timeiso8601", "timestamp", "time", "timelocal", "t");
  private static final String REQUEST_KEY = "request";

  /** Where docker's own log files have the line that a container wrote. */
  private static final String OF_DOCKER = "log";

  private LogLine() {}

  /** The request; empty where it tells of none. */
  static Optional<SeenRequest> request(String line) {
    return line.startsWith("{") ? ofJson(line) : ofCombined(line);
  }

  private static Optional<SeenRequest> ofCombined(String line) {
    Matcher before = BEFORE.matcher(line);
    if (!before.lookingAt()) {
      return Optional.empty();
    }
    int end = closingQuote(line, before.end());
    Matcher after = AFTER.matcher(line.substring(end));
    return after.matches()
        ? request(
            line.substring(before.end(), end),
            Integer.parseInt(after.group(1)),
            LogTime.of(before.group(1)))
        : Optional.empty();
  }

  /** Where the next quote is that is not escaped; the line's end where there is none. */
  private static int closingQuote(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) != '"') {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, line.length());
  }

  /** Of the first line of a request. */
  private static Optional<SeenRequest> request(String line, int status, OptionalLong atMillis) {
    Matcher matcher = REQUEST.matcher(line);
    return matcher.matches()
        ? SeenRequest.target(matcher.group(2))
            .map(target -> new SeenRequest(matcher.group(1), target, status, atMillis))
        : Optional.empty();
  }

  private static Optional<SeenRequest> ofJson(String line) {
    JsonNode tree;
    try {
      tree = JSON.readTree(line);
    } catch (IOException other) {
      return Optional.empty();
    }
    if (tree.path(OF_DOCKER).isTextual()) {
      return request(tree.path(OF_DOCKER).asText().strip());
    }
    Map<String, JsonNode> members = members(tree);
    int status = first(members, STATUSES).map(JsonNode::asInt).orElse(0);
    OptionalLong at = LogTime.of(first(members, TIMES).orElse(null));
    Optional<String> method = first(members, METHODS).map(JsonNode::asText);
    Optional<String> target = first(members, TARGETS).map(JsonNode::asText);
    if (method.isPresent() && target.isPresent()) {
      return request(method.get() + " " + target.get(), status, at);
    }
    return first(members, List.of(REQUEST_KEY))
        .flatMap(request -> request(request.asText(), status, at));
  }

  /** Caddy has a request's own members in an object of that name. */
  private static Map<String, JsonNode> members(JsonNode tree) {
    Map<String, JsonNode> members = new HashMap<>();
    tree.path(REQUEST_KEY)
        .properties()
        .forEach(one -> members.put(plain(one.getKey()), one.getValue()));
    tree.properties().forEach(one -> members.putIfAbsent(plain(one.getKey()), one.getValue()));
    return members;
  }

  private static String plain(String key) {
    return key.replaceAll("[_@-]", "").toLowerCase(Locale.ROOT);
  }

  private static Optional<JsonNode> first(Map<String, JsonNode> members, List<String> keys) {
    return keys.stream()
        .map(members::get)
        .filter(value -> value != null && value.isValueNode() && !value.asText().isEmpty())
        .findFirst();
  }
}
