package io.rolloutlab.analysis.causes;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.TaskRef;
import java.util.Set;

/**
 * What a task was doing when, as far as it was recorded. Times are after x = 0; {@link #NEVER}
 * stands for what was not seen to happen.
 *
 * @param task which it is
 * @param address that the edge asks; empty where it was not recorded
 * @param fromMillis when it was first heard of, or had its address
 * @param runningMillis when it was running for Swarm: from then on its name leads to it
 * @param firstAnswerMillis when the edge had the first answer of it, so that the app listened at
 *     the latest
 * @param lastAnswerMillis when the edge had the last answer from it; {@link #NEVER} where it had
 *     none
 * @param firstVainMillis when the first try began that was in vain, of those after its last answer
 * @param toldMillis when Swarm wanted it to end
 * @param endedMillis when it had ended
 * @param end its last state; empty where it has none
 * @param message that Swarm gave with it
 * @param lostMillis when its node was lost, unless it had ended before
 */
public record TaskTimes(
    TaskRef task,
    String address,
    long fromMillis,
    long runningMillis,
    long firstAnswerMillis,
    long lastAnswerMillis,
    long firstVainMillis,
    long toldMillis,
    long endedMillis,
    String end,
    String message,
    long lostMillis) {
  /** The time of what was not seen to happen. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final Set<String> WANTED = Set.of("new", "ready", "running");
  private static final Set<String> BY_ITSELF = Set.of("failed", "complete");

  /** Whether it ended though nobody had told it to. */
  boolean endedByItself() {
    return BY_ITSELF.contains(end) && toldMillis > endedMillis;
  }

  /** Whether Swarm ended it for its health check, as far as it says so. */
  boolean saidToBeUnhealthy() {
    return message.contains("unhealthy");
  }

  /**
   * Whether it was killed though nobody had told it to end: who is told to is killed when its stop
   * grace is over.
   */
  boolean killedUntold() {
    return endedByItself() && message.contains("(137)") && !saidToBeUnhealthy();
  }

  /**
   * Whether it ended with an exit code of its own, though it was told to: neither that of a kill
   * nor that of the stop signal.
   */
  boolean failedWhenTold() {
    return toldMillis <= endedMillis
        && message.contains("non-zero exit (")
        && !message.contains("(137)")
        && !message.contains("(143)");
  }

  /** Whether it was killed after it was told to end. */
  boolean killedWhenTold() {
    return toldMillis <= endedMillis && message.contains("(137)");
  }

  /** When the first thing happened by which it was no longer ready to be asked. */
  public long leftMillis() {
    return Math.min(toldMillis, Math.min(endedMillis, lostMillis));
  }

  /** Which one it is, for people: its name, version and node. */
  public String inWords() {
    return "%s (%s)%s"
        .formatted(task.name(), task.version(), task.node().isEmpty() ? "" : " on " + task.node());
  }

  private String howItLeft() {
    if (lostMillis == leftMillis()) {
      return "lost with its node";
    }
    if (toldMillis == leftMillis()) {
      return "told to stop";
    }
    return saidToBeUnhealthy()
        ? "given up by its health check, and gone"
        : endedByItself() ? "ended without an order" : "stopped";
  }

  /**
   * How and when it came that it was no longer ready to be asked, for people, a participle; empty
   * where that was not seen.
   *
   * @param at the moment that is told of, after x = 0
   */
  public String leftInWords(long at) {
    return leftMillis() == NEVER ? "" : howItLeft() + " " + Story.when(leftMillis(), at);
  }

  /** The same task, had the edge had its first answer then at the latest. */
  TaskTimes listeningBy(long millis) {
    return new TaskTimes(
        task,
        address,
        fromMillis,
        runningMillis,
        Math.min(firstAnswerMillis, millis),
        lastAnswerMillis,
        firstVainMillis,
        toldMillis,
        endedMillis,
        end,
        message,
        lostMillis);
  }

  /** Collects what is said of one task. */
  static final class Builder {
    private TaskRef task;
    private String address = "";
    private String container = "";
    private long from = NEVER;
    private long running = NEVER;
    private long firstAnswer = NEVER;
    private long lastAnswer = NEVER;
    private long firstVain = NEVER;
    private long told = NEVER;
    private long ended = NEVER;
    private String end = "";
    private String message = "";
    private long lost = NEVER;

    String address() {
      return address;
    }

    String container() {
      return container;
    }

    long fromMillis() {
      return from;
    }

    long endedMillis() {
      return Math.min(ended, lost);
    }

    /** It has changed. */
    void change(Event.TaskChange change, long zero) {
      is(
          new TaskRef(
              change.task(), change.service(), change.slot(), change.node(), change.version()));
      long at = change.atMillis() - zero;
      from = Math.min(from, at);
      if (change.ended()) {
        if (ended == NEVER) {
          ended = at;
          end = change.state();
          message = change.message();
        }
        return;
      }
      if (change.state().equals("running")) {
        running = Math.min(running, at);
      }
      if (!WANTED.contains(change.desired())) {
        told = Math.min(told, change.seenAtMillis() - zero);
      }
    }

    /** It has an address. */
    void address(Event.TaskAddress given, long zero) {
      is(given.ref());
      address = given.address();
      from = Math.min(from, given.atMillis() - zero);
    }

    /** It has a container. */
    void container(Event.TaskContainer given, long zero) {
      is(given.ref());
      container = given.container();
      from = Math.min(from, given.atMillis() - zero);
    }

    /** The node that is known last is where it is: at first it has none. */
    private void is(TaskRef seen) {
      task = task == null || !seen.node().isEmpty() ? seen : task;
    }

    /** A node is lost. */
    void lost(String node, long at) {
      if (task.node().equals(node) && from <= at && at < ended) {
        lost = Math.min(lost, at);
      }
    }

    /** An answer has come from it. */
    void answered(long at) {
      firstAnswer = Math.min(firstAnswer, at);
      lastAnswer = lastAnswer == NEVER ? at : Math.max(lastAnswer, at);
      firstVain = firstVain < at ? NEVER : firstVain;
    }

    /** A try at its address was in vain. */
    void vain(long at) {
      if (firstAnswer <= at) {
        firstVain = Math.min(firstVain, at);
      }
    }

    TaskTimes build() {
      return new TaskTimes(
          task,
          address,
          from,
          running,
          firstAnswer,
          lastAnswer,
          firstVain,
          told,
          ended,
          end,
          message,
          lost);
    }
  }
}
