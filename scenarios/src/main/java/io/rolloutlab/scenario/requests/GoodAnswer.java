package io.rolloutlab.scenario.requests;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which answers are good: those of which all that is said here holds. The users alone judge by it;
 * the edge and the alarm know statuses, and the simulated app answers every request well that it
 * does not answer with an error.
 *
 * @param status statuses and ranges of them, as in {@code [200-299, 404]}; from 100 to 499, default
 *     all of them: an answer of 500 or more has always failed
 * @param header the value of each header that the answer must have, as in {@code X-Cache: HIT};
 *     default none
 * @param json the value that the answer's JSON must have at each JSON pointer (RFC 6901), as in
 *     {@code /state: up}; a number is the same however it is written; default none
 */
public record GoodAnswer(
    List<StatusRange> status,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> header,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> json) {
  /** Everything below 500. */
  public static final GoodAnswer DEFAULT = new GoodAnswer(null, null, null);

  /** Of an asset that a page names: the status 200 alone. */
  public static final GoodAnswer OF_ASSET =
      new GoodAnswer(List.of(new StatusRange(200, 200)), null, null);

  private static final ObjectMapper JSON = new ObjectMapper();

  public GoodAnswer {
    status = Check.listOrElse(status, List.of(StatusRange.ANY));
    Check.that(!status.isEmpty(), "status", "names no status, so that no answer could be good");
    header = kept(header);
    header.forEach((name, value) -> HeaderText.check("header", name, value));
    json = kept(json);
    json.keySet()
        .forEach(
            pointer ->
                Check.that(
                    pointer.startsWith("/"),
                    "json." + pointer,
                    "is no JSON pointer: it begins with a slash, as in /state or /items/0/name"));
  }

  private static Map<String, String> kept(Map<String, String> values) {
    return values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * What keeps an answer from being good.
   *
   * @param with its status, below 500
   * @param headers its values of a header, by a name whose case does not matter; none without one
   * @param body the whole of it
   * @return a clause such as {@code answered 404, and only 200-299 is good}; empty for a good
   *     answer
   */
  public Optional<String> complaint(int with, Function<String, List<String>> headers, byte[] body) {
    return complaintOfStatus(with)
        .or(
            () ->
                Stream.concat(ofHeaders(headers), ofJson(body))
                    .findFirst()
                    .map(what -> "answered %s, but %s".formatted(with, what)));
  }

  /** The same of the status alone. */
  public Optional<String> complaintOfStatus(int with) {
    if (status.stream().anyMatch(range -> range.holds(with))) {
      return Optional.empty();
    }
    String good = status.stream().map(StatusRange::print).collect(Collectors.joining(", "));
    return Optional.of("answered %s, and only %s is good".formatted(with, good));
  }

  private Stream<String> ofHeaders(Function<String, List<String>> headers) {
    return header.entrySet().stream()
        .filter(wanted -> !headers.apply(wanted.getKey()).contains(wanted.getValue()))
        .map(
            wanted ->
                headers.apply(wanted.getKey()).stream()
                    .findFirst()
                    .map(
                        value ->
                            "its header %s was %s instead of %s"
                                .formatted(
                                    wanted.getKey(), quoted(value), quoted(wanted.getValue())))
                    .orElse("without the header " + wanted.getKey()));
  }

  private Stream<String> ofJson(byte[] body) {
    if (json.isEmpty()) {
      return Stream.of();
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(body);
    } catch (IOException other) {
      return Stream.of("with no JSON");
    }
    return tree.isMissingNode()
        ? Stream.of("with no JSON")
        : json.entrySet().stream().flatMap(wanted -> ofValue(tree, wanted));
  }

  private static Stream<String> ofValue(JsonNode tree, Map.Entry<String, String> wanted) {
    JsonNode value = tree.at(JsonPointer.compile(wanted.getKey()));
    if (value.isMissingNode()) {
      return Stream.of("without a value at " + wanted.getKey());
    }
    return isSame(value, wanted.getValue())
        ? Stream.of()
        : Stream.of(
            "%s was %s instead of %s"
                .formatted(
                    wanted.getKey(),
                    value.isTextual()
                        ? quoted(value.asText())
                        : Complaints.quoted(value.toString()),
                    quoted(wanted.getValue())));
  }

  private static boolean isSame(JsonNode value, String wanted) {
    if (value.isNumber()) {
      try {
        return value.decimalValue().compareTo(new BigDecimal(wanted)) == 0;
      } catch (NumberFormatException noNumber) {
        return false;
      }
    }
    return value.isValueNode() && value.asText().equals(wanted);
  }

  private static String quoted(String value) {
    return '"' + Complaints.quoted(value) + '"';
  }
}
