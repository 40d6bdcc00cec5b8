package io.rolloutlab.trial;

import io.rolloutlab.swarm.cluster.SystemTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs that are made side by side on one machine, in step: all are set up before any load begins,
 * all loads flow before any rollout begins, and all are over before any is taken down. What takes
 * much of the machine (nodes and tasks that start, the load's JVM, the removal) so never falls into
 * what is measured of another one. Clusters are brought up, and loads started, one after the other;
 * that also keeps the rollouts, which follow equal warm-ups, some seconds apart.
 *
 * <p>Whoever ends early, by whatever cause, holds nobody up; and once somebody asks to stop, nobody
 * waits for anybody. Safe for use by many threads.
 */
public final class Wave {
  /** Longer than the longest load (4 h): whoever waits for so long waits for one that hangs. */
  private static final Duration LIMIT = Duration.ofHours(5);

  /** What a run does next, in this order; each step is one that it begins. */
  public enum Step {
    /** Nothing yet. */
    NONE,
    /** The nodes start: those before it have theirs. */
    BRING_UP,
    /** v1 and the edge start: nobody is waited for. */
    SET_UP,
    /** The users come: all are set up, and the loads of those before it flow. */
    LOAD,
    /** They are there: nobody is waited for. */
    WARM_UP,
    /** What is measured begins: all loads flow. */
    ROLLOUT,
    /** Everything is removed: nothing is measured any more. */
    TAKE_DOWN,
    /** It is gone. */
    OVER
  }

  private final List<String> names;
  private final BooleanSupplier stopped;
  private final LongSupplier clock;
  private final List<Step> reached;
  private OptionalLong allFlowSince = OptionalLong.empty();

  /**
   * @param names of the runs, in the order in which they take turns
   * @param stopped whether somebody asked to stop
   */
  public Wave(List<String> names, BooleanSupplier stopped) {
    this(names, stopped, SystemTimeline::now);
  }

  /**
   * With another clock.
   *
   * @param clock tells milliseconds since 1970
   */
  Wave(List<String> names, BooleanSupplier stopped, LongSupplier clock) {
    this.names = List.copyOf(names);
    this.stopped = stopped;
    this.clock = clock;
    reached = new ArrayList<>(Collections.nCopies(names.size(), Step.NONE));
  }

  /**
   * The place of a run that is made alone; it never waits. Of a simulated one as well, since the
   * twin shares its machine with nobody.
   */
  public static Place alone() {
    return new Wave(List.of(""), () -> false).place(0, waits -> {});
  }

  /**
   * The place of one of the runs.
   *
   * @param run its number among the names, from 0
   * @param tell is told in a few words for whom it waits, when it has to
   */
  public Place place(int run, Consumer<String> tell) {
    return new Place(run, tell);
  }

  /** A run has done all before a step, and would begin it. */
  synchronized void arrive(int run, Step step) {
    if (reached.get(run).compareTo(step) < 0) {
      reached.set(run, step);
    }
    if (allFlowSince.isEmpty()
        && reached.stream().allMatch(its -> its.compareTo(Step.WARM_UP) >= 0)) {
      allFlowSince = OptionalLong.of(clock.getAsLong());
    }
  }

  private synchronized OptionalLong allFlowSince() {
    return allFlowSince;
  }

  /** Which run is waited for before another one begins a step; empty when it may. */
  synchronized Optional<String> missing(int run, Step next) {
    for (int other = 0; other < names.size() && !stopped.getAsBoolean(); other++) {
      Step needed = other < run ? neededOfEarlier(next) : neededOfAll(next);
      if (reached.get(other).compareTo(needed) < 0) {
        return Optional.of(names.get(other));
      }
    }
    return Optional.empty();
  }

  private static Step neededOfEarlier(Step next) {
    return switch (next) {
      case BRING_UP -> Step.SET_UP;
      case LOAD -> Step.WARM_UP;
      default -> neededOfAll(next);
    };
  }

  private static Step neededOfAll(Step next) {
    return switch (next) {
      case LOAD -> Step.LOAD;
      case ROLLOUT -> Step.WARM_UP;
      case TAKE_DOWN -> Step.TAKE_DOWN;
      default -> Step.NONE;
    };
  }

  /** One run's place. */
  public final class Place {
    private final int run;
    private final Consumer<String> tell;
    private volatile long waitedUnderLoadMillis;

    private Place(int run, Consumer<String> tell) {
      this.run = run;
      this.tell = tell;
    }

    /** How many others there are. */
    public int others() {
      return names.size() - 1;
    }

    /**
     * The run has done all before a step. Waits until it may begin it.
     *
     * @throws io.rolloutlab.testbed.NotInTimeException when another one hangs, naming it
     */
    public void begin(Step step) {
      arrive(run, step);
      if (missing(run, step).isPresent()) {
        long from = clock.getAsLong();
        tell.accept("waiting for the runs beside it");
        SystemTimeline.poll("the runs beside it are so far", () -> missing(run, step), LIMIT);
        if (step == Step.ROLLOUT) {
          waitedUnderLoadMillis = clock.getAsLong() - from;
        }
      }
    }

    /** How long its load has flowed for nothing, since the loads of others did not flow yet. */
    public long waitedUnderLoadMillis() {
      return waitedUnderLoadMillis;
    }

    /**
     * Since when the loads of all flow that did not end before, milliseconds since 1970; empty
     * while they do not, and of a run that is made alone.
     */
    public OptionalLong allFlowSinceMillis() {
      return others() == 0 ? OptionalLong.empty() : allFlowSince();
    }

    /** Nobody waits for it any more; whoever takes a place must leave it. */
    public void leave() {
      arrive(run, Step.OVER);
    }
  }
}
