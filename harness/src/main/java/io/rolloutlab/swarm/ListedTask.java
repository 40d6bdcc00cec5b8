package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.StepFailedException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** What the API says of a task, read. */
final class ListedTask {
  private static final int SHORT_ID = 12;

  private ListedTask() {}

  /**
   * Its address in the network that the services share, without the length of the network's prefix;
   * empty while it has none there. In the network of the routing mesh every task with a published
   * port has another one.
   */
  static String address(JsonNode task) {
    for (JsonNode attachment : task.path("NetworksAttachments")) {
      if (attachment.path("Network").path("Spec").path("Name").asText().equals(Commands.NETWORK)) {
        String withPrefix = attachment.path("Addresses").path(0).asText("");
        int slash = withPrefix.indexOf('/');
        return slash < 0 ? withPrefix : withPrefix.substring(0, slash);
      }
    }
    return "";
  }

  /**
   * What Swarm says of a task: its error, else its message. A task that was told to stop has no
   * error, whatever its exit code, so the code of one that did not end well is added: 137 is that
   * of a process that had to be killed (seen live with engine 26.1).
   */
  static String message(JsonNode status) {
    String error = status.path("Err").asText("");
    String message = error.isEmpty() ? status.path("Message").asText("") : error;
    int exitCode = status.path("ContainerStatus").path("ExitCode").asInt();
    return error.isEmpty() && exitCode != 0
        ? "%s: non-zero exit (%s)".formatted(message, exitCode)
        : message;
  }

  /**
   * The first twelve digits of a container's id: what people, and the container itself, call it.
   */
  static String shortId(String container) {
    return container.substring(0, Math.min(SHORT_ID, container.length()));
  }

  /** When it was made, milliseconds since 1970. */
  static long createdAt(JsonNode task) {
    return millis(task.path("CreatedAt").asText());
  }

  /** When it came into its state, milliseconds since 1970. */
  static long stateSince(JsonNode task) {
    return millis(task.path("Status").path("Timestamp").asText());
  }

  /**
   * A time of the API, in milliseconds since 1970.
   *
   * @throws StepFailedException when it is none
   */
  static long millis(String time) {
    try {
      return Instant.parse(time).toEpochMilli();
    } catch (DateTimeParseException absent) {
      throw new StepFailedException("the engine gave no time but \"" + time + "\"", absent);
    }
  }
}
