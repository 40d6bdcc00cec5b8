package io.rolloutlab.analysis.causes;

import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.app.AppKnob;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.NginxPlan;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Which setting of the scenario decides a cause, as {@code key: value}; empty where none does. */
public final class Deciding {
  /** How long after something was done tasks may be told to stop because of it. */
  private static final long ORDERING_MILLIS = 10_000;

  private static final AppKnob[] ILLNESSES = {
    AppKnob.NEVER_HEALTHY, AppKnob.UNHEALTHY_AFTER_SECONDS
  };

  private static final AppKnob[] CRASHES = {
    AppKnob.CRASH_AFTER_SECONDS, AppKnob.MEMORY_GROWTH_MIB_PER_SECOND
  };

  private final Scenario scenario;
  private final AppPlan app;
  private final boolean virtual;
  private final long zero;
  private final List<Event.Happened> happened;
  private final List<Event.UpdateChange> updates;

  Deciding(History history, long zero) {
    scenario = history.manifest().scenario();
    app = scenario.app();
    virtual = history.manifest().balancing() == Balancing.VIP;
    this.zero = zero;
    happened = history.events(Event.Happened.class).toList();
    updates = history.events(Event.UpdateChange.class).toList();
  }

  /**
   * The setting.
   *
   * @param at when the request was sent, after x = 0
   * @param error what its user saw
   */
  String setting(Cause cause, Scene scene, long at, String error) {
    TaskTimes task = scene.task();
    return switch (cause) {
      case NOBODY_READY -> task == null ? "" : whyGone(task, at);
      case NOT_LISTENING_YET ->
          knob(scene, AppKnob.START_DELAY_SECONDS)
              .orElse(app.healthCheck() == null ? "app.healthCheck: none" : "");
      case TOLD_TO_STOP, GONE -> stillChosen(scene.version());
      case CUT_OFF ->
          knob(scene, AppKnob.DRAIN_SECONDS, AppKnob.IGNORE_SIGTERM)
              .orElse("app.stopGrace: " + Durations.print(app.stopGrace()));
      case CRASHED -> crash(scene);
      case UNHEALTHY -> knob(scene, ILLNESSES).orElse("app.healthCheck");
      case NODE_LOST -> task == null ? "" : lost(task);
      case EDGE_GONE -> task == null ? "" : whyEdgeGone(task);
      case OWN_ERROR ->
          error.equals(Request.NOT_GOOD) ? "" : knob(scene, AppKnob.ERROR_SHARE).orElse("");
      case OTHER_VERSION -> mixes(at);
      case TOO_SLOW -> slow(scene, error);
      case OVERLOADED -> cpus();
      case BEHIND_COPIES -> copies();
      case EDGE_CHANGED, LOAD, UNKNOWN -> "";
    };
  }

  /**
   * What has one visit answered by both versions: by what the routes are split, else how Swarm
   * updates, of which the one or the other goes on, else how the edge gets its routes. A reload
   * alone is no setting.
   *
   * @param at when the request was sent, after x = 0
   */
  private String mixes(long at) {
    return scenario
        .settings()
        .mixesVisits()
        .or(() -> scenario.settings().updates().map(plans -> order(plans, at, Deciding::slots)))
        .or(() -> scenario.edge().updated().map(plan -> slots("edge.update", plan)))
        .orElse("");
  }

  /** What has requests copied. */
  public String copies() {
    return scenario.settings().copies().orElse("");
  }

  /**
   * Why a task of the edge was not there: who was told to stop made room for one with other routes.
   */
  public String whyEdgeGone(TaskTimes task) {
    boolean told = task.toldMillis() == task.leftMillis() && task.lostMillis() != task.leftMillis();
    return scenario
        .edge()
        .updated()
        .filter(plan -> told)
        .map(plan -> words("edge.update", plan))
        .orElseGet(() -> lost(task));
  }

  /**
   * Why the last task that was ready no longer is.
   *
   * @param at when it was missed, after x = 0
   */
  public String whyGone(TaskTimes last, long at) {
    if (last.lostMillis() == last.leftMillis()) {
      return lost(last);
    }
    if (last.endedByItself()) {
      String version = last.task().version();
      return crash(version, last).or(() -> knob(version, ILLNESSES)).orElse("");
    }
    return ordered(last)
        .or(() -> scenario.settings().updates().map(plans -> order(plans, at, Deciding::words)))
        .or(() -> scenario.settings().leavesNobody())
        .orElse("");
  }

  /**
   * Of the update or the rollback that was going on.
   *
   * @param words what of a plan decides, by the key at which it stands
   */
  private String order(SwarmUpdates plans, long at, BiFunction<String, UpdatePlan, String> words) {
    boolean back =
        updates.stream()
            .filter(update -> update.atMillis() - zero <= at)
            .reduce((first, last) -> last)
            .flatMap(update -> UpdateState.of(update.state()))
            .filter(state -> state.name().startsWith("ROLLBACK"))
            .isPresent();
    UpdatePlan plan = back ? plans.back() : plans.forward();
    String key = scenario.strategy().key() + (back ? ".rollback" : ".update");
    return words.apply(key, plan);
  }

  /**
   * What leaves nobody: who stops first does so himself; who starts first goes on with new tasks
   * that do not stay.
   */
  private static String words(String key, UpdatePlan plan) {
    return plan.order() == Order.STOP_FIRST
        ? slots(key, plan)
        : "%s: order %s, failureAction %s"
            .formatted(
                key,
                plan.order().swarmName(),
                plan.failureAction().name().toLowerCase(Locale.ROOT));
  }

  /** What makes how many slots change at a time, and with that how long old and new ones are. */
  private static String slots(String key, UpdatePlan plan) {
    return "%s: order %s, parallelism %s"
        .formatted(key, plan.order().swarmName(), plan.parallelism());
  }

  /**
   * What has the edge ask a task of some version that is to stop. A virtual address gives such a
   * task no new connection: what is still sent to it comes over one that is kept.
   */
  public String stillAsked(String version) {
    Integer kept = scenario.edge().saidToNginx().keepalive();
    String chosen = stillChosen(version);
    return virtual && chosen.isEmpty() && kept != null ? "edge.nginx.keepalive: " + kept : chosen;
  }

  /**
   * What has a new connection go to a task of some version that takes none any more: how long the
   * edge goes on with its address. Behind a virtual address the kernel has chosen it, which has not
   * heard of the stop; nothing that is kept takes part in it, and nothing but how long the task
   * goes on listening would help.
   */
  private String stillChosen(String version) {
    return virtual
        ? knob(version, AppKnob.STOP_DELAY_SECONDS).orElse("")
        : "edge.dnsValid: " + Durations.print(scenario.edge().dnsValid());
  }

  private String crash(Scene scene) {
    return crash(scene.version(), scene.task()).orElse("");
  }

  /** What ended a task that nobody had told to end. */
  private Optional<String> crash(String version, TaskTimes task) {
    return limit(task)
        .map(limit -> knob(version, AppKnob.MEMORY_GROWTH_MIB_PER_SECOND).orElse(limit))
        .or(() -> knob(version, CRASHES));
  }

  /** That of the memory, where a task has one and was killed. */
  private Optional<String> limit(TaskTimes task) {
    return Optional.ofNullable(app.limits())
        .map(TaskLimits::memory)
        .filter(memory -> memory.bytes() > 0 && task != null && task.killedUntold())
        .map(memory -> "app.limits.memory: " + memory.print());
  }

  /** What a task may take of CPU, which is asked of those only that may not take more. */
  private String cpus() {
    return "app.limits.cpus: " + Numbers.plain(app.limits().cpus());
  }

  /** The limit that was over, unless the version is made to take at least as long. */
  private String slow(Scene scene, String error) {
    Duration said = scenario.edge().saidToNginx().readTimeout();
    boolean byUser = error.equals("timeout");
    if (!byUser && !error.equals("http-504")) {
      return "";
    }
    Duration limit =
        byUser
            ? scenario.load().requestTimeout()
            : said == null ? NginxPlan.USUAL_READ_TIMEOUT : said;
    if (latencyMillis(scene.version()) >= limit.toMillis()) {
      return knob(scene, AppKnob.LATENCY_MILLIS).orElseThrow();
    }
    if (byUser) {
      return "load.requestTimeout: " + Durations.print(limit);
    }
    return patience(true);
  }

  /**
   * How long the edge waits for a task before it asks another one; empty where nobody has said it.
   *
   * @param connected whether it had connected to the task, so that it waits for an answer
   */
  public String patience(boolean connected) {
    NginxPlan said = scenario.edge().saidToNginx();
    Duration limit = connected ? said.readTimeout() : said.connectTimeout();
    String key = connected ? "readTimeout" : "connectTimeout";
    return limit == null ? "" : "edge.nginx.%s: %s".formatted(key, Durations.print(limit));
  }

  /** What makes a version answer later; empty where it is not made to. */
  public String madeSlow(String version) {
    return knob(version, AppKnob.LATENCY_MILLIS).orElse("");
  }

  /**
   * By how many milliseconds a version is made to answer later, all of its requests or some; 0
   * where it is not.
   */
  public double latencyMillis(String version) {
    double added = number(version, AppKnob.LATENCY_MILLIS);
    return added > 0 && latencyShare(version) > 0 ? added : 0;
  }

  /** The share of a version's requests that are made to take longer, where any are: 0 to 1. */
  public double latencyShare(String version) {
    return number(version, AppKnob.LATENCY_SHARE);
  }

  private double number(String version, AppKnob knob) {
    return knob.number(
            plan(version)
                .filter(VersionPlan::isLabApp)
                .map(VersionPlan::variables)
                .orElse(Map.of()))
        .orElseThrow();
  }

  private String lost(TaskTimes task) {
    return happened.stream()
        .filter(one -> one.goneNode().filter(task.task().node()::equals).isPresent())
        .map(Deciding::words)
        .findFirst()
        .orElse("");
  }

  /** What happened beside the rollout that told a task to stop. */
  private Optional<String> ordered(TaskTimes task) {
    return happened.stream()
        .filter(one -> one.goneNode().isEmpty())
        .filter(
            one ->
                one.endsTasksOn(task.task().node()) || one.target().equals(task.task().service()))
        .filter(one -> one.atMillis() - zero <= task.toldMillis())
        .filter(one -> task.toldMillis() <= one.untilMillis() - zero + ORDERING_MILLIS)
        .map(Deciding::words)
        .findFirst();
  }

  /** What the scenario wants to happen beside the rollout. */
  public static String words(Event.Happened one) {
    return "during: %s %s".formatted(one.what(), one.target());
  }

  /** The first of these that the version is told which answered, or whose task it was. */
  private Optional<String> knob(Scene scene, AppKnob... knobs) {
    return knob(scene.version(), knobs);
  }

  private Optional<String> knob(String version, AppKnob... knobs) {
    return plan(version)
        .flatMap(
            its ->
                Stream.of(knobs)
                    .map(AppKnob::variable)
                    .filter(its.variables()::containsKey)
                    .map(name -> setting(version, its, name))
                    .findFirst());
  }

  private Optional<VersionPlan> plan(String version) {
    boolean first = version.equals(VersionPlan.V1);
    return first || version.equals(VersionPlan.V2)
        ? Optional.of(first ? app.v1() : app.v2())
        : Optional.empty();
  }

  /** A fault that the file names stands there, and not the variables that it is made by. */
  private static String setting(String version, VersionPlan plan, String variable) {
    return plan.env().containsKey(variable)
        ? "app.%s.env.%s: %s".formatted(version, variable, plan.env().get(variable))
        : "app.%s.fault: %s".formatted(version, AppFaultKind.of(plan.fault()).word());
  }
}
