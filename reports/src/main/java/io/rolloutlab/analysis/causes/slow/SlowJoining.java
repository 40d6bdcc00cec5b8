package io.rolloutlab.analysis.causes.slow;

import io.rolloutlab.analysis.causes.Deciding;
import io.rolloutlab.analysis.causes.Story;
import io.rolloutlab.analysis.causes.Surroundings;
import io.rolloutlab.analysis.causes.TaskTimes;
import io.rolloutlab.analysis.cost.MachineLooks;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Joins a slow request with what was going on. First comes where most of its time went, which the
 * edge's log says: only what can make a request wait there is asked about. Then comes what is
 * nearest to the request, since that explains it more surely than what goes on around it: the
 * version and the task that answered, the edge, the nodes, the machine that all of them share. Few
 * tasks come last: they make nobody wait where the machine itself is full.
 */
final class SlowJoining {
  /** So long after it is running a task may still be cold. */
  private static final long COLD_MILLIS = 5_000;

  /** How long what happens to a node may go on to disturb the others. */
  private static final long DISTURBED_MILLIS = 5_000;

  /** By so much the load has to be late to be behind: it sends in steps of a few milliseconds. */
  private static final long BEHIND_MILLIS = 100;

  private final Surroundings around;
  private final Deciding deciding;
  private final MachineLooks looks;
  private final String edge;
  private final long zero;
  private final int thresholdMillis;
  private final List<Function<Joined, Optional<Found>>> inTask;
  private final List<Function<Joined, Optional<Found>>> elsewhere;

  /**
   * @param zero milliseconds since 1970 of x = 0
   * @param thresholdMillis slow is what took longer
   */
  SlowJoining(History history, Surroundings around, long zero, int thresholdMillis) {
    this.around = around;
    this.zero = zero;
    this.thresholdMillis = thresholdMillis;
    deciding = around.deciding();
    looks = new MachineLooks(history, zero);
    edge = history.manifest().scenario().edge().kind();
    inTask =
        List.of(
            this::madeSlow, this::starting, this::stopping, this::node, this::machine, this::few);
    elsewhere =
        List.of(
            this::copies, this::edgeGone, this::edgeChanged, this::node, this::machine, this::late);
  }

  /**
   * A request and what was found of it so far.
   *
   * @param from when it was sent, after x = 0
   * @param slowAt when it was slow: what came later does not explain that
   * @param until when it was answered
   */
  private record Joined(Request request, Seen seen, long from, long slowAt, long until) {}

  /**
   * What it was.
   *
   * @param note what else there is to say, a clause; empty for nothing
   */
  private record Found(SlowCause cause, String setting, String note) {
    static final Found UNKNOWN = new Found(SlowCause.UNKNOWN, "", "");
  }

  /**
   * Why a request was slow.
   *
   * @param hit the edge's line of it; empty where it logged none
   */
  Slow of(Request request, Optional<Hit> hit) {
    long from = request.actualAtMillis() - zero;
    long until = from + request.latencyMillis();
    Seen seen = hit.map(line -> seen(request, line)).orElse(nothing());
    Joined joined = new Joined(request, seen, from, from + thresholdMillis, until);
    Found found = hit.isEmpty() ? Found.UNKNOWN : found(joined);
    return new Slow(
        request.id(),
        from,
        request.latencyMillis(),
        found.cause(),
        found.setting(),
        seen.noting(found.note()));
  }

  private Seen nothing() {
    return new Seen(edge, null, null, "", null, null, "");
  }

  private Seen seen(Request request, Hit line) {
    Waits waits = Waits.of(request.latencyMillis(), line);
    TaskTimes task = around.answerer(line, line.atMillis() - zero - waits.inTask());
    String version =
        task != null
            ? task.task().version()
            : line.version().isEmpty() ? request.version() : line.version();
    return new Seen(edge, waits, line, version, task, earlier(line, waits), "");
  }

  /** The task behind the address for which the edge waited longest before it asked the last one. */
  private TaskTimes earlier(Hit line, Waits waits) {
    if (waits.longest() < 0) {
      return null;
    }
    String address = Hit.withoutPort(Hit.parts(line.upstream()).get(waits.longest()));
    return around.behind(address, firstAsked(line, waits));
  }

  /** When the edge asked the first of several tasks, after x = 0. */
  private long firstAsked(Hit line, Waits waits) {
    return line.atMillis() - zero - waits.inTask() - waits.earlier();
  }

  private Found found(Joined joined) {
    return switch (joined.seen().waits().place()) {
      case TASK -> first(inTask, joined);
      case IN_EDGE, OUTSIDE -> first(elsewhere, joined);
      case EARLIER_TRIES -> anotherFirst(joined.seen());
      case NOT_TOLD -> Found.UNKNOWN;
    };
  }

  private static Found first(List<Function<Joined, Optional<Found>>> causes, Joined joined) {
    return causes.stream()
        .map(cause -> cause.apply(joined))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Found.UNKNOWN);
  }

  private static Optional<Found> when(boolean so, SlowCause cause, String setting, String note) {
    return so ? Optional.of(new Found(cause, setting, note)) : Optional.empty();
  }

  /**
   * Only where a request is slow by that alone, or would not have been without it. Where it is the
   * first, what waits for others that are as slow waits for the same reason.
   */
  private Optional<Found> madeSlow(Joined joined) {
    String version = joined.seen().version();
    long made = Math.round(deciding.latencyMillis(version));
    long without = joined.request().latencyMillis() - made;
    boolean explains = made > thresholdMillis || without <= thresholdMillis;
    if (made == 0 || joined.seen().waits().answering() < made || !explains) {
      return Optional.empty();
    }
    String more = without > thresholdMillis ? ", and it took " + without + " ms more" : "";
    double share = deciding.latencyShare(version);
    String who = share < 1 ? "of whose requests " + Numbers.percent(share) + " are" : "which is";
    String note = "%s made to take %s ms longer%s".formatted(who, made, more);
    return Optional.of(new Found(SlowCause.MADE_SLOW, deciding.madeSlow(version), note));
  }

  private Optional<Found> starting(Joined joined) {
    TaskTimes task = joined.seen().task();
    boolean young =
        task != null
            && task.runningMillis() != TaskTimes.NEVER
            && task.runningMillis() > joined.from() - COLD_MILLIS;
    return when(young, SlowCause.STARTING, "", "");
  }

  private Optional<Found> stopping(Joined joined) {
    TaskTimes task = joined.seen().task();
    return task != null && around.knowsOfItsEnd(task, joined.slowAt())
        ? Optional.of(
            new Found(SlowCause.STOPPING, deciding.stillAsked(joined.seen().version()), ""))
        : Optional.empty();
  }

  private Optional<Found> copies(Joined joined) {
    return when(
        around.mirroredAt(joined.from()),
        SlowCause.BEHIND_COPIES,
        deciding.copies(),
        "requests were being copied");
  }

  private Optional<Found> edgeGone(Joined joined) {
    return around
        .edgeMissedIn(joined.from(), joined.slowAt())
        .map(
            gone ->
                new Found(
                    SlowCause.EDGE_GONE,
                    deciding.whyEdgeGone(gone),
                    "%s, %s, was not there"
                        .formatted(gone.task().name(), gone.leftInWords(joined.from()))));
  }

  private Optional<Found> edgeChanged(Joined joined) {
    return around
        .edgeChangedIn(joined.from(), joined.slowAt())
        .map(
            at ->
                new Found(
                    SlowCause.EDGE_CHANGED,
                    "",
                    edge + " was asked to take up new routes at " + Story.moment(at)));
  }

  private Optional<Found> node(Joined joined) {
    return around
        .happenedIn(joined.from() - DISTURBED_MILLIS, joined.slowAt())
        .map(
            one ->
                new Found(
                    SlowCause.NODE_WENT,
                    Deciding.words(one),
                    "%s, %s"
                        .formatted(
                            one.detail(), Story.when(one.atMillis() - zero, joined.from()))));
  }

  /** Where it is not recorded how busy the machine was, what starts on it says that it was busy. */
  private Optional<Found> machine(Joined joined) {
    boolean recorded = looks.areRecorded();
    long full = looks.withoutIdleMillis(joined.from(), joined.until());
    int took = joined.request().latencyMillis();
    if (recorded && 2 * full < took) {
      return Optional.empty();
    }
    int starting = around.startingIn(joined.from(), joined.until());
    String tasks = starting == 1 ? "1 task was starting" : starting + " tasks were starting";
    if (recorded) {
      String note = "no processor was idle for at least %s of these %s ms".formatted(full, took);
      String beside = starting > 0 ? ", and " + tasks : "";
      return Optional.of(new Found(SlowCause.NO_IDLE_TIME, "", note + beside));
    }
    return when(starting > 0, SlowCause.BESIDE_STARTS, "", tasks);
  }

  /**
   * At least half of the tasks have to be missing, so that each of the others had twice its share.
   */
  private Optional<Found> few(Joined joined) {
    return around
        .shortageAt(joined.seen().task(), joined.from())
        .filter(it -> 2 * it.running() <= it.wanted())
        .map(
            it ->
                new Found(
                    SlowCause.FEW_TASKS,
                    deciding.whyGone(it.lastGone(), joined.from()),
                    "%s of %s tasks of %s were running"
                        .formatted(it.running(), it.wanted(), it.service())));
  }

  private Optional<Found> late(Joined joined) {
    long late = joined.request().actualAtMillis() - joined.request().intendedAtMillis();
    return when(
        late >= BEHIND_MILLIS,
        SlowCause.LOAD,
        "",
        "it was sent " + Story.seconds(late) + " late already");
  }

  /** The longest of the earlier tries is taken for all of them. */
  private Found anotherFirst(Seen seen) {
    Waits waits = seen.waits();
    long from = firstAsked(seen.line(), waits);
    Surroundings.Vain vain =
        around.vain(
            seen.line(), waits.longest(), new Span(from, from + waits.earlier()), seen.earlier());
    String note = vain.status().isEmpty() ? "" : "was answered " + vain.status();
    return new Found(SlowCause.ANOTHER_FIRST, vain.setting(), note);
  }
}
