package io.rolloutlab.doctor;

import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.StackService;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether the file tells that users reach a service: by a port, or by labels that a proxy reads.
 */
public final class Reached {
  private static final Pattern LABEL = Pattern.compile("(?:traefik\\.|caddy|com\\.df\\.).*");

  private Reached() {}

  /** By either. */
  public static boolean byUsers(StackService service) {
    return !service.ports().isEmpty() || byProxy(service);
  }

  /** By labels. */
  public static boolean byProxy(StackService service) {
    FileValue<String> enabled = service.labels().get("traefik.enable");
    return (enabled == null || !enabled.is("false"))
        && service.labels().keySet().stream().anyMatch(label -> LABEL.matcher(label).matches());
  }

  /** Whether one of its labels says {@code true} under a key of that form. */
  public static boolean isLabelled(StackService service, Pattern key) {
    return service.labels().entrySet().stream().anyMatch(label -> says(label, key));
  }

  private static boolean says(Map.Entry<String, FileValue<String>> label, Pattern key) {
    return key.matcher(label.getKey()).matches()
        && label.getValue().value().equalsIgnoreCase("true");
  }
}
