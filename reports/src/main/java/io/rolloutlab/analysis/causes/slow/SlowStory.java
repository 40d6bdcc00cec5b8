package io.rolloutlab.analysis.causes.slow;

import io.rolloutlab.analysis.causes.Story;
import io.rolloutlab.analysis.causes.TaskTimes;
import java.util.List;

/** What happened to a slow request, told from what is known of it. */
final class SlowStory {
  /** What took longer is told in seconds. */
  private static final int IN_MILLIS = 10_000;

  private final Slow one;
  private final Seen seen;

  SlowStory(Slow one) {
    this.one = one;
    seen = one.seen();
  }

  String told() {
    return "%s at %s: %s"
        .formatted(millis(one.latencyMillis()), Story.moment(one.atMillis()), why());
  }

  private static String millis(int length) {
    return length < IN_MILLIS ? length + " ms" : Story.seconds(length);
  }

  private String why() {
    if (seen.waits() == null) {
      return seen.edge() + " logged nothing of it";
    }
    return switch (seen.waits().place()) {
      case TASK -> waitedForTask() + circumstance();
      case EARLIER_TRIES -> waitedForAnother();
      case IN_EDGE ->
          "%s had it for %s, and waited only %s of them for %s%s"
              .formatted(
                  seen.edge(),
                  millis(seen.waits().atEdge()),
                  millis(seen.waits().inTask()),
                  answering(),
                  circumstance());
      case OUTSIDE ->
          "%s had it for only %s%s"
              .formatted(seen.edge(), millis(seen.waits().atEdge()), circumstance());
      case NOT_TOLD -> notTold();
    };
  }

  private String notTold() {
    List<String> addresses = seen.addresses();
    return addresses.isEmpty()
        ? "%s had it for %s, and its log does not say whom it asked"
            .formatted(seen.edge(), millis(seen.waits().atEdge()))
        : "%s asked %s, and its log does not say how long each took"
            .formatted(seen.edge(), String.join(", ", addresses));
  }

  private String waitedForTask() {
    Waits waits = seen.waits();
    boolean most = waits.connecting() > waits.answering();
    return "%s waited %s for %s%s"
        .formatted(
            seen.edge(),
            millis(waits.inTask()),
            answering(),
            most ? ", %s of them for the connection".formatted(millis(waits.connecting())) : "");
  }

  private String waitedForAnother() {
    TaskTimes other = seen.earlier();
    List<String> addresses = seen.addresses();
    String first = named(addresses.get(seen.waits().longest()), other, "");
    String left = other == null ? "" : other.leftInWords(one.atMillis());
    int more = addresses.size() - 2;
    boolean inVain = seen.note().isEmpty();
    return "%s waited %s%s for %s%s%s%s, and only then asked %s"
        .formatted(
            seen.edge(),
            millis(seen.waits().earlier()),
            inVain ? " in vain" : "",
            first,
            left.isEmpty() ? "" : ", " + left,
            more == 0 ? "" : " (and for %s more)".formatted(more),
            inVain ? "" : ", " + seen.note(),
            answering());
  }

  private String answering() {
    List<String> addresses = seen.addresses();
    return named(addresses.get(addresses.size() - 1), seen.task(), seen.version());
  }

  private static String named(String address, TaskTimes task, String version) {
    if (task != null) {
      return address + ", " + task.inWords();
    }
    return address + (version.isEmpty() ? "" : ", a task of " + version);
  }

  /** What goes with the cause, with what parts it from the clause before. */
  private String circumstance() {
    return switch (one.cause()) {
      case MADE_SLOW -> ", " + seen.note();
      case STARTING -> ", " + running();
      case STOPPING -> ", " + seen.task().leftInWords(one.atMillis());
      case ANOTHER_FIRST -> "";
      case UNKNOWN -> ", and nothing is recorded that explains it";
      default -> "; " + seen.note();
    };
  }

  private String running() {
    long since = one.atMillis() - seen.task().runningMillis();
    return since >= 0
        ? "running for " + Story.seconds(since)
        : "running for Swarm only " + Story.seconds(-since) + " later";
  }
}
