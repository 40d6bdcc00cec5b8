package io.rolloutlab.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** The class of a failure, from the message in Gatling's log. */
final class ErrorClass {
  static final String OTHER = "other";

  private static final Map<String, String> BY_PART = new LinkedHashMap<>();

  static {
    BY_PART.put("Connection refused", "refused");
    BY_PART.put("Request timeout", "timeout");
    BY_PART.put("onnection timed out", "timeout");
    BY_PART.put("Premature close", "closed");
    BY_PART.put("Connection reset", "closed");
    BY_PART.put("Broken pipe", "closed");
    BY_PART.put("ClosedChannel", "closed");
  }

  private ErrorClass() {}

  /** One of refused, timeout, closed, other. */
  static String of(String message) {
    return BY_PART.entrySet().stream()
        .filter(part -> message.contains(part.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(OTHER);
  }
}
