package io.rolloutlab.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.app.HealthCheck;
import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.TaskLimits;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.testbed.PlacementRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The settings of one service, in the order of their words. */
final class SettingList {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<Setting> all = new ArrayList<>();

  /** Everything that a person types. */
  Stream<String> words() {
    return all.stream().map(Setting::words).filter(words -> !words.isEmpty());
  }

  /** Puts all into a request, the later ones over the earlier ones. */
  void into(ObjectNode request) {
    all.forEach(setting -> setting.into(request));
  }

  /** Where tasks may be; a port of the node is published, and no part of it. */
  void place(PlacementRules rules) {
    String place = "/TaskTemplate/Placement";
    for (String constraint : rules.constraints()) {
      list(
          "--constraint " + ShellWord.of(constraint),
          place + "/Constraints",
          JSON.textNode(constraint));
    }
    for (String label : rules.spread()) {
      list(
          "--placement-pref " + ShellWord.of("spread=" + label),
          place + "/Preferences",
          spreadOver(label));
    }
    if (rules.maxPerNode() != null) {
      set(
          "--replicas-max-per-node " + rules.maxPerNode(),
          place + "/MaxReplicas",
          JSON.numberNode(rules.maxPerNode().intValue()));
    }
  }

  private static ObjectNode spreadOver(String label) {
    ObjectNode preference = JSON.objectNode();
    preference.putObject("Spread").put("SpreadDescriptor", label);
    return preference;
  }

  /** What is kept free for each task; null for nothing. */
  void reserve(Reservation reserve) {
    if (reserve != null) {
      resources("reserve", ServiceDescription.RESERVED, reserve.nanoCpus(), reserve.memory());
    }
  }

  /** What each task may take; null for no limits. */
  void limit(TaskLimits limits) {
    if (limits != null) {
      resources("limit", ServiceDescription.LIMITS, limits.nanoCpus(), limits.memory());
    }
  }

  /** Nothing is said of what is 0. */
  private void resources(String of, String place, long nanoCpus, Memory memory) {
    if (nanoCpus > 0) {
      String cores = BigDecimal.valueOf(nanoCpus, 9).stripTrailingZeros().toPlainString();
      set("--%s-cpu %s".formatted(of, cores), place + "/NanoCPUs", JSON.numberNode(nanoCpus));
    }
    if (memory.bytes() > 0) {
      set(
          "--%s-memory %s".formatted(of, memory.print()),
          place + "/MemoryBytes",
          JSON.numberNode(memory.bytes()));
    }
  }

  /**
   * What follows when a task has ended; what docker's client sends unless told otherwise, it sends
   * unasked.
   */
  void restart(RestartPlan plan) {
    String place = "/TaskTemplate/RestartPolicy";
    String condition = plan.condition().swarmName();
    set("--restart-condition " + condition, place + "/Condition", JSON.textNode(condition));
    if (plan.delay().equals(RestartPlan.DEFAULT.delay())) {
      unasked(place + "/Delay", JSON.numberNode(plan.delay().toNanos()));
    } else {
      duration("--restart-delay", place + "/Delay", plan.delay());
    }
    maxAttempts(place + "/MaxAttempts", plan.maxAttempts());
    if (plan.window() != null) {
      duration("--restart-window", place + "/Window", plan.window());
    }
  }

  private void maxAttempts(String place, Integer most) {
    if (most == null) {
      unasked(place, JSON.numberNode(0));
    } else {
      set("--restart-max-attempts " + most, place, JSON.numberNode(most.intValue()));
    }
  }

  /** Null for none. */
  void healthCheck(HealthCheck check) {
    if (check == null) {
      return;
    }
    String place = ServiceDescription.CONTAINER + "/Healthcheck";
    set(
        "--health-cmd " + ShellWord.of(check.command()),
        place + "/Test",
        JSON.arrayNode().add("CMD-SHELL").add(check.command()));
    duration("--health-interval", place + "/Interval", check.interval());
    duration("--health-timeout", place + "/Timeout", check.timeout());
    set(
        "--health-retries " + check.retries(),
        place + "/Retries",
        JSON.numberNode(check.retries().intValue()));
    duration("--health-start-period", place + "/StartPeriod", check.startPeriod());
    if (!check.startPeriod().isZero()) {
      duration("--health-start-interval", place + "/StartInterval", check.startInterval());
    }
  }

  /**
   * How the service is changed.
   *
   * @param of update or rollback
   * @param place of the settings in the engine's JSON
   */
  void change(String of, String place, UpdatePlan plan) {
    String flag = "--" + of;
    String action = plan.failureAction().name().toLowerCase(Locale.ROOT);
    set(
        flag + "-parallelism " + plan.parallelism(),
        place + "/Parallelism",
        JSON.numberNode(plan.parallelism().intValue()));
    duration(flag + "-delay", place + "/Delay", plan.delay());
    set(
        flag + "-order " + plan.order().swarmName(),
        place + "/Order",
        JSON.textNode(plan.order().swarmName()));
    duration(flag + "-monitor", place + "/Monitor", plan.monitor());
    set(
        flag + "-max-failure-ratio " + plan.maxFailureRatio(),
        place + "/MaxFailureRatio",
        JSON.numberNode(plan.maxFailureRatio().doubleValue()));
    set(flag + "-failure-action " + action, place + "/FailureAction", JSON.textNode(action));
  }

  /** A length of time: docker's client takes text, the engine nanoseconds. */
  void duration(String flag, String place, Duration value) {
    set(flag + " " + Durations.print(value), place, JSON.numberNode(value.toNanos()));
  }

  void set(String words, String place, JsonNode value) {
    add(Setting.of(words, place, value));
  }

  void list(String words, String place, JsonNode value) {
    add(Setting.listed(words, place, value));
  }

  void unasked(String place, JsonNode value) {
    add(Setting.unasked(place, value));
  }

  void add(Setting setting) {
    all.add(setting);
  }
}
