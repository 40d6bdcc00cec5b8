package io.rolloutlab.sweep;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.sweep.Machines;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Range;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How settings, conditions and outcomes are called, the same on the page and the console. */
public final class SweepWords {
  /** Of n draws without a failure, 95 % of such series have a share of at most this over n. */
  private static final double RULE_OF_THREE = 3;

  private final Sweep sweep;

  private SweepWords(Sweep sweep) {
    this.sweep = sweep;
  }

  /** For the settings of a sweep: what is the same in all of them is not said each time. */
  public static SweepWords of(Sweep sweep) {
    return new SweepWords(sweep);
  }

  /**
   * For example {@code start-first, parallelism 5, delay 10s}; delay and monitor only where the
   * sweep tries several.
   */
  public String setting(Sweep.Setting setting) {
    return "%s, parallelism %s%s%s"
        .formatted(
            setting.order().swarmName(),
            parallelism(setting.parallelism()),
            varies(sweep.vary().delay()) ? ", delay " + Durations.print(setting.delay()) : "",
            varies(sweep.vary().monitor())
                ? ", monitor " + Durations.print(setting.monitor())
                : "");
  }

  private static boolean varies(List<?> values) {
    return values != null && values.size() > 1;
  }

  /**
   * What makes the answer under a condition doubtful: a sentence that has to stand above it; empty
   * when nothing does.
   */
  public String warning(Sweep.Case condition) {
    boolean starts =
        !condition.startUp().isEmpty() && !condition.startUp().matches("\\s*0*\\.?0*\\s*");
    return starts && sweep.scenario().app().healthCheck() == null
        ? ("The app takes %s s to listen, and there is no health check: Swarm takes a task for running"
                + " when its process runs, sends it users before it listens, and stops the next old"
                + " task meanwhile. Whether requests fail then hangs on chance and on the edge's"
                + " retries, so take no setting from this answer before app.healthCheck is given.")
            .formatted(condition.startUp())
        : "";
  }

  /**
   * Why start-first needs more room than its parallelism says, where an answer does; else empty.
   */
  public String room(CaseResult result) {
    return result.answers().stream().map(Answer::point).anyMatch(SweepWords::needsMore)
        ? "Start-first with parallelism p can need room for more than p tasks: it starts the next p"
            + " as soon as the last p run, while the old ones that it has told to stop are still"
            + " ending their requests."
        : "";
  }

  private static boolean needsMore(Point point) {
    int parallelism = point.setting().parallelism();
    return point.setting().order() == Order.START_FIRST
        && parallelism > 0
        && point.extraTasks() > parallelism;
  }

  /** Swarm's 0 stands for all. */
  public String parallelism(int parallelism) {
    return parallelism == 0 ? "0 (all)" : String.valueOf(parallelism);
  }

  /** Waits as people write them: {@code 10s}. */
  public String duration(java.time.Duration duration) {
    return Durations.print(duration);
  }

  /** For example {@code 50 replicas that take 8 s to start, 240 requests/s}. */
  public String condition(Sweep.Case condition) {
    String start =
        condition.startUp().isEmpty()
            ? ""
            : " that take %s s to start".formatted(condition.startUp());
    return "%s replicas%s, %s requests/s"
        .formatted(condition.replicas(), start, number(condition.ratePerSecond()));
  }

  /** What users and operators get. */
  public String outcome(Point point) {
    String failed =
        point.failed() == 0
            ? noneFailed(point)
            : "%s requests fail (%s)"
                .formatted(
                    number(point, SweepMeasure.FAILED_REQUESTS),
                    FIGURES.percent(point.mean(SweepMeasure.FAILED_PERCENT) / 100));
    String room =
        point.extraTasks() <= 0
            ? "no room for more tasks is needed"
            : "the cluster needs room for %s more tasks".formatted(point.extraTasks());
    return "after %s s v2 serves everybody; %s; %s; p99 is %s ms (%s ms before)"
        .formatted(
            number(point, SweepMeasure.SECONDS),
            failed,
            room,
            number(point, SweepMeasure.P99_MILLIS),
            number(point, SweepMeasure.P99_BEFORE_MILLIS));
  }

  private static String noneFailed(Point point) {
    return point.requests() == 0
        ? "no request failed"
        : "none failed in %s requests of %s, so at most %s do (95 %%)"
            .formatted(
                point.requests(),
                point.runs() == 1 ? "1 run" : point.runs() + " runs",
                FIGURES.percent(Math.min(1, RULE_OF_THREE / point.requests())));
  }

  /** The mean, without its unit; a dash where it is not known. */
  public String number(Point point, SweepMeasure measure) {
    Optional<Range> range = point.range(measure);
    return range.map(r -> FIGURES.number(r.mean(), decimals(r, measure))).orElse(Figures.NONE);
  }

  /** From the least to the most over the seeds; empty where they do not differ. */
  public String range(Point point, SweepMeasure measure) {
    return point
        .range(measure)
        .filter(r -> r.least() < r.most())
        .map(
            r ->
                "%s to %s"
                    .formatted(
                        FIGURES.number(r.least(), measure.decimals()),
                        FIGURES.number(r.most(), measure.decimals())))
        .orElse("");
  }

  /** Which machines were assumed. */
  public String machines(Machines machines) {
    return machines == Machines.OWN
        ? "Each node is a machine of its own, as in a real cluster: tasks that start at one time"
            + " slow each other down on their own node only."
        : "All nodes share the cores of one machine, as in the lab's own cluster of containers:"
            + " all tasks that start at one time slow each other down.";
  }

  /** Parallelisms as people order them: all is the most. */
  public static Comparator<Integer> byParallelism() {
    return Comparator.comparingInt(p -> p == 0 ? Integer.MAX_VALUE : p);
  }

  /** Points by order, parallelism, delay and monitor. */
  public List<Point> sorted(List<Point> points) {
    return points.stream()
        .sorted(
            Comparator.comparing((Point point) -> point.setting().order())
                .thenComparing(point -> point.setting().parallelism(), byParallelism())
                .thenComparing(point -> point.setting().delay())
                .thenComparing(point -> point.setting().monitor()))
        .toList();
  }

  private static int decimals(Range range, SweepMeasure measure) {
    boolean rare = measure.decimals() == 0 && range.mean() > 0 && range.mean() < 10;
    return rare && range.mean() != Math.rint(range.mean()) ? 1 : measure.decimals();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
