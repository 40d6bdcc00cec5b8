package io.rolloutlab.analysis.causes;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** How many of a service's tasks were ready when, and who came and went. */
final class ServiceTimes {
  static final ServiceTimes NONE = new ServiceTimes(List.of());

  /** How long the edge may not have heard of a task that is ready. */
  private static final long UNHEARD_MILLIS = 2_000;

  /** How much later the record may say that a task was told to stop. */
  private static final long SEEN_LATE_MILLIS = 1_000;

  /**
   * By how much the kernels of the nodes may learn of a task earlier or later than Swarm says that
   * it runs: its agent binds it to the service's address just before it reports that (moby {@code
   * daemon/cluster/executor/container/controller.go}: Start), and the nodes tell each other of it
   * in rounds of 0.2 s (moby {@code libnetwork/networkdb/cluster.go}: gossipInterval).
   */
  static final long KERNEL_LEARNS_MILLIS = 300;

  /**
   * How long after an order an agent that is at work takes it up (swarmkit {@code agent/task.go}).
   */
  private static final long ORDER_TAKEN_UP_MILLIS = 1_000;

  private final List<TaskTimes> byReady;
  private final List<TaskTimes> byLeaving;
  private final long[] ready;
  private final long[] leaving;

  /** By the same place as {@link #ready}: how many had been ready at once by then. */
  private final int[] most;

  /**
   * @param tasks all of the service
   */
  ServiceTimes(List<TaskTimes> tasks) {
    List<TaskTimes> ran =
        tasks.stream().filter(one -> one.runningMillis() < one.leftMillis()).toList();
    byReady = sorted(ran, Comparator.comparingLong(TaskTimes::runningMillis));
    byLeaving =
        sorted(
            ran.stream().filter(one -> one.leftMillis() != TaskTimes.NEVER).toList(),
            Comparator.comparingLong(TaskTimes::leftMillis));
    ready = byReady.stream().mapToLong(TaskTimes::runningMillis).toArray();
    leaving = byLeaving.stream().mapToLong(TaskTimes::leftMillis).toArray();
    most = new int[ready.length];
    for (int i = 0; i < ready.length; i++) {
      most[i] = Math.max(i == 0 ? 0 : most[i - 1], i + 1 - upTo(leaving, ready[i]));
    }
  }

  private static List<TaskTimes> sorted(List<TaskTimes> tasks, Comparator<TaskTimes> by) {
    return tasks.stream().sorted(by.thenComparing(one -> one.task().id())).toList();
  }

  /**
   * The last moment around a time in which nobody was ready, as far as the record agrees that the
   * edge could know nobody then; empty where it does not.
   */
  OptionalLong emptyAround(long at) {
    if (readyAt(at) == 0) {
      return OptionalLong.of(at);
    }
    for (int i = upTo(leaving, at + SEEN_LATE_MILLIS) - 1; i >= 0; i--) {
      if (readyAt(leaving[i]) == 0) {
        long until = nextReady(leaving[i]);
        return until >= at - UNHEARD_MILLIS ? OptionalLong.of(leaving[i]) : OptionalLong.empty();
      }
      if (leaving[i] < at - UNHEARD_MILLIS) {
        break;
      }
    }
    return readyAt(at - UNHEARD_MILLIS) == 0
        ? OptionalLong.of(at - UNHEARD_MILLIS)
        : OptionalLong.empty();
  }

  private long nextReady(long after) {
    int next = upTo(ready, after);
    return next < ready.length ? ready[next] : TaskTimes.NEVER;
  }

  /** Whether the kernels can have known no task at a time, whatever they learn early or late. */
  boolean isSurelyEmptyAt(long at) {
    return byReady.stream()
        .limit(upTo(ready, at + KERNEL_LEARNS_MILLIS))
        .noneMatch(one -> at < forgottenMillis(one));
  }

  /** When the kernels send to a task no more, at the latest. */
  private static long forgottenMillis(TaskTimes one) {
    if (one.leftMillis() == TaskTimes.NEVER) {
      return TaskTimes.NEVER;
    }
    boolean ended = one.endedMillis() == one.leftMillis();
    return one.leftMillis() + KERNEL_LEARNS_MILLIS + (ended ? 0 : ORDER_TAKEN_UP_MILLIS);
  }

  /** Those that the kernels must have known at a time, whatever they learn early or late. */
  List<TaskTimes> surelyKnownAt(long at) {
    return byReady.stream()
        .limit(upTo(ready, at - KERNEL_LEARNS_MILLIS))
        .filter(one -> at + SEEN_LATE_MILLIS < one.leftMillis())
        .toList();
  }

  /** The one that was the last to go up to a time, or soon after it; null for none. */
  TaskTimes lastGoneAround(long at) {
    return lastGoneAt(at + SEEN_LATE_MILLIS);
  }

  /** The first one that the kernels may not have known at a time; null for none. */
  TaskTimes nextUnlearntAt(long at) {
    return nextReadyAfter(at - KERNEL_LEARNS_MILLIS);
  }

  /** How many were ready at a time. */
  int readyAt(long at) {
    return upTo(ready, at) - upTo(leaving, at);
  }

  /** Those that were ready at a time, by when they became so. */
  List<TaskTimes> readyOnesAt(long at) {
    return byReady.stream().limit(upTo(ready, at)).filter(one -> at < one.leftMillis()).toList();
  }

  /** How many had been ready at once up to a time. */
  int mostReadyUpTo(long at) {
    int came = upTo(ready, at);
    return came == 0 ? 0 : most[came - 1];
  }

  /**
   * How many were ready for the first time in a span, the ends included.
   *
   * @param heardBy of those, only such as were heard of by then
   */
  int readyIn(long from, long until, long heardBy) {
    int count = 0;
    for (int i = upTo(ready, from - 1); i < ready.length && ready[i] <= until; i++) {
      count += byReady.get(i).fromMillis() <= heardBy ? 1 : 0;
    }
    return count;
  }

  /** The one that was the last to go up to a time; null for none. */
  TaskTimes lastGoneAt(long at) {
    int gone = upTo(leaving, at);
    return gone == 0 ? null : byLeaving.get(gone - 1);
  }

  /** The one that was ready next after a time; null for none. */
  TaskTimes nextReadyAfter(long at) {
    int next = upTo(ready, at);
    return next < byReady.size() ? byReady.get(next) : null;
  }

  /** Those that had been ready by a time, and had not ended then. */
  List<TaskTimes> notEndedAt(long at) {
    return byReady.stream()
        .limit(upTo(ready, at))
        .filter(one -> Math.min(one.endedMillis(), one.lostMillis()) > at)
        .toList();
  }

  /** Those that came or went in a span of time, or were there without a change of late. */
  List<TaskTimes> changedIn(long from, long until) {
    return byReady.stream()
        .limit(upTo(ready, until))
        .filter(
            one ->
                within(one.runningMillis(), from, until) || within(one.leftMillis(), from, until))
        .toList();
  }

  private static boolean within(long at, long from, long until) {
    return from <= at && at <= until;
  }

  /** How many of the sorted times are not after one. */
  private static int upTo(long[] times, long at) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
