package io.rolloutlab.scenario.app;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What the lab's own app can be told in its environment, so that a version misbehaves. This list is
 * the one of {@code docker/app/server.py} and {@code docker/app/README.md}; a test compares them.
 */
public enum AppKnob {
  START_DELAY_SECONDS(Kind.NUMBER, "0", 3600, "connections are refused so long"),
  ERROR_SHARE(
      Kind.NUMBER,
      "0",
      1,
      "share of requests to `/` and to assets that are answered 500, at random; `/healthz` is"
          + " spared"),
  ERROR_AFTER_SECONDS(
      Kind.NUMBER, "0", 86_400, "so long after it listens the first request is answered 500"),
  LATENCY_MILLIS(Kind.NUMBER, "0", 60_000, "added to requests to `/` and to assets"),
  LATENCY_SHARE(Kind.NUMBER, "1", 1, "share of requests that it is added to, at random"),
  CRASH_AFTER_SECONDS(
      Kind.NUMBER,
      "never",
      86_400,
      "so long after it listens the container ends with exit code 1, whatever is in flight"),
  NEVER_HEALTHY(Kind.FLAG, "false", 1, "`/healthz` answers 503 for ever, `/` works"),
  UNHEALTHY_AFTER_SECONDS(
      Kind.NUMBER,
      "never",
      86_400,
      "so long after it listens `/healthz` begins to answer 503, and `/` goes on working"),
  MEMORY_GROWTH_MIB_PER_SECOND(
      Kind.NUMBER,
      "0",
      1024,
      "taken and touched by the container's first process, so that a memory limit ends the"
          + " container (137), not just a worker"),
  IGNORE_SIGTERM(
      Kind.FLAG, "false", 1, "only SIGKILL ends it, at the end of the stop grace period"),
  STOP_DELAY_SECONDS(
      Kind.NUMBER,
      "0",
      3600,
      "after SIGTERM it goes on accepting requests so long, then drains: time for others to forget"
          + " its address"),
  DRAIN_SECONDS(
      Kind.WHOLE,
      "30",
      3600,
      "then new connections are refused, and requests in flight get so long to finish; 0 cuts"
          + " them");

  private static final String PREFIX = "APP_";

  /** Set in the image; the lab tells the versions apart by it. */
  private static final String VERSION = "APP_VERSION";

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
  private static final List<String> NO = List.of("", "0", "false", "no");
  private static final List<String> YES = List.of("1", "true", "yes");

  private enum Kind {
    NUMBER,
    WHOLE,
    FLAG
  }

  private final Kind kind;
  private final String absent;
  private final int most;
  private final String sentence;

  AppKnob(Kind kind, String absent, int most, String sentence) {
    this.kind = kind;
    this.absent = absent;
    this.most = most;
    this.sentence = sentence;
  }

  /** The name in the environment, for example {@code APP_ERROR_SHARE}. */
  public String variable() {
    return PREFIX + name();
  }

  /** What holds without it, as a word; {@code never} is no number. */
  public String absent() {
    return absent;
  }

  /** Which values it takes: empty for a flag, else as in {@code 0..3600, whole}. */
  public String range() {
    return switch (kind) {
      case FLAG -> "";
      case NUMBER -> "0.." + most;
      case WHOLE -> "0..%s, whole".formatted(most);
    };
  }

  /** What it does, in Markdown. */
  public String sentence() {
    return sentence;
  }

  /**
   * Its value in an environment, its default where that has none; empty where that is {@code
   * never}.
   *
   * @throws IllegalArgumentException when the value is none, naming the variable
   */
  public OptionalDouble number(Map<String, String> env) {
    String text = env.getOrDefault(variable(), "").strip();
    complaint(text)
        .ifPresent(
            what -> {
              throw new IllegalArgumentException(variable() + " " + what);
            });
    String value = text.isEmpty() ? absent : text;
    return NUMBER.matcher(value).matches()
        ? OptionalDouble.of(Double.parseDouble(value))
        : OptionalDouble.empty();
  }

  /**
   * Whether a flag is set in an environment.
   *
   * @throws IllegalArgumentException when the value is none, naming the variable
   */
  public boolean isSet(Map<String, String> env) {
    String text = env.getOrDefault(variable(), "").strip();
    complaint(text)
        .ifPresent(
            what -> {
              throw new IllegalArgumentException(variable() + " " + what);
            });
    return YES.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Names of the app's that none of these has, in order. */
  public static List<String> unknown(Map<String, String> env) {
    List<String> known = Arrays.stream(values()).map(AppKnob::variable).toList();
    return env.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .filter(name -> !name.equals(VERSION) && !known.contains(name))
        .sorted()
        .toList();
  }

  /** What is wrong with a variable of the lab's own app; empty when nothing is. */
  public static Optional<String> complaint(String variable, String value) {
    if (variable.equals(VERSION)) {
      return Optional.of("is set in the image, and the lab tells the versions apart by it");
    }
    Optional<AppKnob> knob =
        Arrays.stream(values()).filter(one -> one.variable().equals(variable)).findFirst();
    if (knob.isEmpty() && variable.startsWith(PREFIX)) {
      List<String> known = Arrays.stream(values()).map(AppKnob::variable).toList();
      return Optional.of(
          "the lab's app has no such knob%s; it has %s"
              .formatted(Nearest.asked(variable, known), String.join(", ", known)));
    }
    return knob.flatMap(one -> one.complaint(value.strip()));
  }

  private Optional<String> complaint(String text) {
    if (kind == Kind.FLAG) {
      String word = text.toLowerCase(Locale.ROOT);
      return YES.contains(word) || NO.contains(word)
          ? Optional.empty()
          : Optional.of("must be true or false, not '%s'".formatted(Complaints.quoted(text)));
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    boolean whole = value == Math.rint(value);
    return value >= 0 && value <= most && (kind == Kind.NUMBER || whole)
        ? Optional.empty()
        : Optional.of(
            "must be a %snumber from 0 to %s, not '%s'"
                .formatted(kind == Kind.WHOLE ? "whole " : "", most, Complaints.quoted(text)));
  }
}
